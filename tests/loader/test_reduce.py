"""Checking the reduced document says the same as checking all of it."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from iconbuild.loader.reduce import reduce
from iconbuild.loader.validate import schema_findings

GOOD_NAMES = st.sampled_from(["a", "b", "cart", "user-2", "_x", "0"])
NAMES = st.one_of(GOOD_NAMES, st.sampled_from(["CON", "a/b", "", "..", "é", "x" * 101, "a\n"]), st.text(max_size=5))
TEXTS = st.one_of(
    st.sampled_from(
        ["house", "", " ", "\n", "a\nb", "x" * 1000, "x" * 1001, "\x00", "\x1f", "\x85", "\x9b", "\xa0", "\u2028"]
    ),
    st.text(max_size=8),
)
SCALARS = st.one_of(
    TEXTS, st.integers(-2, 1_000_001), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()
)
STEPS = st.lists(
    st.one_of(
        st.just("inherit"),
        st.dictionaries(st.sampled_from(["crop", "smooth", "recolor", "crp"]), SCALARS, max_size=2),
        SCALARS,
    ),
    max_size=3,
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "subject": SCALARS,
        "from": SCALARS,
        "style": st.sampled_from(["line", "glyph", "lines", 3]),
        "preset": SCALARS,
        "template": SCALARS,
        "color": st.one_of(SCALARS, st.sampled_from(["#fff", "#FFFFFF", "#ffg", "#fff\n"])),
        "flags": st.lists(st.sampled_from(["color", "bias-red", "colour", "inherit"])),
        "take": SCALARS,
        "steps": STEPS,
        "tags": st.lists(SCALARS, max_size=2),
        "anchor": st.one_of(SCALARS, st.dictionaries(st.sampled_from(["file", "x"]), SCALARS)),
        "subjct": TEXTS,
    },
)
ICONS = st.dictionaries(NAMES, st.one_of(SCALARS, FIELDS, st.lists(SCALARS, max_size=1)), max_size=6)


def places(found: list[Any], twins: dict[str, list[str]]) -> set[tuple[object, ...]]:
    """What is wrong, with the representatives' problems told of their twins as well."""
    result = set()
    for finding in found:
        result.add((finding.code, finding.path))
        if len(finding.path) > 1 and finding.path[0] == "icons":
            result |= {(finding.code, ("icons", name, *finding.path[2:])) for name in twins.get(finding.path[1], [])}
    return result


@settings(max_examples=400, deadline=None)
@given(ICONS)
@example({"a": "x", "b": "x", "c": {"subject": "x"}, "d": {"subject": "y"}, "CON": "x", "nul": "x"})
@example({"a": {"subject": True, "take": True}, "b": {"subject": 1, "take": 1}, "c": {"subject": 1, "take": 1.0}})
def test_reduced_and_full_agree(icons: dict[str, Any]) -> None:
    document = {"icons": icons, "outputs": "dist"}
    reduced = reduce(document)
    assert places(schema_findings(reduced.document), reduced.twins) == places(schema_findings(document), {})


def test_a_thousand_icons_become_few() -> None:
    plain = {f"icon-{i}": f"subject {i}" for i in range(500)}
    rich = {f"rich-{i}": {"subject": f"subject {i}", "take": i + 1, "color": f"#{i:06x}"} for i in range(500)}
    reduced = reduce({"icons": {**plain, **rich}})
    assert reduced.document == {
        "icons": {"icon-0": "subject", "rich-0": {"subject": "subject", "take": 1, "color": "#000000"}},
    }
    assert len(reduced.twins["icon-0"]) == 499


def test_the_digest_is_of_the_form_not_of_the_icons() -> None:
    first = reduce({"icons": {"a": "x", "b": {"subject": "y", "tags": ["t"]}}, "outputs": "dist"})
    second = reduce({"outputs": "dist", "icons": {"c": {"tags": ["t"], "subject": "z"}, "d": "w", "e": "v"}})
    third = reduce({"icons": {"a": "x", "b": {"subject": "y", "tags": ["u"]}}, "outputs": "dist"})
    assert first.digest() == second.digest()
    assert first.digest() != third.digest()


@settings(max_examples=400, deadline=None)
@given(st.just({}) | ICONS, st.just("subject") | FIELDS, NAMES, NAMES)
@example({}, "subject", "b", "CON")
@example({}, {"subject": "subject"}, "a/b", "b")
@example({"a": {"from": "a.svg"}}, {"from": "b.svg"}, "b", "")
def test_equal_digests_have_equal_verdicts(icons: dict[str, Any], value: object, one: str, other: str) -> None:
    first, second = (reduce({"icons": {**icons, name: value}, "outputs": "dist"}) for name in (one, other))
    if first.digest() == second.digest():
        assert bool(schema_findings(first.document)) == bool(schema_findings(second.document))
