"""Whom each icon follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.model.manifest import FileSource
from tests.loader.loading import codes, loaded, problems

ICONS = "icons: {a: ant, b: bee, c: cat, d: dog}\n"


def follows(folder: Path, text: str) -> dict[str, object]:
    found = {icon.name: icon.anchor for icon in loaded(folder, text).icons}
    return {name: ref.path if isinstance(ref, FileSource) else ref for name, ref in found.items()}


@pytest.fixture
def artwork(tmp_path: Path) -> Path:
    (tmp_path / "x.svg").write_text("<svg/>", encoding="utf-8")
    return tmp_path


def test_nobody_follows_unasked(tmp_path: Path) -> None:
    assert follows(tmp_path, ICONS) == {"a": None, "b": None, "c": None, "d": None}
    assert follows(tmp_path, ICONS + "anchor: none") == {"a": None, "b": None, "c": None, "d": None}


def test_star(tmp_path: Path) -> None:
    assert follows(tmp_path, ICONS + "anchor: c") == {"a": "c", "b": "c", "c": None, "d": "c"}


def test_sequential(tmp_path: Path) -> None:
    assert follows(tmp_path, ICONS + "anchor: c\nchain: sequential") == {"a": "c", "b": "a", "c": None, "d": "b"}
    assert follows(tmp_path, ICONS + "chain: sequential") == {"a": None, "b": "a", "c": "b", "d": "c"}


def test_a_file(artwork: Path) -> None:
    star = follows(artwork, ICONS + "anchor: {file: x.svg}")
    assert star == {"a": "x.svg", "b": "x.svg", "c": "x.svg", "d": "x.svg"}
    chain = follows(artwork, ICONS + "anchor: {file: x.svg}\nchain: sequential")
    assert chain == {"a": "x.svg", "b": "a", "c": "b", "d": "c"}


def test_an_icon_chooses_for_itself(artwork: Path) -> None:
    icons = "icons: {a: ant, b: {subject: bee, anchor: none}, c: {subject: cat, anchor: {file: x.svg}}, d: dog}\n"
    assert follows(artwork, icons + "anchor: a") == {"a": None, "b": None, "c": "x.svg", "d": "a"}
    # Who chose for itself is no link of the chain.
    assert follows(artwork, icons + "anchor: a\nchain: sequential") == {"a": None, "b": None, "c": "x.svg", "d": "a"}


def test_imported_artwork_is_followed_but_follows_nothing(artwork: Path) -> None:
    icons = "icons: {a: ant, b: {from: x.svg}, c: cat}\n"
    assert follows(artwork, icons + "anchor: a") == {"a": None, "b": None, "c": "a"}
    assert follows(artwork, icons + "anchor: b") == {"a": "b", "b": None, "c": "b"}
    assert follows(artwork, icons + "anchor: a\nchain: sequential") == {"a": None, "b": None, "c": "a"}
    assert follows(artwork, icons + "anchor: b\nchain: sequential") == {"a": "b", "b": None, "c": "a"}
    manifest = loaded(artwork, icons + "anchor: a")
    assert manifest.icons[1].origins["anchor"].layer == "built in"
    assert manifest.icons[2].origins["anchor"].layer == "manifest"


def test_in_the_defaults(artwork: Path) -> None:
    assert follows(artwork, "defaults: {anchor: b}\n" + ICONS) == {"a": "b", "b": None, "c": "b", "d": "b"}
    assert follows(artwork, "defaults: {anchor: none}\nanchor: a\n" + ICONS) == {
        "a": None,
        "b": None,
        "c": None,
        "d": None,
    }


def test_unknown(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "icons: {analytics: chart, b: {subject: bee, anchor: analytic}}")
    assert (problem.code, problem.remedy) == ("M018", "did you mean `analytics`?")
    (problem,) = problems(tmp_path, "anchor: analytcs\nicons: {analytics: chart}")
    assert (problem.where.line, problem.where.column) == (1, 9)
    (problem,) = problems(tmp_path, "defaults: {anchor: x}\n" + ICONS)
    assert problem.code == "M018"


def test_circles(tmp_path: Path) -> None:
    assert codes(tmp_path, "icons: {a: {subject: x, anchor: a}}") == ["M034"]
    links = ("ab", "bc", "ca", "da")
    ring = "icons:\n" + "".join(f"  {name}: {{subject: x, anchor: {after}}}\n" for name, after in links)
    (problem,) = problems(tmp_path, ring)
    assert problem.message == "anchors form a circle: a -> b -> c -> a"
    assert problem.where.line == 2


def test_a_long_chain_is_no_circle(tmp_path: Path) -> None:
    icons = "".join(f"  i{i}: x\n" for i in range(3000))
    manifest = loaded(tmp_path, "chain: sequential\nicons:\n" + icons)
    assert manifest.icons[2999].anchor == "i2998"


def test_an_anchor_that_is_broken_itself_is_told_once(tmp_path: Path) -> None:
    assert codes(tmp_path, "anchor: a\nicons: {a: {subjct: x}, b: bee}") == ["M012"]
