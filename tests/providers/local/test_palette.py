import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.providers.local.palette import INDIGO, PERIWINKLE, contrast, from_oklch, tint, to_oklch

colors = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colors)
def test_oklch_there_and_back(color: str) -> None:
    back = from_oklch(to_oklch(color))
    assert all(abs(int(color[i : i + 2], 16) - int(back[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


@given(colors)
def test_an_accent_stands_apart_from_its_ink_and_from_paper(ink: str) -> None:
    accent = tint(ink)
    assert contrast(accent, ink) > 1.38
    assert contrast(accent, "#ffffff") > 1.35


def test_greys_stay_grey() -> None:
    for ink in ("#000000", "#7f7f7f", "#ffffff"):
        accent = tint(ink)
        assert accent[1:3] == accent[3:5] == accent[5:7]


def test_known_contrasts() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast(INDIGO, PERIWINKLE) > 4.5
