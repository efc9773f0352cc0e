"""Icon sets in the Iconify format: what they say, what they hold, and where it is kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from iconbuild.errors import PictureError, ProviderError
from iconbuild.pictures.svgcheck import check_svg
from iconbuild.providers.local.packs.artwork import Artwork
from iconbuild.providers.local.packs.iconify import open_pack
from iconbuild.providers.local.vectors.markup import document
from tests.providers.local.iconset import BELL, CART, COLORS, INFO, icon_set, one, opened, written
from tests.providers.local.support import bounds


def test_a_single_file_says_whose_it_is(tmp_path: Path) -> None:
    pack = opened(tmp_path)
    assert (pack.prefix, pack.title, pack.version) == ("sample", "Sample Icons", "4.5.6")
    assert (pack.licence, pack.author, pack.palette) == ("MIT", "Ada Example", False)
    assert pack.witnesses == (str(tmp_path / "icons.json"),)
    assert [entry.name for entry in pack.entries()] == ["bell", "cart"]


def test_a_package_is_a_folder_with_facts_beside_the_icons(tmp_path: Path) -> None:
    written(tmp_path, icon_set(info={"name": "not this"}))
    written(tmp_path, {**INFO, "name": "From beside", "license": {"title": "Own licence"}}, "info.json")
    written(tmp_path, {"version": "9.9.9"}, "package.json")
    written(tmp_path, {"categories": {"Shop": ["cart"], "Brands": ["bell"]}}, "metadata.json")
    pack = open_pack(str(tmp_path), None)
    assert (pack.title, pack.version, pack.licence) == ("From beside", "9.9.9", "Own licence")
    bell, cart = pack.entries()
    assert cart.categories == ("Shop",)
    assert (bell.brand, cart.brand) == (True, False)
    assert {os.path.basename(path) for path in pack.witnesses} == set(os.listdir(tmp_path))


def test_what_is_not_said_is_said_to_be_unknown(tmp_path: Path) -> None:
    pack = opened(tmp_path, info={})
    assert (pack.title, pack.licence, pack.author) == ("sample", "unknown licence", "unknown author")
    assert len(pack.version) == 8
    assert pack.version != opened(tmp_path / "other", info={}, icons={"bell": {"body": CART}}).version
    assert not pack.palette


def test_colours_are_told_by_the_icons_where_the_set_does_not(tmp_path: Path) -> None:
    assert opened(tmp_path, info={}, icons={"a": {"body": '<path fill="#f00" d="M2 2h8v8z"/>'}}).palette


def test_facts_stay_on_one_line(tmp_path: Path) -> None:
    pack = opened(tmp_path, info={**INFO, "name": "A\u001b[31m\nB\ud800" + "x" * 999})
    assert pack.title.startswith("A [31m B x")
    assert len(pack.title) == 200


def test_the_revision_follows_the_icons(tmp_path: Path) -> None:
    first = opened(tmp_path / "a").revision
    assert opened(tmp_path / "b").revision == first
    assert opened(tmp_path / "c", icons={"bell": {"body": CART}}).revision != first
    assert opened(tmp_path / "d", info={**INFO, "palette": True}).revision != first
    written(tmp_path / "e", icon_set())
    assert open_pack(str(tmp_path / "e"), None).revision == first
    written(tmp_path / "e", {"categories": {"Shop": ["cart"]}}, "metadata.json")
    assert open_pack(str(tmp_path / "e"), None).revision != first


def test_an_alias_is_a_second_name_and_a_turned_one_an_icon(tmp_path: Path) -> None:
    aliases = {
        "ring-tone": {"parent": "bell"},
        "ringer": {"parent": "ring-tone"},
        "left-cart": {"parent": "cart", "hFlip": True},
        "secret": {"parent": "bell", "hidden": True},
        "cart": {"parent": "bell"},
    }
    icons = {"bell": {"body": BELL}, "cart": {"body": CART}, "old": {"body": CART, "hidden": True}}
    pack = opened(tmp_path, aliases=aliases, icons=icons)
    bell, cart, left = pack.entries()
    assert (bell.name, bell.tags) == ("bell", ("ring tone", "ringer"))
    assert (cart.name, cart.tags, left.name) == ("cart", (), "left-cart")
    assert pack.artwork("ringer") == pack.artwork("bell") == pack.artwork("secret")
    assert pack.artwork("cart").fills == pack.artwork("old").fills != pack.artwork("bell").fills
    assert pack.has("ring-tone")
    assert pack.has("old")
    assert not pack.has("bel")
    with pytest.raises(KeyError):
        pack.artwork("bel")


@pytest.mark.parametrize(
    "aliases",
    [
        {"odd": {"parent": "odd"}},
        {"odd": {"parent": "even"}, "even": {"parent": "odd"}},
        {"odd": {"parent": "a1"}, **{f"a{n}": {"parent": f"a{n + 1}"} for n in range(1, 9)}, "a9": {"parent": "cart"}},
        {"odd": {"parent": "nobody"}},
        {"odd": {"parent": ["cart"]}},
        {"odd": {}},
        {"odd": "cart"},
    ],
)
def test_an_alias_that_leads_nowhere_is_refused(tmp_path: Path, aliases: dict[str, Any]) -> None:
    pack = opened(tmp_path, aliases=aliases)
    with pytest.raises(PictureError, match="`sample:odd` of Sample Icons"):
        pack.artwork("odd")
    assert [entry.name for entry in pack.entries()] == ["bell", "cart"]


CORNER = '<path fill="currentColor" d="M0 0h{0}v{1}H0z"/>'


@pytest.mark.parametrize(
    ("record", "box"),
    [
        ({"body": CORNER.format(8, 4)}, (0, 0, 128, 64)),
        ({"body": CORNER.format(8, 4), "hFlip": True}, (128, 0, 256, 64)),
        ({"body": CORNER.format(8, 4), "vFlip": True}, (0, 192, 128, 256)),
        ({"body": CORNER.format(8, 4), "rotate": 1}, (192, 0, 256, 128)),
        ({"body": CORNER.format(8, 4), "rotate": 2}, (128, 192, 256, 256)),
        ({"body": CORNER.format(8, 4), "rotate": 3}, (0, 128, 64, 256)),
        ({"body": CORNER.format(8, 4), "rotate": -1}, (0, 128, 64, 256)),
        ({"body": CORNER.format(8, 4), "rotate": 1, "hFlip": True}, (192, 128, 256, 256)),
        ({"body": CORNER.format(8, 4), "left": -8, "top": -8}, (128, 128, 256, 192)),
        ({"body": CORNER.format(32, 16), "width": 32}, (0, 64, 256, 192)),
        ({"body": CORNER.format(32, 16), "width": 32, "rotate": 1}, (64, 0, 192, 256)),
        ({"body": f'<g transform="translate(2 2) scale(2)">{CORNER.format(4, 2)}</g>'}, (32, 32, 160, 96)),
    ],
)
def test_an_icon_is_put_on_the_grid(tmp_path: Path, record: Any, box: tuple[float, ...]) -> None:
    """The set's box is 16 x 16 where it says nothing; turns come after flips."""
    pack = one(tmp_path, record, width=16, height=16)
    assert bounds(pack.artwork("odd").fills) == pytest.approx(box, abs=0.02)


def test_an_alias_adds_its_turns_to_its_parents(tmp_path: Path) -> None:
    icons = {"a": {"body": CORNER.format(8, 4), "hFlip": True, "rotate": 1}}
    aliases = {"b": {"parent": "a", "hFlip": True, "rotate": 3}, "c": {"parent": "b", "width": 32}}
    pack = opened(tmp_path, icons=icons, aliases=aliases, width=16, height=16)
    assert bounds(pack.artwork("b").fills) == pytest.approx((0, 0, 128, 64), abs=0.02)
    assert bounds(pack.artwork("c").fills) == pytest.approx((0, 64, 64, 96), abs=0.02)


def test_a_picture_has_ids_of_its_own_and_no_open_colour(tmp_path: Path) -> None:
    pack = one(tmp_path, {"body": COLORS}, info={**INFO, "palette": True})
    artwork = pack.artwork("odd")
    text = "\n".join(artwork.picture)
    check_svg(document(artwork.picture).encode())
    assert 'id="odd-a"' in text
    assert 'fill="url(#odd-a)"' in text
    assert 'href="#odd-b"' in text
    assert "currentColor" not in text
    assert artwork._replace(picture=()) == Artwork()


def test_a_missing_package_comes_with_the_command_that_installs_it(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="there is no icon pack at") as caught:
        open_pack(str(tmp_path / "node_modules/@iconify-json/lucide"), None)
    assert "npm install @iconify-json/lucide" in caught.value.remedy
    with pytest.raises(ProviderError, match=r"no icons\.json"):
        open_pack(str(tmp_path), None)


def test_what_is_kept_is_used_renewed_and_mended(tmp_path: Path) -> None:
    path, cache = written(tmp_path, icon_set(aliases={"ringer": {"parent": "bell"}}, note="ü")), tmp_path / "cache"
    first = open_pack(str(path), cache)
    wanted = first.artwork("ringer")
    (kept,) = cache.iterdir()
    text = kept.read_bytes()

    again = open_pack(str(path), cache)
    assert (again.revision, again.entries()) == (first.revision, first.entries())
    assert again.artwork("ringer") == wanted

    for damage in (text[:-9], text.replace(b"bell", b"ball"), b"", b"00000000{}"):
        kept.write_bytes(damage)
        assert open_pack(str(path), cache).artwork("ringer") == wanted
        assert kept.read_bytes() == text

    written(tmp_path, icon_set(icons={"bell": {"body": CART}}))
    changed = open_pack(str(path), cache)
    assert changed.revision != first.revision
    assert not changed.has("ringer")
    assert changed.artwork("bell") != wanted


def test_a_file_that_changes_while_it_is_used_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, icon_set())
    pack = open_pack(str(path), None)
    path.write_bytes(path.read_bytes().replace(b"M4 17", b"M5 17"))
    with pytest.raises(ProviderError, match="changed while it was read"):
        pack.artwork("bell")


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    path = written(tmp_path, icon_set())
    (tmp_path / "cache").write_text("a file")
    assert open_pack(str(path), tmp_path / "cache").artwork("bell").strokes
