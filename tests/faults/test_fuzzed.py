"""What the fuzzer found stays mended, and a few thousand random inputs find nothing new."""

from __future__ import annotations

import random

import pytest

from tests.faults.fuzzing.found import FOUND
from tests.faults.fuzzing.targets import TARGETS

#: How many random inputs each target gets; the whole pipeline is slow.
TRIES = {"everything": 8, "container": 150}


@pytest.mark.parametrize(("target", "data"), [(name, data) for name, found in FOUND.items() for data in found])
def test_what_was_found_stays_mended(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
def test_random_bytes_find_nothing(target: str) -> None:
    draw = random.Random(target)
    for _ in range(TRIES.get(target, 600)):
        TARGETS[target](draw.randbytes(draw.choice((4, 30, 200))))


def test_a_nameless_member_is_really_one() -> None:
    import io
    import zipfile

    (data,) = FOUND["container"]
    assert [info.filename for info in zipfile.ZipFile(io.BytesIO(data[1:])).infolist()] == [""]
