"""What codes are called, from the mentions that were resolved to them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.batches import Batch

_LEVELS = ("province", "city", "county")


class PlaceNames:
    """Names of the places that rows speak of, gathered batch by batch."""

    def __init__(self) -> None:
        self._places: dict[str, list[str]] = {}
        self._used: set[str] = set()

    def add(self, batch: Batch) -> None:
        """Take in a batch's names."""
        facts = batch.rows("facts").table
        for codes in (batch.documents["place_code"], facts["subject_code"], batch.rows("officials").table["place_code"]):
            self.use(codes)
        places = batch.rows("places").table.select(["code", *_LEVELS])
        for row in places.filter(pc.is_valid(places["code"])).group_by(["code", *_LEVELS], use_threads=False).aggregate([]).to_pylist():
            self._add_place(row["code"], *(row[level] for level in _LEVELS))

    def use(self, codes: pa.ChunkedArray) -> None:
        """Note which codes need a name."""
        self._used.update(code for code in codes.unique().to_pylist() if code)

    def named(self) -> dict[str, list[str]]:
        """Name of each code that is used, and the names of what it lies in."""
        return {code: self._places[code] for code in sorted(self._used & self._places.keys())}

    def _add_place(self, code: str, province: str | None, city: str | None, county: str | None) -> None:
        """A code ending in 0000 is a province's, in 00 a city's; a mention below the county carries the county's."""
        if code.endswith("0000"):
            path = [province]
        elif code.endswith("00"):
            path = [city, province]
        else:
            path = [county, city, province]
        if path[0]:
            self._places.setdefault(code, [path[0], "".join(name for name in reversed(path[1:]) if name)])
