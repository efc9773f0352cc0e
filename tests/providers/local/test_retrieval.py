import json
from pathlib import Path

import pytest

import iconbuild.providers.local
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.index import open_index
from iconbuild.providers.local.pack import PhosphorPack
from iconbuild.providers.local.retrieval import Retrieval
from iconbuild.providers.local.words import fold, weighed, words
from tests.providers.local.support import table

DATA = Path(iconbuild.providers.local.__file__).parent
INDEX = open_index(PhosphorPack(), None)
RETRIEVAL = Retrieval("ph", INDEX)


def first(subject: str) -> str:
    return RETRIEVAL.match(subject, 1).candidates[0].icon.removeprefix("ph:")


@pytest.mark.parametrize(("subject", "accepted"), table("examples.json").items())
def test_the_subjects_of_the_example_sets(subject: str, accepted: list[str]) -> None:
    assert first(subject) in accepted


def test_everyday_subjects_that_nothing_was_tuned_to() -> None:
    everyday = table("independent.json")
    right = sum(first(subject) in accepted for subject, accepted in everyday.items())
    among_three = sum(
        any(found.icon.removeprefix("ph:") in accepted for found in RETRIEVAL.match(subject, 3).candidates)
        for subject, accepted in everyday.items()
    )
    assert (len(everyday), right, among_three) == (60, 58, 60)


def test_most_everyday_subjects_are_trusted_and_nonsense_is_not() -> None:
    assert sum(RETRIEVAL.match(subject, 1).confident for subject in table("independent.json")) >= 50
    assert not RETRIEVAL.match("perfume bottle", 3).confident
    assert not RETRIEVAL.match("fizzbuzz quux", 3).candidates


def test_brand_marks_are_found_only_when_they_are_named() -> None:
    assert first("apple logo") == "apple-logo"
    for subject in ("apple", "sketch of a gemstone", "diamond drawing"):
        assert not any("-logo" in found.icon for found in RETRIEVAL.match(subject, 60).candidates), subject


def test_what_the_pack_lacks_is_said() -> None:
    match = RETRIEVAL.match("diamond ring gemstone jewelry", 3)
    assert match.stand_in == "ring"
    assert not match.confident


def test_of_equals_the_one_said_letter_by_letter_comes_first() -> None:
    assert first("coins") == "coins"
    assert first("coin") == "coin"


def test_a_phrase_said_the_other_way_round_is_found() -> None:
    assert first("card for credit") == "credit-card"


def test_families_are_different_things() -> None:
    found = RETRIEVAL.families(RETRIEVAL.match("chat", 60).candidates)
    assert found[0].icon == "ph:chat"
    assert "ph:chats" not in [candidate.icon for candidate in found]
    assert len(found) > 1


def test_scores_fall_and_stay_within_one() -> None:
    scores = [found.score for found in RETRIEVAL.match("shopping cart", 20).candidates]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_closest_names_for_a_typo() -> None:
    assert RETRIEVAL.closest("chart-baar", 3)[0] == "ph:chart-bar"


@pytest.mark.parametrize("rule", json.loads((DATA / "overrides.json").read_bytes()), ids=lambda rule: rule["words"])
def test_each_curated_rule_holds(rule: dict[str, str]) -> None:
    assert first(rule["words"]) == rule["icon"]
    assert not rule["icon"].endswith("-logo")
    assert RETRIEVAL.match(rule["words"], 1).stand_in == rule.get("lacks")


@pytest.mark.parametrize(("word", "others"), json.loads((DATA / "synonyms.json").read_bytes()).items())
def test_each_synonym_leads_to_a_word_of_the_pack(word: str, others: list[str]) -> None:
    assert [word] == word.split()
    assert all(words(other)[0] in INDEX.postings for other in others)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("users", "user"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("glasses", "glass"),
        ("bus", "bus"),
        ("gps", "gps"),
    ],
)
def test_plurals_fold(plural: str, singular: str) -> None:
    assert fold(plural) == singular


def test_the_first_object_weighs_most() -> None:
    weights = dict(weighed("the house with a plant, and Café's garden"))
    assert list(weights) == ["house", "plant", "cafe", "garden"]
    assert weights["house"] > weights["plant"] > weights["cafe"] > weights["garden"]


def test_the_provider_answers_the_same(provider: LocalProvider) -> None:
    assert provider.candidates("credit card", 3) == list(RETRIEVAL.match("credit card", 3).candidates)
