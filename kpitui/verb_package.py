"""`kpitui import … --datapackage`: a report folder described for open-data portals."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kpitui import outlet
from kpitui.errors import UsageError
from kpitui.report import package
from kpitui.text.wording import Both
from kpitui.textfile import is_folder

_OF_AN_IMPORT = ("to", "map", "map_to", "year", "sheet", "encoding", "transpose", "title", "publisher", "id")
"""What says how a document is read, and has no meaning for a folder that is there."""
_WRITTEN = Both("{path}: データパッケージを書き出しました", "{path}: data package written")
_NO_TO = Both(
    "--to がありません: 公表文書を読み込むフォルダが必要です (報告フォルダの記述だけなら SOURCE に報告フォルダを)",
    "--to is missing: a document is imported into a folder; to describe a report folder, name it as SOURCE",
)
_NO_COPY = Both(
    "{source} は報告フォルダです。記述はその中に書くため、--datapackage だけを指定してください",
    "{source} is a report folder, and its description is written into it: give --datapackage alone",
)


def is_meant(args: Namespace) -> bool:
    """Whether a report folder is to be described, and nothing imported; UsageError where more is asked for."""
    if not args.datapackage or args.dry_run:
        return False
    if not is_folder(Path(args.source)):
        if args.to is None:
            raise UsageError(_NO_TO)
        return False
    if any(getattr(args, each, None) for each in _OF_AN_IMPORT):
        raise UsageError(_NO_COPY.format(source=args.source))
    return True


def describe(folder: Path, args: Namespace) -> int:
    """Write the description into a report folder, and say so."""
    package.write(folder)
    return tell(folder, args)


def tell(folder: Path, args: Namespace) -> int:
    """Say that the folder's description was written, if it has one."""
    if package.is_in(folder):
        outlet.say([_WRITTEN.format(path=folder / package.FILE).say(args.lang)], args, aside=True)
    return 0
