"""Who can leave as SVG is known before anything is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import ManifestError
from tests.planner.test_keys import planned

OUTPUT = "outputs: [{files: {dir: dist, formats: [svg]}}]\n"


def refusals(text: str, folder: Path) -> list[str]:
    with pytest.raises(ManifestError) as caught:
        planned(text + OUTPUT, folder)
    return [f"{problem.code} {problem.message}" for problem in caught.value.problems]


@pytest.mark.parametrize("look", ["style: line", "style: glyph", "style: outline", "preset: duotone", "preset: flat"])
def test_plain_drawings_may_leave(look: str, tmp_path: Path) -> None:
    _, plan = planned(f"defaults: {{{look}}}\nicons: {{home: house}}\n{OUTPUT}", tmp_path)
    assert [target.path for target in plan.targets] == ["dist/home.svg"]


@pytest.mark.parametrize("look", ["flat", "gradient"])
def test_several_colours_cannot_follow_the_text(look: str, tmp_path: Path) -> None:
    files = "{dir: d, formats: [svg], current-color: true}"
    text = f"defaults: {{preset: {look}}}\nicons: {{home: house}}\noutputs: [{{files: {files}}}]\n"
    with pytest.raises(ManifestError) as caught:
        planned(text, tmp_path)
    assert "has several colours, and `current-color` needs one ink" in caught.value.problems[0].message
    planned(text.replace(f"preset: {look}", "preset: duotone"), tmp_path)


def test_lit_looks_are_refused_once_for_all_icons(tmp_path: Path) -> None:
    found = refusals("defaults: {preset: product}\nicons: {home: house, cart: shopping cart}\n", tmp_path)
    assert found == [
        "M038 2 icons (`home` first) cannot leave as svg: preset `product` of local is no plain vector drawing"
    ]


def test_steps_and_themes_make_pixels(tmp_path: Path) -> None:
    icons = "icons: {home: {subject: house, steps: [crop: 5]}, cart: shopping cart}\n"
    assert refusals(icons, tmp_path) == ["M038 icon `home` cannot leave as svg: steps make pixels of it (crop)"]
    themed = "icons: {home: house}\nthemes: {dark: [recolor: '#fff']}\n"
    assert refusals(themed, tmp_path) == ["M038 icon `home` cannot leave as svg: steps make pixels of it (the theme's)"]


def test_own_artwork_leaves_where_it_is_a_drawing(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (tmp_path / "photo.png").write_bytes(b"pixels")
    planned("icons: {logo: {from: logo.svg}}\n" + OUTPUT, tmp_path)
    found = refusals("icons: {photo: {from: photo.png}}\n", tmp_path)
    assert found == ["M038 icon `photo` cannot leave as svg: photo.png is a picture of pixels"]


def test_other_providers_send_pixels(tmp_path: Path) -> None:
    found = refusals("provider: iconly\nicons: {home: house}\n", tmp_path)
    assert found == ["M038 icon `home` cannot leave as svg: style `line` of iconly is no plain vector drawing"]
