"""The manifest's values become canonical parameters, or a sentence that names the range or the closest word."""

from __future__ import annotations

import math

import pytest

from iconbuild.errors import PictureError
from iconbuild.model.values import Json
from iconbuild.steps.registry import STEPS
from tests.steps.shapes import disc, run


@pytest.mark.parametrize(
    ("step", "value", "text"),
    [
        ("crop", 10, '{"percent":10}'),
        ("crop", 10.0, '{"percent":10}'),
        ("crop", {"percent": 12.5}, '{"percent":12.5}'),
        ("crop", -0.0, '{"percent":0}'),
        ("recolor", "#3B82F6", '{"color":"#3b82f6","mode":"solid"}'),
        ("recolor", "#AbC", '{"color":"#aabbcc","mode":"solid"}'),
        ("recolor", {"color": "#000", "mode": "tint"}, '{"color":"#000000","mode":"tint"}'),
        ("thickness", 1.5, '{"amount":1.5}'),
        ("thickness", {"amount": -10}, '{"amount":-10}'),
        ("smooth", 3, '{"algorithm":"selective","strength":3}'),
        ("smooth", {"strength": 3, "algorithm": "contour"}, '{"algorithm":"contour","strength":3}'),
        ("remove-bg", 5, '{"strength":5}'),
        ("smart-remove-bg", None, "{}"),
        ("smart-remove-bg", {}, "{}"),
    ],
)
def test_values_become_canonical(step: str, value: Json, text: str) -> None:
    params = STEPS[step].bind(value)
    assert params.text == text
    assert all(not isinstance(item, float) or not item.is_integer() for item in params.values())


@pytest.mark.parametrize(
    ("step", "value", "sentence"),
    [
        ("crop", 51, "0 to 50, not 51"),
        ("crop", -1, "0 to 50"),
        ("crop", math.nan, "0 to 50"),
        ("crop", math.inf, "0 to 50"),
        pytest.param("crop", 10**5000, "a number that large", id="crop-5000-digits"),
        ("crop", "10", "0 to 50, not 10"),
        ("crop", True, "0 to 50"),
        ("crop", None, "0 to 50, not nothing"),
        ("crop", [10], "0 to 50, not a list"),
        ("crop", {"percnt": 10}, "did you mean `percent`"),
        ("crop", {}, "needs `percent`"),
        ("recolor", None, "quote it"),
        ("recolor", "3b82f6", "#rrggbb"),
        ("recolor", "#3b82f", "#rrggbb"),
        ("recolor", "red", "#rrggbb"),
        ("recolor", 0, "#rrggbb"),
        ("recolor", {"color": "#fff", "mode": "tnit"}, "did you mean `tint`"),
        ("recolor", {"mode": "tint"}, "needs `color`"),
        ("thickness", 11, "-10 to 10, not 11"),
        ("thickness", 9e9, "-10 to 10"),
        ("smooth", -10.5, "-10 to 10"),
        ("smooth", {"strength": 3, "algorithm": "Contuor"}, "did you mean `contour`"),
        ("smooth", {"strength": 3, "algorithm": 3}, "selective, gaussian, morphological, supersample, contour"),
        ("smooth", {"algorithm": "contour"}, "needs `strength`"),
        ("remove-bg", {"tolerance": 5}, "no setting `tolerance`"),
        ("remove-bg", 10.01, "0 to 10"),
        ("smart-remove-bg", 3, "no settings"),
        ("smart-remove-bg", {"strength": 3}, "no settings"),
    ],
)
def test_wrong_values_get_a_sentence(step: str, value: Json, sentence: str) -> None:
    with pytest.raises(ValueError, match=step) as caught:
        STEPS[step].bind(value)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) < 200


def test_smart_remove_bg_is_for_providers() -> None:
    with pytest.raises(PictureError, match="provider"):
        run("smart-remove-bg", disc(20, 64), None)
