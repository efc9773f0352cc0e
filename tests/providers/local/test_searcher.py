"""Packs searched together, what is not understood, and natural sizes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import iconbuild.providers.local.search
from iconbuild.providers.local.packs.pack import Entry
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.search.curated import size_of
from iconbuild.providers.local.search.searcher import Choice, Searcher
from tests.providers.local.names import NamesOnly

DATA = Path(iconbuild.providers.local.search.__file__).parent
PHOSPHOR = Searcher({"ph": PhosphorPack()}, None)


EMOJI = NamesOnly(
    (
        *(
            "shopping-cart",
            "red-apple",
            "green-apple",
            "pineapple",
            "house",
            "house-with-garden",
            "potted-plant",
            "bank",
        ),
        *("delivery-truck", "package", "red-heart", "blue-heart", "automobile", "locked", "basketball", "soccer-ball"),
        *(
            "fork-and-knife",
            "sun",
            "crescent-moon",
            "full-moon",
            "bell",
            "bell-with-slash",
            "thong-sandal",
            "teddy-bear",
        ),
        *("person-dark", "person-light", "person", "x-ray", "laptop", "fleur-de-lis", "coat", "open-book", "envelope"),
        *("ring", "gem-stone", "diamond-suit"),
    )
)
BOTH = Searcher({"emoji": EMOJI, "ph": PhosphorPack()}, None)


def picks(subject: str, searcher: Searcher = PHOSPHOR, prefixes: tuple[str, ...] = ("ph",)) -> list[str]:
    return [pick.icon for pick in searcher.choose(subject, prefixes).picks]


def both(subject: str) -> list[str]:
    return picks(subject, BOTH, ("emoji", "ph"))


# What is not understood


@pytest.mark.parametrize(
    "subject",
    [
        *("asdf qwer", "flurbing the wozzle", "Einkaufswagen", "корзина", "购物车", "carrito de compras", "سلة"),
        *("bouton d'alimentation", "Warenkorb", "Schlüssel", "boîte aux lettres", "teléfono móvil", "買い物かご"),
    ],
)
def test_nonsense_and_other_languages_find_nothing(subject: str) -> None:
    choice = BOTH.choose(subject, ["emoji", "ph"])
    assert (choice.picks, choice.confident) == ((), False)
    warning, *nearest = choice.warnings
    assert warning.startswith("does not know the word")
    first = re.split("[ ']", subject)[0]
    assert f"`{first}`" in warning
    assert all(line.startswith("names most like it: ph:") for line in nearest)


@pytest.mark.parametrize(
    ("subject", "icon", "word"),
    [
        ("корзина cart", "ph:shopping-cart", "корзина"),
        ("perfume bottle", "ph:spray-bottle", "perfume"),
        ("asdf and hammer", "ph:hammer", "asdf"),
        ("hammer and asdf", "ph:hammer", "asdf"),
        ("burger and fries", "ph:hamburger", "fries"),
    ],
)
def test_what_is_half_understood_is_doubtful_and_says_the_word(subject: str, icon: str, word: str) -> None:
    choice = PHOSPHOR.choose(subject, ["ph"])
    assert not choice.confident
    assert icon in [found.icon for found in PHOSPHOR.match(subject, 3).candidates]
    assert choice.warnings[0] == f"does not know the word `{word}`"
    assert choice.warnings[1].startswith(f"not sure what shows `{subject}`; best: ph:")


def test_a_word_that_one_pack_knows_is_known() -> None:
    assert BOTH.match("teddy bear", 1).unknown == ()
    assert PHOSPHOR.match("teddy bear", 1).unknown == ("teddy", "bear")


@pytest.mark.parametrize("subject", ["", "and", "with and", "+++", "& &", "🛒", "a" * 5000, "flurb zonkq " * 2000])
def test_any_text_is_answered(subject: str) -> None:
    assert PHOSPHOR.choose(subject, ["ph"]) == Choice((), False, PHOSPHOR.choose(subject, ["ph"]).warnings)


# Several packs


def test_the_first_pack_that_is_sure_wins() -> None:
    assert both("shopping cart") == ["emoji:shopping-cart"]
    assert both("microscope") == ["ph:microscope"]
    assert picks("shopping cart", BOTH, ("ph",)) == ["ph:shopping-cart"]


def test_a_pack_without_tags_is_found_by_those_of_another() -> None:
    assert both("purchase")[0] in ("emoji:shopping-cart", "ph:shopping-cart")
    found = BOTH.match("purchases ecommerce", 3, ["emoji"]).candidates
    assert found[0].icon == "emoji:shopping-cart"
    assert found[0].score < BOTH.match("shopping cart", 1, ["emoji"]).candidates[0].score


class Tagged(NamesOnly):
    """The same with a tag that nobody else has."""

    def entries(self) -> list[Entry]:
        return [entry._replace(tags=("kumquatly",)) for entry in super().entries()]


@pytest.mark.parametrize("palette", [True, False])
def test_a_pack_that_is_not_searched_for_plain_artwork_lends_it_nothing(palette: bool) -> None:
    line = NamesOnly(("okapi",), prefix="line", palette=False)
    lender = Tagged(("okapi",), palette=palette)
    found = Searcher({"line": line, "emoji": lender}, None).match("kumquatly", 1, ["line"]).candidates
    assert [each.icon for each in found] == ([] if palette else ["line:okapi"])


def test_what_is_lent_never_beats_a_name() -> None:
    """Phosphor's `package` has the tag `mail`; the envelope is the mail."""
    assert both("mail") == ["emoji:envelope"]


def test_a_far_better_icon_of_a_later_pack_wins() -> None:
    assert both("piggy bank savings") == ["ph:piggy-bank"]


def test_a_stand_in_goes_behind_what_another_pack_has() -> None:
    assert picks("gemstone") == ["ph:crown"]
    assert both("gemstone") == ["emoji:gem-stone"]
    assert both("diamond ring gemstone jewelry")[0] in ("emoji:ring", "emoji:gem-stone")


def test_the_fruit_is_found_where_there_is_one() -> None:
    assert both("apple") == ["emoji:red-apple"]
    assert BOTH.match("apple", 1).confident
    assert both("green apple") == ["emoji:green-apple"]
    assert both("apple logo") == ["ph:apple-logo"]
    assert both("x logo") == ["ph:x-logo"]


def test_variants_of_one_thing_are_no_rivals() -> None:
    assert both("heart") == ["emoji:red-heart"]
    assert both("blue heart") == ["emoji:blue-heart"]
    assert both("person") == ["emoji:person"]


def test_both_objects_come_from_one_pack() -> None:
    assert both("sun and moon") == ["emoji:sun", "emoji:crescent-moon"]
    assert both("truck with package") == ["emoji:delivery-truck", "emoji:package"]
    assert both("laptop and smartphone") == ["ph:laptop", "ph:device-mobile"]


def test_one_icon_of_two_objects_goes_before_two_icons() -> None:
    assert both("house with garden") == ["emoji:house-with-garden"]
    assert both("fork and knife") == ["emoji:fork-and-knife"]


def test_all_packs_are_searched_where_none_is_named() -> None:
    assert BOTH.match("shopping cart", 1).candidates[0].icon == "emoji:shopping-cart"
    assert BOTH.closest("emoji:red-aple", 1) == ["emoji:red-apple"]


# Sizes


@pytest.mark.parametrize(
    ("name", "size"),
    [("laptop", 0.35), ("device-mobile", 0.15), ("house-line", 10), ("shopping-bag-open", 0.4), ("asterisk", 0.4)],
)
def test_natural_sizes(name: str, size: float) -> None:
    assert size_of(name) == size


def test_picks_have_natural_sizes() -> None:
    house, plant = PHOSPHOR.choose("house with plant", ["ph"]).picks
    assert house.size > plant.size > 0


def test_sizes_are_lengths_in_metres() -> None:
    sizes = json.loads((DATA / "sizes.json").read_bytes())
    assert len(sizes) >= 150
    assert all(0.001 < size <= 100_000 for size in sizes.values())


@pytest.mark.parametrize("subject", ["the", "of", "a", "to the"])
def test_small_words_alone_show_nothing(subject: str) -> None:
    assert PHOSPHOR.choose(subject, ["ph"]).picks == ()


@pytest.mark.parametrize("subject", ["no wifi", "no camera", "not a house"])
def test_what_is_denied_is_not_drawn_for_certain(subject: str) -> None:
    assert not PHOSPHOR.choose(subject, ["ph"]).confident


def test_a_crossed_out_thing_is_what_no_asks_for() -> None:
    choice = PHOSPHOR.choose("no phone", ["ph"])
    assert choice.picks[0].icon in ("ph:phone-slash", "ph:phone-x")
    assert choice.confident
