"""What many tests share: the project's folders, the seeds built once, and gold texts where they are present."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.runner import build

ROOT = Path(__file__).resolve().parent.parent

# A busy machine makes no example wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts that are not part of the project; tests that need it skip without it."""
    folder = Path(os.environ.get("ZHENGBAO_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip("the shared texts are not here")
    return folder


@pytest.fixture(scope="session")
def seeds_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds, built with every stage."""
    output = tmp_path_factory.mktemp("seeds") / "outputs"
    build([ROOT / "seeds"], output, jobs=1, quiet=True)
    return output


@pytest.fixture(scope="session")
def passages_outputs(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gold report passages, built without tokens."""
    output = tmp_path_factory.mktemp("passages") / "outputs"
    build([shared / "gold" / "reports"], output, jobs=1, quiet=True, without=("tokens",))
    return output


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: archives hold the time they were made, and every process must call a test the same."""
    return argname if isinstance(val, bytes) else None
