"""Icon sets that somebody made to do harm, or made badly: refused, and named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iconbuild.errors import PictureError, ProviderError
from iconbuild.providers.local.packs.iconify import open_pack
from tests.providers.local.iconset import CART, INFO, icon_set, one, written


def refused(folder: Path, record: Any, words: str, **changes: Any) -> None:
    """The icon is refused, named with its pack; its neighbours and the list of icons are not spoilt."""
    pack = one(folder, record, **changes)
    with pytest.raises(PictureError, match=words) as caught:
        pack.artwork("odd")
    assert "`sample:odd` of Sample Icons" in caught.value.message
    assert pack.artwork("cart")
    assert "cart" in [entry.name for entry in pack.entries()]


HOSTILE = [
    ("<script>alert(1)</script>", "<script>"),
    ('<path onload="alert(1)" d="M0 0h9"/>', "event handler"),
    ("<foreignObject/>", "<foreignObject>"),
    ('<image href="file:///etc/passwd"/>', "<image>"),
    ('<use href="https://example.org/a.svg#b"/>', "outside itself"),
    ('<path style="fill:url(//example.org/a)" d="M0 0h9v9z"/>', "outside itself"),
    ("<text>hello</text>", "holds text"),
    ("<animate/>", "<animate>"),
    ('<g id="a"><use href="#a"/></g>', "loop"),
    ("<g>" * 99 + "</g>" * 99, "nested deeper"),
    ("<path d='M0 0h9'/>" * 20_000, "more than 10000 elements"),
    ('<!DOCTYPE a [<!ENTITY b "c">]><path d="M0 0h9"/>', "not well-formed"),
    ("&bomb;", "not well-formed"),
    ("</svg><svg>", "not well-formed"),
    ("<?php ?>", "processing instruction"),
    ("<path", "not well-formed"),
    ("\ud800", "no text"),
    ("<!--" + "x" * (1 << 20) + "-->", "the limit is"),
]


@pytest.mark.parametrize("palette", [False, True])
@pytest.mark.parametrize(("body", "words"), HOSTILE, ids=[words for _, words in HOSTILE])
def test_hostile_artwork_is_refused_by_name(tmp_path: Path, body: str, words: str, *, palette: bool) -> None:
    pack = one(tmp_path, {"body": body}, info={**INFO, "palette": palette})
    with pytest.raises(PictureError, match=words) as caught:
        pack.artwork("odd")
    assert "`sample:odd` of Sample Icons" in caught.value.message
    assert pack.artwork("cart")
    assert {"cart"} <= {entry.name for entry in pack.entries()}


def test_a_style_sheet_in_a_picture_is_refused(tmp_path: Path) -> None:
    body = "<style>path{fill:red}</style><path d='M0 0h9v9z'/>"
    refused(tmp_path, {"body": body}, "<style>", info={**INFO, "palette": True})


@pytest.mark.parametrize(
    "box",
    [
        {"width": 0},
        {"height": -24},
        {"width": 1e9},
        {"width": 20_000},
        {"left": 1e8},
        {"width": "24"},
        {"height": True},
        {"width": None},
        {"rotate": "left"},
        {"rotate": 1e308},
    ],
)
def test_absurd_sizes_are_refused(tmp_path: Path, box: dict[str, Any]) -> None:
    refused(tmp_path, {"body": CART, **box}, "size|number")


@pytest.mark.parametrize("record", [None, 7, "body", [], {}, {"body": 7}, {"body": None}, {"body": ["<path/>"]}])
def test_an_icon_that_is_none_is_refused(tmp_path: Path, record: Any) -> None:
    refused(tmp_path, record, "cannot be used")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<g/>",
        '<path d=""/>',
        '<path d="M0 0L1"/>',
        '<path d="1 2 3"/>',
        '<path d="M0 0 1e300 0"/>',
        '<path transform="spin(4)" d="M0 0h9v9z"/>',
        '<path transform="scale(1e200) scale(1e200)" d="M0 0h9v9z"/>',
        '<circle r="wide"/>',
        '<circle r="nan"/>',
        '<path stroke="currentColor" stroke-width="inf" d="M0 0h9v9z"/>',
        '<path fill="none" stroke="currentColor" stroke-width="0" d="M0 0h9v9z"/>',
        '<path fill="none" d="M0 0h9v9z"/>',
    ],
)
def test_a_drawing_of_nothing_or_of_nonsense_is_refused(tmp_path: Path, body: str) -> None:
    refused(tmp_path, {"body": body}, "cannot be used")


FILES: list[tuple[bytes, str]] = [
    (b"", "no JSON object"),
    (b"[]", "no JSON object"),
    (b"{", "no JSON"),
    (b'{"prefix": "a", "icons": {"a": {"body": ""}', "no JSON"),
    (b'{"prefix": "a", "icons": {"a": {}},}', "no JSON"),
    (b'{"prefix": "a" "icons": {}}', "no JSON"),
    (b'{"prefix": "a", "icons": {,"a": {}}}', "no JSON"),
    (b'{"prefix": "a", "icons": {"a": {}}} true', "no JSON"),
    (b"\xef\xbb\xbf{}", "byte order mark"),
    (b'{"prefix": "\xff"}', "not UTF-8"),
    (b'{"prefix": "a", "prefix": "b"}', "twice"),
    (b'{"prefix": "a", "icons": {"a": {}, "a": {}}}', "twice"),
    (b'{"prefix": "a", "icons": {"a": {"body": "", "body": ""}}}', "twice"),
    (b'{"prefix": "a", "icons": {"a": {"width": NaN}}}', "NaN"),
    (b'{"prefix": "a", "icons": {"a": {"width": -Infinity}}}', "-Infinity"),
    (b'{"prefix": "a", "icons": {"a": ' + b"[" * 100_000, "nested too deeply"),
    (b'{"prefix": "a", "icons": {"a": ' + b"9" * 9_999 + b"}}", "no JSON"),
    (b'{"prefix": "a", "icons": []}', "`icons` is no object"),
    (b'{"prefix": "a", "icons": {"a": {}}, "aliases": 3}', "`aliases` is no object"),
    (b'{"prefix": "a", "icons": {}}', "no icons"),
    (b'{"prefix": "a"}', "no icons"),
    (b'{"prefix": "a", "icons": {"../a": {}, "A": {}, "a b": {}, "": {}}}', "no icons"),
    (b'{"icons": {"a": {}}}', "`prefix` is no name"),
    (b'{"prefix": "../a", "icons": {"a": {}}}', "`prefix` is no name"),
    (b'{"prefix": 7, "icons": {"a": {}}}', "`prefix` is no name"),
    (b'{"prefix": "a", "width": "24", "icons": {"a": {}}}', "`width` is no number"),
    (b'{"prefix": "a", "info": [1], "icons": {"a": {}}}', "`info` is no object"),
    (b'{"prefix": "a", "info": {"name": {"a": 1}}, "icons": {"a": {}}}', "`name` is no text"),
    (b'{"prefix": "a", "info": {"license": 4}, "icons": {"a": {}}}', "`license` is no object"),
    (b'{"prefix": "a", "info": {"author": {"name": 4}}, "icons": {"a": {}}}', "`name` is no text"),
    (json.dumps(icon_set(icons={f"a{n}": {} for n in range(50_001)})).encode(), "more than 50000 icons"),
]


@pytest.mark.parametrize(("data", "words"), FILES, ids=[words for _, words in FILES])
def test_a_file_that_is_no_icon_set_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = written(tmp_path, data)
    with pytest.raises(ProviderError, match=words) as caught:
        open_pack(str(path), None)
    assert str(path) in caught.value.message


def test_a_file_beside_the_icons_is_read_as_strictly(tmp_path: Path) -> None:
    written(tmp_path, icon_set())
    written(tmp_path, b'{"name": "a", "name": "b"}', "info.json")
    with pytest.raises(ProviderError, match=r"info\.json: .*twice"):
        open_pack(str(tmp_path), None)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "icons.json"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(ProviderError, match="the limit is"):
        open_pack(str(path), None)
