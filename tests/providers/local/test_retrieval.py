import json
from pathlib import Path

import pytest

import iconbuild.providers.local.search
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.packs.pack import Entry
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.search.index import build, open_index
from iconbuild.providers.local.search.retrieval import Retrieval
from iconbuild.providers.local.search.typos import corrected
from iconbuild.providers.local.search.words import fold, phrase, weighed, words

DATA = Path(iconbuild.providers.local.search.__file__).parent
INDEX = open_index(PhosphorPack(), None)
RETRIEVAL = Retrieval("ph", INDEX)


def first(subject: str) -> str:
    return RETRIEVAL.match(subject, 1).candidates[0].icon.removeprefix("ph:")


def test_what_the_pack_does_not_have_is_not_trusted() -> None:
    assert not RETRIEVAL.match("perfume bottle", 3).confident
    assert not RETRIEVAL.match("fizzbuzz quux", 3).candidates


@pytest.mark.parametrize("subject", ["apple logo", "logo of apple", "Apple Logo icon"])
def test_a_mark_is_found_where_it_is_named(subject: str) -> None:
    assert first(subject) == "apple-logo"
    assert RETRIEVAL.match(subject, 1).confident


@pytest.mark.parametrize(
    "subject", ["apple", "sketch of a gemstone", "diamond drawing", "team slack", "steam", "square"]
)
def test_a_mark_is_not_found_where_its_name_means_something_else(subject: str) -> None:
    assert not any("-logo" in found.icon for found in RETRIEVAL.match(subject, 60).candidates)


@pytest.mark.parametrize("subject", ["slack", "instagram", "github", "windows"])
def test_the_bare_name_of_a_company_is_never_trusted(subject: str) -> None:
    assert not RETRIEVAL.match(subject, 1).confident


def test_a_bare_name_that_names_nothing_else_finds_the_mark() -> None:
    assert first("instagram") == "instagram-logo"


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


RULES = [rule for rule in json.loads((DATA / "overrides.json").read_bytes()) if rule["icon"].startswith("ph:")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["words"])
def test_each_curated_rule_holds(rule: dict[str, str]) -> None:
    assert f"ph:{first(rule['words'])}" == rule["icon"]
    assert not rule["icon"].endswith("-logo")
    assert RETRIEVAL.match(rule["words"], 1).stand_in == rule.get("lacks")


def test_a_rule_holds_for_its_own_pack_only() -> None:
    index = build([Entry("lipstick", (), (), brand=False)])
    for prefix in ("other", "ph"):  # the second: an older version that lacks the rule's icon
        assert Retrieval(prefix, index).match("lipstick", 1).candidates[0].icon == f"{prefix}:lipstick"


@pytest.mark.parametrize("section", ["same", "near"])
def test_most_synonyms_lead_to_a_word_of_the_pack(section: str) -> None:
    """Some are there for emoji packs, which call a `truck` a `delivery truck`."""
    data = json.loads((DATA / "synonyms.json").read_bytes())[section]
    lost = [said for said, others in data.items() if not any(phrase(words(each)) in INDEX.postings for each in others)]
    assert len(lost) <= len(data) // 10
    assert not [said for said, others in data.items() if phrase(words(said)) in [phrase(words(o)) for o in others]]


@pytest.mark.parametrize(
    ("subject", "icon"),
    [
        ("print document", "printer"),  # what is done to a thing goes before the thing
        ("heart rate", "pulse"),  # a known phrase is not its words
        ("light bulb", "lightbulb"),
        ("full screen", "corners-out"),
        ("zoom in", "magnifying-glass-plus"),
        ("remove user", "user-minus"),
        ("delivery truck", "truck"),
        ("printing", "printer"),
        ("yoga", "person-simple-tai-chi"),
        ("big red car", "car"),
    ],
)
def test_what_words_mean_together(subject: str, icon: str) -> None:
    assert first(subject) == icon


def test_words_that_say_how_a_thing_looks_find_nothing_by_themselves() -> None:
    assert not RETRIEVAL.match("modern simple icon", 5).candidates


@pytest.mark.parametrize(
    ("typed", "icon"), [("calender", "calendar"), ("micorphone", "microphone"), ("umbrela", "umbrella")]
)
def test_a_typo_suggests_and_is_not_trusted(typed: str, icon: str) -> None:
    match = RETRIEVAL.match(typed, 3)
    assert match.candidates[0].icon == f"ph:{icon}"
    assert (match.confident, match.unknown) == (False, (typed,))


def test_a_typo_matters_little_where_the_rest_is_clear() -> None:
    match = RETRIEVAL.match("credit card billng", 3)
    assert (match.candidates[0].icon, match.confident) == ("ph:credit-card", True)


def test_a_typo_corrects_to_whole_names_only() -> None:
    assert corrected("calender", {"calendar", "calenders", "cylinder"}) == ["calendar", "calenders"]
    assert corrected("slack", {"black"}) == corrected("thin", {"thing"}) == []
    index = build([Entry("thong-sandal", (), (), brand=False)])
    assert not Retrieval("other", index).match("thing", 3).candidates


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("users", "user"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("classes", "class"),
        ("glasses", "eyeglass"),
        ("women", "woman"),
        ("leaves", "leaf"),
        ("news", "news"),
        ("bus", "bus"),
        ("gps", "gps"),
    ],
)
def test_plurals_fold(plural: str, singular: str) -> None:
    assert fold(plural) == singular


def test_the_first_object_weighs_most() -> None:
    weights = dict(weighed("the house with a plant, and Café's garden chair set"))
    assert list(weights) == ["house", "plant", "cafe", "garden", "chair", "set"]
    assert weights["house"] > weights["plant"] > weights["cafe"] > weights["garden"] > weights["chair"]


def test_the_last_of_two_words_is_the_thing() -> None:
    weights = dict(weighed("delivery truck"))
    assert weights["truck"] > weights["delivery"]


def test_the_provider_answers_the_same(provider: LocalProvider) -> None:
    assert provider.match("credit card", 3).candidates == RETRIEVAL.match("credit card", 3).candidates
