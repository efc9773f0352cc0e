from __future__ import annotations

import json
from decimal import Decimal

import pytest

from iconbuild.errors import PictureError
from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.values import Json, Params
from iconbuild.model.work import Action, Apply, Delegate
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.providers.iconly.tasks import ENDPOINTS
from iconbuild.steps.registry import STEPS
from tests.providers.iconly.replies import text_of, webp

ICONLY = IconlyProvider()
PICTURE = Payload(webp(), WEBP)


def delegate(name: str, params: Params, version: int = 1) -> Action:
    return Action(Delegate("iconly", name, version, params), (), "x", "processing")


@pytest.mark.parametrize(
    ("name", "value", "path", "fields"),
    [
        ("crop", 10, "/crop-recenter/", {"crop_percent": 10}),
        ("recolor", "#0F1", "/recolor/", {"color": "#00ff11"}),
        ("thickness", -3, "/adjust-thickness/", {"thickness": -3}),
        ("smooth", 3, "/smooth-edges/", {"strength": 3, "algorithm": "selective"}),
        (
            "smooth",
            {"strength": -2, "algorithm": "contour"},
            "/smooth-edges/",
            {"strength": -2, "algorithm": "contour"},
        ),
        ("remove-bg", 5.0, "/remove-bg/", {"strength": 5}),
        ("smart-remove-bg", None, "/smart-remove-bg/", {}),
    ],
)
def test_a_step_is_sent_by_the_documented_names(name: str, value: Json, path: str, fields: dict[str, object]) -> None:
    params = STEPS[name].bind(value)
    assert ICONLY.check_task(name, params) == ""
    message = ICONLY.message(delegate(name, params), [PICTURE])
    assert (message.method, message.path) == ("POST", path)
    assert json.loads(message.body) == {**fields, "image_data": text_of(webp())}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("crop", 2.5, "whole numbers"),
        ("thickness", 0.5, "whole numbers"),
        ("smooth", 1.25, "whole numbers"),
        ("remove-bg", 9.9, "whole numbers"),
        ("recolor", {"color": "#fff", "mode": "tint"}, "mode `tint`"),
    ],
)
def test_what_is_not_documented_is_refused_before_anything_is_sent(name: str, value: Json, why: str) -> None:
    params = STEPS[name].bind(value)
    assert why in ICONLY.check_task(name, params)
    with pytest.raises(PictureError, match=r"nothing was spent"):
        ICONLY.message(delegate(name, params), [PICTURE])


def test_every_step_is_done_at_an_endpoint_and_has_a_price() -> None:
    assert set(ENDPOINTS) == set(STEPS)
    assert set(ICONLY.tariff.tasks) == {*STEPS, "library"}
    for name in ENDPOINTS:
        task = ICONLY.task(name)
        assert task is not None
        cost = Decimal(1 if name == "smart-remove-bg" else 0)
        assert (task.quote.amount, task.pool) == (cost, "generation" if cost else "processing")
        assert ICONLY.ceiling(delegate(name, Params())) == cost
    assert ICONLY.task("blur") is None
    assert "blur" in ICONLY.check_task("blur", Params())


@pytest.mark.parametrize(
    ("action", "inputs"),
    [
        (delegate("smart-remove-bg", Params(), version=2), [PICTURE]),
        (delegate("smart-remove-bg", Params()), []),
        (delegate("smart-remove-bg", Params()), [PICTURE, PICTURE]),
        (delegate("library", Params()), [PICTURE]),
    ],
)
def test_a_plan_of_another_version_is_not_sent(action: Action, inputs: list[Payload]) -> None:
    with pytest.raises(PictureError, match="nothing was spent"):
        ICONLY.message(action, inputs)


def test_only_a_providers_work_is_sent() -> None:
    with pytest.raises(TypeError):
        ICONLY.message(Action(Apply("crop", 1, Params()), (), "x", "steps"), [PICTURE])
    with pytest.raises(ValueError, match="iconly"):
        ICONLY.ceiling(Action(Apply("crop", 1, Params()), (), "x", "steps"))
