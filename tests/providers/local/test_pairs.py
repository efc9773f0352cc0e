"""Subjects of two objects: both are found, one icon for both is enough, and none is invented."""

from __future__ import annotations

import pytest

from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.search.pairs import split
from iconbuild.providers.local.search.searcher import Searcher

PHOSPHOR = Searcher({"ph": PhosphorPack()}, None)


def picks(subject: str) -> list[str]:
    return [pick.icon for pick in PHOSPHOR.choose(subject, ["ph"]).picks]


@pytest.mark.parametrize(
    ("subject", "first", "second"),
    [
        ("basketball and tennis racket sports equipment", "basketball", "racquet"),
        ("laptop computer and smartphone electronics", "laptop", "device-mobile"),
        ("t-shirt and hanger clothing apparel", "t-shirt", "coat-hanger"),
        ("house with plant leaf home and garden", "house", "plant"),
        ("headphones and musical note audio", "headphones", "music-note"),
        ("airplane and suitcase luggage travel", "airplane", "suitcase"),
        ("keyboard with monitor", "keyboard", "monitor"),
        ("moon and sun", "moon", "sun"),
        ("sun & moon", "sun", "moon"),
        ("camera + microphone", "camera", "microphone"),
        ("shopping cart and credit card", "shopping-cart", "credit-card"),
        ("wifi and printer", "wifi-high", "printer"),
        ("cat and dog and rabbit", "cat", "dog"),
    ],
)
def test_two_objects_in_the_order_they_are_said(subject: str, first: str, second: str) -> None:
    assert picks(subject) == [f"ph:{first}", f"ph:{second}"]
    assert PHOSPHOR.choose(subject, ["ph"]).confident


@pytest.mark.parametrize(
    ("subject", "icon"),
    [
        ("fork and knife plate dining food", "fork-knife"),
        ("shield with check mark", "shield-check"),
        ("folder with lock", "folder-lock"),
        ("cloud with rain", "cloud-rain"),
        ("user and gear", "user-gear"),
        ("analytics dashboard with bar chart", "chart-bar"),
    ],
)
def test_one_icon_that_shows_both_is_enough(subject: str, icon: str) -> None:
    assert picks(subject) == [f"ph:{icon}"]


@pytest.mark.parametrize(
    ("subject", "icon"),
    [
        ("open book with pages reading", "book-open"),
        ("home and garden", "house"),
        ("search and replace", "magnifying-glass"),
        ("plug and play", "plug"),
        ("calendar with date", "calendar"),
        ("car and car", "car"),
        ("chat with chats", "chat"),
        ("bell with plus", "bell"),
        ("checkout with cash register", "cash-register"),
    ],
)
def test_no_second_object_is_invented(subject: str, icon: str) -> None:
    assert picks(subject) == [f"ph:{icon}"]


@pytest.mark.parametrize("subject", ["terms and conditions", "drag and drop", "salt and pepper"])
def test_expressions_are_not_drawn_word_by_word(subject: str) -> None:
    choice = PHOSPHOR.choose(subject, ["ph"])
    assert len(choice.picks) <= 1
    assert not choice.confident


def test_parts() -> None:
    assert split("T-shirt & Hanger + sock with lace, and cap") == ["t-shirt", "hanger", "sock", "lace,", "cap"]
    assert split("search and replace with magic wand") == ["search   replace", "magic wand"]
    assert split("sandy band") == ["sandy band"]


def test_a_take_varies_the_first_object_only() -> None:
    first, again = (PHOSPHOR.choose("sun and moon", ["ph"], take).picks for take in (1, 2))
    assert first[0].icon != again[0].icon
    assert first[1] == again[1]
