"""Path data is moved and scaled without being redrawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.pictures.pathdata import number, replaced, segments


@pytest.mark.parametrize(
    ("data", "place", "expected"),
    [
        ("M0 0H256V256Z", (24 / 256, 0, 0), "M0 0H24V24Z"),
        ("m10 10 5 5c1 2 3 4 5 6z", (2, 1, 1), "m21 21l10 10c2 4 6 8 10 12z"),
        ("M8,8A4,4,0,0116,8z", (1, 1, 2), "M9 10A4 4 0 0 1 17 10z"),
        ("M1 1h-.5v.25", (1, 0, 0), "M1 1h-.5v.25"),
        ("M1 1q1-1 2 0t2 0", (0.5, 0, 0), "M.5.5q.5-.5 1 0t1 0"),
        ("M4 4zm1 1 2 2", (1, 0, 0), "M4 4zm1 1l2 2"),
    ],
)
def test_commands_keep_their_kind(data: str, place: tuple[float, float, float], expected: str) -> None:
    assert replaced(data, place) == expected


@pytest.mark.parametrize("data", ["L1 1", "M1", "M1 2 3", "M0 0A1 1 0 2 0 3 3", "M0 0L1 x"])
def test_what_is_no_path_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="path data"):
        replaced(data, (1, 0, 0))


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=60))
def test_rounding_does_not_add_up(steps: list[tuple[float, float]]) -> None:
    """However many relative commands there are, the pen is within one rounding of where it should be."""
    data = "M100 100" + "".join(f"l{x:.6f} {y:.6f}" for x, y in steps)
    x, y = 100.0, 100.0
    for command, values in segments(replaced(data, (24 / 256, 0, 0))):
        x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    wanted = [100 + sum(step[axis] for step in steps) for axis in (0, 1)]
    assert abs(x - wanted[0] * 24 / 256) < 0.0006
    assert abs(y - wanted[1] * 24 / 256) < 0.0006


@pytest.mark.parametrize(("value", "text"), [(0.5, ".5"), (-0.5, "-.5"), (-0.0001, "0"), (10, "10"), (1.25, "1.25")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text
