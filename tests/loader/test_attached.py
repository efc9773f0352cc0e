"""Pictures that icons are made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.model.manifest import Attached, FileSource
from tests.loader.loading import codes, icon, loaded, problems

ID = "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"


@pytest.fixture
def artwork(tmp_path: Path) -> Path:
    (tmp_path / "art").mkdir()
    for name in ("x.svg", "art/photo.png"):
        (tmp_path / name).write_text("<svg/>", encoding="utf-8")
    return tmp_path


def attached(folder: Path, fields: str) -> Attached | None:
    return icon(folder, f"icons:\n  a: {{subject: fox, {fields}}}\n").attached


@pytest.mark.parametrize("kind", ["refine", "iconify"])
@pytest.mark.parametrize("value", ["art/photo.png", "{file: art/photo.png}", "./art//photo.png"])
def test_a_file(artwork: Path, kind: str, value: str) -> None:
    found = attached(artwork, f"{kind}: {value}")
    assert found is not None
    assert (found.kind, found.icon_id) == (kind, None)
    assert isinstance(found.file, FileSource)
    assert (found.file.path, found.file.where.line) == ("art/photo.png", 2)


def test_an_icon_of_a_library(artwork: Path) -> None:
    assert attached(artwork, f"refine: {{icon_id: {ID.upper()}}}") == Attached("refine", None, ID)


def test_most_icons_have_none(tmp_path: Path) -> None:
    assert icon(tmp_path, "icons: {a: ant}").attached is None
    assert attached(tmp_path, "take: 2") is None


def test_its_file_is_artwork_of_the_set(artwork: Path) -> None:
    text = "icons: {a: {subject: ant, refine: art/photo.png}, b: {from: x.svg}, c: {subject: cat, iconify: x.svg}}"
    assert loaded(artwork, text).artwork == ["art/photo.png", "x.svg"]


@pytest.mark.parametrize("chain", ["star", "sequential"])
def test_it_follows_nothing_and_can_be_followed(artwork: Path, chain: str) -> None:
    icons = "icons: {a: ant, b: {subject: bee, iconify: x.svg}, c: cat}\n"
    defaults = "defaults: {anchor: a}\n"
    for head in (f"anchor: a\nchain: {chain}\n", defaults):
        assert [each.anchor for each in loaded(artwork, head + icons).icons] == [None, None, "a"]
    assert [each.anchor for each in loaded(artwork, "anchor: b\n" + icons).icons] == ["b", None, "b"]


def test_an_anchor_beside_it_is_refused_unless_it_is_none(artwork: Path) -> None:
    text = "icons: {b: bee, a: {subject: ant, refine: x.svg, anchor: b}}"
    (problem,) = problems(artwork, text)
    assert (problem.code, problem.where.column) == ("M027", text.index("anchor") + 1)
    assert attached(artwork, "refine: x.svg, anchor: none") is not None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("subject: fox, refine: x.svg, iconify: x.svg", "M027"),
        ("from: x.svg, refine: x.svg", "M027"),
        ("from: x.svg, iconify: x.svg", "M027"),
        ("subject: fox, refine: {file: x.svg, icon_id: " + ID + "}", "M027"),
        ("refine: x.svg", "M021"),
        ("subject: fox, refine: {}", "M021"),
        ("subject: fox, iconify: {}", "M021"),
        ("subject: fox, iconify: {icon_id: " + ID + "}", "M012"),
        ("subject: fox, refine: {icon_id: 12}", "M011"),
        ("subject: fox, refine: gone.png", "M019"),
        ("subject: fox, iconify: ../x.svg", "M019"),
        ("subject: fox, refine: notes.txt", "M019"),
        ("subject: fox, refine: [x.svg]", "M015"),
        ("subject: fox, refine: ~", "M010"),
        ("subject: fox, refine: {url: 'https://example.org/x.png'}", "M025"),
    ],
)
def test_what_is_refused(artwork: Path, fields: str, code: str) -> None:
    assert code in codes(artwork, f"icons:\n  a: {{{fields}}}\n")


def test_it_says_where_it_was_said(artwork: Path) -> None:
    found = icon(artwork, "icons:\n  a:\n    subject: fox\n    iconify: x.svg\n")
    where = found.origins["iconify"].where
    assert where is not None
    assert (found.origins["iconify"].layer, where.line) == ("icon", 4)


def test_a_library_is_an_output(tmp_path: Path) -> None:
    text = "icons: {a: ant}\noutputs:\n  - library: {file: l.html, name: 'acme-{icon}', theme: 404}\n"
    (spec,) = loaded(tmp_path, text).outputs
    assert (spec.kind, spec.version) == ("library", 1)
    assert dict(spec.params) == {"file": "l.html", "name": "acme-{icon}", "theme": "404"}
    assert codes(tmp_path, "icons: {a: ant}\noutputs: [{library: {file: l.png}}]\n") == ["M032"]
    assert codes(tmp_path, "icons: {a: ant}\noutputs: [{library: {name: x}}]\n") == ["M021"]
    assert codes(tmp_path, "icons: {a: ant}\noutputs: [{library: {file: l.html, size: 3}}]\n") == ["M012"]
