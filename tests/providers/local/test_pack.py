import pytest

from iconbuild.providers.local.packs.phosphor import PhosphorPack

PACK = PhosphorPack()


def test_every_icon_can_be_drawn() -> None:
    entries = PACK.entries()
    assert len(entries) > 1500
    for entry in entries:
        artwork = PACK.artwork(entry.name)
        assert artwork.fills, entry.name
        assert artwork.strokes or artwork.dots, entry.name


def test_book_user_lacks_a_live_duotone_file_and_gets_its_tint_from_the_outlined_one() -> None:
    artwork = PACK.artwork("book-user")
    assert artwork.strokes
    assert artwork.tints


def test_brand_marks_are_known() -> None:
    brands = {entry.name for entry in PACK.entries() if entry.brand}
    assert {"apple-logo", "sketch-logo"} <= brands
    assert "heart" not in brands


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        PACK.artwork("no-such-icon")


def test_the_version_is_the_artworks() -> None:
    assert PACK.version[0].isdigit()
