from pathlib import Path

import pytest

from iconbuild.providers.local.packs.pack import Entry
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.search.index import BORROWED, NAME, TAG, TAG_PART, Index, build, open_index
from iconbuild.providers.local.search.thesaurus import compiled

PACK = PhosphorPack()


def test_a_word_counts_once_in_its_best_field() -> None:
    index = build([Entry("paper-plane", ("plane", "mail"), ("Communication",), brand=False)])
    assert index.postings["plane"] == [NAME]
    assert index.postings["mail"] == [TAG]
    assert index.terms == [["paper", "plane"]]


def test_names_and_tags_of_several_words_are_there_as_phrases_in_any_order() -> None:
    index = build([Entry("chart-bar", ("smart phone",), (), brand=False)])
    assert index.postings["bar chart"] == [NAME]
    assert index.postings["phone smart"] == index.postings["smartphone"] == [TAG]
    assert index.postings["phone"] == [TAG_PART]


CART = Entry("shopping-cart", ("purchase", "e-commerce"), ("Commerce",), brand=False)
HEART = Entry("heart", ("love",), (), brand=False)
MARK = Entry("love-logo", ("romance",), (), brand=True)


def test_tags_are_lent_to_icons_of_the_same_name() -> None:
    names = ("shopping-cart", "red-heart", "red-heart-dark", "cat")
    index = build([Entry(name, (), (), brand=False) for name in names], compiled([CART, HEART, MARK]))
    field = BORROWED
    assert index.postings["purchase"] == [field]
    assert [posting % 5 for posting in index.postings["love"]] == [field, field]
    assert [posting // 5 for posting in index.postings["love"]] == [1, 2]
    assert "romance" not in index.postings


def test_a_telling_tag_is_another_name() -> None:
    """`automobile` is a tag of few icons, so an icon of that name is looked for as they are; `tool` is one of many."""
    many = [Entry(f"tool-{n}", ("tool", f"word{n}"), (), brand=False) for n in range(9)]
    lenders = [Entry("car", ("automobile", "vehicle"), (), brand=False), *many]
    index = build([Entry("automobile", (), (), brand=False), Entry("tool", (), (), brand=False)], compiled(lenders))
    assert index.postings["vehicle"] == [BORROWED]
    assert "word1" not in index.postings


def test_a_file_is_made_anew_where_a_lender_changes(tmp_path: Path) -> None:
    open_index(PACK, tmp_path)
    open_index(PACK, tmp_path, [PACK])
    assert len(list(tmp_path.iterdir())) == 2


def test_the_file_holds_the_same_index(tmp_path: Path) -> None:
    built = open_index(PACK, tmp_path / "new")
    (file,) = (tmp_path / "new").iterdir()
    assert PACK.version in file.name
    before = file.stat().st_mtime_ns
    assert open_index(PACK, tmp_path / "new") == built == open_index(PACK, None)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:500] + bytes([raw[500] ^ 1]) + raw[501:],
        lambda raw: b"a3a6bf43{}",  # sound, but of another shape
    ],
)
def test_a_damaged_file_is_rebuilt_silently(tmp_path: Path, damage: object) -> None:
    built = open_index(PACK, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    assert callable(damage)
    file.write_bytes(damage(whole))
    assert open_index(PACK, tmp_path) == built
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert isinstance(open_index(PACK, blocked / "cache"), Index)
