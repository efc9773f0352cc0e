"""Steps as they are written on the command line."""

from __future__ import annotations

import pytest

from iconbuild.cli.stepwords import bound
from iconbuild.errors import UsageError
from iconbuild.steps.registry import STEPS


@pytest.mark.parametrize(
    ("word", "step", "value"),
    [
        ("thickness=2", "thickness", 2),
        ("thickness=-1.5", "thickness", -1.5),
        ("thickness=+.5", "thickness", 0.5),
        ("thickness=1e0", "thickness", 1),
        ("smooth=3", "smooth", 3),
        ("smooth=3,algorithm=contour", "smooth", {"strength": 3, "algorithm": "contour"}),
        ("smooth= 3 , algorithm = contour ", "smooth", {"strength": 3, "algorithm": "contour"}),
        ("recolor=#0f172a", "recolor", "#0f172a"),
        ("recolor=#0f172a,mode=tint", "recolor", {"color": "#0f172a", "mode": "tint"}),
        ("remove-bg=5", "remove-bg", 5),
        ("crop=10.0", "crop", 10),
    ],
)
def test_a_word_means_what_a_manifest_says(word: str, step: str, value: object) -> None:
    assert bound([word]) == [(STEPS[step], STEPS[step].bind(value))]  # type: ignore[arg-type]


def test_steps_keep_their_order_and_may_come_twice() -> None:
    steps = bound(["crop=5", "thickness=1", "crop=5"])
    assert [step.name for step, _ in steps] == ["crop", "thickness", "crop"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "no step ``"),
        ("=3", "no step ``"),
        ("Crop=3", "did you mean `crop`"),
        ("remove_bg=3", "did you mean `remove-bg`"),
        ("crop=", "needs a value"),
        ("crop=,x=1", "needs a value"),
        ("crop=ten", "from 0 to 50, not ten"),
        ("crop=nan", "not nan"),
        ("crop=1e400", "not inf"),
        ("crop=5,5", "`5` has no name"),
        ("crop=5,per=4", "no setting `per`"),
        ("smooth=1,algorithm=contour,algorithm=gaussian", "given twice"),
        ("crop=10,percent=20", "main value twice"),
        ("smooth=1,strength=2,algorithm=contour", "main value twice"),
        ("recolor=000000", "not 000000"),
        ("smart-remove-bg", "by a provider"),
        ("smart-remove-bg=1", "by a provider"),
    ],
)
def test_what_is_wrong_is_said(word: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        bound(["crop=1", word])
    assert said in str(refused.value)
    assert f"--step {word}:" in str(refused.value)
    assert refused.value.remedy


def test_a_very_long_word_is_cut_in_its_own_message() -> None:
    with pytest.raises(UsageError, match="from 0 to 50") as refused:
        bound([f"crop={'9' * 5000}"])
    assert len(str(refused.value)) < 300
