"""What a manifest or a record states of a page: date, place and publication, taken as given or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.ingest.source import clean_name

_DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?:[T ][\d:.+Z-]*)?")
_CODE = re.compile(r"([1-8]\d{5})(?:\.0+)?")


@dataclass(frozen=True)
class Stated:
    """The three cells; None where nothing is said. `void` names cells that say something which cannot be used."""

    publication: str | None = None
    issue_date: date | None = None
    place_code: str | None = None
    void: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        return self.publication is None and self.issue_date is None and self.place_code is None and not self.void


SILENT = Stated()


def stated(where: str, publication: object = None, issue_date: object = None, place_code: object = None) -> Stated:
    """Cells as found, checked: what is no date and no code is void and warned of, never guessed."""
    warnings: list[str] = []
    void: set[str] = set()
    day = code = None
    if not _blank(issue_date):
        day = _day(issue_date)
        if day is None:
            void.add("issue_date")
            warnings.append(f"{where}: issue date {_shown(issue_date)} is no day written like 2023-07-25, and was not used.")
    if not _blank(place_code):
        match = _CODE.fullmatch(str(place_code).strip())
        if match:
            code = match[1]
        else:
            void.add("place_code")
            warnings.append(f"{where}: place code {_shown(place_code)} is no six-digit code, and was not used.")
    name = None if _blank(publication) else clean_name(" ".join(str(publication).split()))
    return Stated(name, day, code, frozenset(void), tuple(warnings))


def _blank(cell: object) -> bool:
    return cell is None or cell != cell or (isinstance(cell, str) and not cell.strip())  # NaN, the empty cell of a table of numbers, is not itself


def _shown(cell: object) -> str:
    return repr(str(cell)[:40])


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DATE.fullmatch(str(cell).strip())
    if match is None:
        return None
    month = match[3] or match[5] or match[7]
    day = match[4] or match[6] or match[8]
    try:
        return date(int(match[1]), int(month), int(day))
    except ValueError:
        return None
