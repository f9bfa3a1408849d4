"""What the eye needs: enough contrast, in light and in dark, for every colour text stands on."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

import pipeline.report

STATIC = Path(pipeline.report.__file__).parent / "static"
CSS = (STATIC / "style" / "base.css").read_text("utf-8")
LIGHT, DARK = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL))
PAIRS = [
    *product(("ink", "faint", "accent"), ("paper", "ground", "hover")),
    *product(("ink",), ("quantities", "times", "people", "places", "found")),
    ("on-selected", "selected"),
    ("on-accent", "accent-ground"),
    *product(("bar-up", "bar-down", "issues"), ("paper",)),
]


FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\bfetch\(|XMLHttpRequest|https?://(?!www\.w3\.org)"
)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "ground"), PAIRS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_it_stands_on(scheme: str, text: str, ground: str) -> None:
    colours = LIGHT if scheme == "light" else {**LIGHT, **DARK}
    dark, light = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_script_makes_elements_from_markup() -> None:
    scripts = [path.read_text("utf-8") for path in (STATIC / "app").glob("*.js")]
    assert scripts
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\bfetch\(|XMLHttpRequest|https?://(?!www\.w3\.org)", script
        )


def test_the_page_names_every_script_there_is() -> None:
    index = (STATIC / "index.html").read_text("utf-8")
    assert set(re.findall(r'src="app/([a-z]+\.js)"', index)) == {path.name for path in (STATIC / "app").glob("*.js")}
    assert set(re.findall(r'href="style/([a-z]+\.css)"', index)) == {path.name for path in (STATIC / "style").glob("*.css")}
