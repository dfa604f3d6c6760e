"""Units with their scale: 百万円 is 円 by the million, so that 9億円 can be told in 千円."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SCALES = {
    "千兆": 10**15,
    "百兆": 10**14,
    "兆": 10**12,
    "千億": 10**11,
    "百億": 10**10,
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
SCALE = r"千兆|百兆|兆|千億|百億|十億|億|千万|百万|十万|万|千(?=[円人件台戸世冊tトkK]|$)"
"""What may stand between a number and its unit and multiplies it."""
_JAPANESE = re.compile(f"({SCALE}|百(?=円))(.*)", re.DOTALL)
_ENGLISH = {
    "k": 10**3,
    "thousand": 10**3,
    "000": 10**3,
    "000s": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "millions": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "billion": 10**9,
    "billions": 10**9,
}
CURRENCIES = "¥$£€"
_CURRENCY = re.compile(rf"(?:US(?=\$))?([{CURRENCIES}])\s*([a-z]*|000s?)", re.IGNORECASE)
_WORDS = re.compile(r"(thousand|million|billion|bn|mn)s?\b\s*(.*)", re.IGNORECASE)
_SHARES = {"%": Decimal("0.01"), "パーセント": Decimal("0.01"), "percent": Decimal("0.01"), "‰": Decimal("0.001")}
_MONEY = re.compile(rf"円|[{CURRENCIES}]|\b(?:yen|jpy|gbp|usd|eur|pounds?|dollars?|euros?)\b", re.IGNORECASE)


class Unit(NamedTuple):
    """What a number counts, and how many of it one is: 百万円 is (円, 1,000,000); "" counts nothing in particular."""

    base: str
    scale: Decimal


@lru_cache(maxsize=4_096)
def unit(text: str) -> Unit:
    """A unit's text parted into base and scale; percent and per mille are shares of one."""
    folded = unicodedata.normalize("NFKC", text).strip()
    bare = re.sub(r"\([^()]*\)|\s", "", folded)
    if share := _SHARES.get(bare.lower()):
        return Unit("share", share)
    if money := _CURRENCY.fullmatch(folded):
        scale = _ENGLISH.get(money[2].lower(), 1) if money[2] else 1
        return Unit("円" if money[1] == "¥" else money[1], Decimal(scale))
    if counted := _WORDS.fullmatch(folded):
        return Unit(counted[2].strip(), Decimal(_ENGLISH[counted[1].lower()]))
    if japanese := _JAPANESE.fullmatch(bare):
        return Unit(japanese[2], Decimal(_SCALES[japanese[1]]))
    return Unit("円" if bare.lower() in ("yen", "jpy") else bare, Decimal(1))


def convert(number: Decimal, given: str | None, wanted: str | None) -> Decimal | None:
    """A number of one unit in another; as it stands where either has none; None where they count other things."""
    if not given or not wanted:
        return number
    here, there = unit(given), unit(wanted)
    if not here.base or _kind(here.base) == _kind(there.base):
        return number * here.scale / there.scale
    return None


_SAME = {"名": "人", "トン": "t", "ポイント": "pt", "ヘクタール": "ha"}
_PLACES = re.compile(r"[かカヵヶケ個箇](?=[所月国])|^(?=所$)")


def _kind(base: str) -> str:
    """What a unit counts, however it is written: 名 and 人数 are 人, か所 is 箇所."""
    bare = _PLACES.sub("箇", base).lower()
    bare = bare.removesuffix("数") or bare
    return _SAME.get(bare, bare)


def is_money(text: str) -> bool:
    """Whether a unit is one of money."""
    return _MONEY.search(unicodedata.normalize("NFKC", text)) is not None


YEN = "円"
_SIGNS = {"gbp": "£", "usd": "$", "eur": "€", "ポンド": "£", "ドル": "$", "米ドル": "$", "ユーロ": "€"}


def currency(text: str) -> str | None:
    """The sign of a unit's currency, by whatever scale, 円 for yen; None where it is no money that is known."""
    base = unit(text).base
    sign = _SIGNS.get(base.lower(), base)
    return sign if sign == YEN or (len(sign) == 1 and sign in CURRENCIES) else None


def thousands(number: Decimal, given: str) -> Decimal:
    """An amount in thousands of its unit's own currency."""
    return number * unit(given).scale / 1000


def looks_like(text: str) -> bool:
    """Whether a text in brackets is a unit, and not a remark: short, and known or of the form of one."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if _KNOWN.fullmatch(folded) is not None or (len(folded) <= 8 and is_money(folded)):
        return True
    money = _CURRENCY.fullmatch(folded)
    return bool(money and money[2].lower() in _ENGLISH)


_COUNTERS = (
    r"人|名|件|社|者|回|%|‰|パーセント|ポイント|箇所|か所|カ所|ヶ所|ケ所|所|団体|経営体|店舗?|事業所|事業|事業者|校|世帯|戸|棟|台|本"
    r"|品目?|地域|地区|市町村?|市区町村|都道府県|自治体|ha|a|km2?|m2?|m3|t|トン|kg|g|l|kl|kw|kwh|mw|mwh|gwh|t-co2|円|点|位"
    r"|年|月|日|時間|分|秒|か月|ヶ月|泊|人日|人泊|冊|個|頭|羽|尾|路線|拠点|施設|組織?|グループ|チーム|クラス|学級|講座|講習"
    r"|プロジェクト|商品|製品|種類|株|組合|隻|艇|席|室|床|例|通|枚|票|区画|ペア|組|アクセス|pv|ビュー|フォロワー|ダウンロード|dl"
    r"|people|persons?|number|percent|pct|days?|hours?|years?|months?|jobs?|homes?|units?|tonnes?|miles?|ratio|index"
)
_KNOWN = re.compile(rf"(?:{SCALE})?(?:{_COUNTERS})(?:/(?:{_COUNTERS}))?", re.IGNORECASE)
