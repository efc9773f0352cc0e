from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from iconbuild.planner.order import by_reference
from tests.builders import icon, source


@st.composite
def forests(draw: st.DrawFn) -> list[tuple[str, str | None]]:
    """Icons in any order, each of which follows nothing or one that was drawn before it: no circles."""
    names = [f"i{number}" for number in range(draw(st.integers(1, 9)))]
    pairs = [(name, draw(st.sampled_from([None, *names[:place]]))) for place, name in enumerate(names)]
    return draw(st.permutations(pairs))


@given(forests())
def test_references_come_first_and_nothing_is_lost(pairs: list[tuple[str, str | None]]) -> None:
    ordered = by_reference(icon(name, anchor=ahead) for name, ahead in pairs)
    assert sorted(each.name for each in ordered) == sorted(name for name, _ in pairs)
    seen: set[str] = set()
    for each in ordered:
        assert each.anchor is None or each.anchor in seen
        seen.add(each.name)


@given(forests())
def test_what_is_in_order_stays_in_order(pairs: list[tuple[str, str | None]]) -> None:
    once = by_reference(icon(name, anchor=ahead) for name, ahead in pairs)
    assert by_reference(once) == once


def test_files_and_names_of_nobody_wait_for_nothing() -> None:
    icons = [icon("a", anchor=source("mood.png")), icon("b", anchor="gone"), icon("c")]
    assert by_reference(icons) == icons


def test_a_long_sequence_needs_no_deep_stack() -> None:
    icons = [icon(f"i{number}", anchor=f"i{number + 1}" if number < 5000 else None) for number in range(5001)]
    assert [each.name for each in by_reference(icons)][:2] == ["i5000", "i4999"]
