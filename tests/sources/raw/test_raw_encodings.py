import pytest

from kpitui.errors import KpituiError
from kpitui.sources.raw.encodings import decode

JAPANESE = "番号,事業名,目標値,実績値,達成率\n1,観光振興事業,1000,▲50,35.4％\n2,ＩｏＴ導入（ﾊﾞｽ）,①,―,～\n"
WESTERN = "name,cost\nMontréal – phase 1,£5m\nproject’s “café”,½ • 10°\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "encoding: UTF-8"),
        ("utf-8-sig", "encoding: UTF-8 (BOM)"),
        ("utf-16", "encoding: UTF-16 (LE)"),
        ("utf-16-le", "encoding: UTF-16 (LE) (a guess)"),
        ("utf-16-be", "encoding: UTF-16 (BE) (a guess)"),
        ("utf-32", "encoding: UTF-32"),
        ("cp932", "encoding: CP932 (Shift_JIS) (a guess)"),
    ],
)
def test_japanese_is_read_and_its_encoding_told(encoding: str, name: str) -> None:
    found = decode(JAPANESE.encode(encoding), "x")
    assert found.text == JAPANESE
    assert [words.en for words in found.told] == [name]


@pytest.mark.parametrize("encoding", ["euc_jp", "iso2022_jp"])
def test_the_encodings_of_old_japanese_systems_are_read_too(encoding: str) -> None:
    text = "番号,事業名,目標値\n1,観光振興,1000\n"
    assert decode(text.encode(encoding), "x").text == text


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
def test_western_text_is_read(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding), "x").text == WESTERN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("R3年,5\nR4年,6\n", "cp932"),
        ("指標,値\n", "cp932"),
        ("KPI,ｶｲｼｬ\n1,ﾊﾞｽ\n", "cp932"),
        ("name,cost\nproject’s,5\n", "cp1252"),
        ("name,cost\nisn’t,5\n", "cp1252"),
        ("name\tcost\nDelivery\t£5m\n", "cp1252"),
        ("Ort;Wert\nMünchen;1,5\n", "cp1252"),
        ("région;coût\nÎle-de-France;2\n", "latin-1"),
        ("A – B,1\n", "cp1252"),
    ],
)
def test_a_few_letters_are_enough_to_tell_japanese_from_western(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x").text == text


def test_ascii_is_said_to_be_ascii() -> None:
    assert decode(b"a,b\n", "x").told[0].en == "encoding: ASCII"


@pytest.mark.parametrize("code", [0, 1, 8, 0x1B, 0x7F])
def test_control_characters_are_no_text_and_their_line_is_named(code: int) -> None:
    with pytest.raises(KpituiError) as caught:
        decode(b"a,b\nc," + bytes([code]) + b"\n", "x.csv")
    assert str(caught.value) == f"x.csv:2:3: holds 0x{code:02X}, which is no character: this is not a text file"
    assert "テキストファイルではありません" in caught.value.say("ja")


def test_damaged_utf_8_is_refused_not_read_as_another_encoding() -> None:
    data = JAPANESE.encode()
    with pytest.raises(KpituiError, match=r"x:2:6: not UTF-8, and reads as no text"):
        decode(data[:60] + data[61:], "x")


def test_damaged_utf_16_is_refused() -> None:
    with pytest.raises(KpituiError, match="damaged as UTF-16"):
        decode(JAPANESE.encode("utf-16")[:-1], "x")


def test_bytes_that_read_as_nothing_are_refused() -> None:
    with pytest.raises(KpituiError, match="no text"):
        decode(bytes(range(0x80, 0x100)) * 3, "x")


def test_characters_lost_before_are_counted() -> None:
    found = decode("a,b\n\ufffd\ufffd,1\n".encode(), "x")
    assert found.told[1].en.startswith("2 characters are \ufffd")
