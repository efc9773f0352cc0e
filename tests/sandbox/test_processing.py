"""The free endpoints and the paid one for backgrounds: good and bad values, and chains of them."""

from __future__ import annotations

import pytest

from tests.sandbox.pictures import colors, on_white, opened, ring
from tests.sandbox.serving import Sandbox

GOOD: dict[str, dict[str, object]] = {
    "recolor": {"color": "#16A34A"},
    "adjust-thickness": {"thickness": -10},
    "smooth-edges": {"strength": 10},
    "crop-recenter": {"crop_percent": 50},
    "remove-bg": {"strength": 0},
    "smart-remove-bg": {},
}
BAD = [
    ("recolor", {}),
    ("recolor", {"color": "green"}),
    ("adjust-thickness", {}),
    ("adjust-thickness", {"thickness": 11}),
    ("adjust-thickness", {"thickness": 1.5}),
    ("adjust-thickness", {"thickness": True}),
    ("adjust-thickness", {"thickness": "2"}),
    ("adjust-thickness", {"thickness": 10**400}),
    ("smooth-edges", {}),
    ("smooth-edges", {"strength": -11}),
    ("smooth-edges", {"strength": 3, "algorithm": "magic"}),
    ("crop-recenter", {"crop_percent": -1}),
    ("crop-recenter", {"crop_percent": 51}),
    ("remove-bg", {"strength": 11}),
    ("remove-bg", {"strength": None}),
    ("smart-remove-bg", {"strength": 5}),
    ("recolor", {"color": "#16a34a", "mode": "tint"}),
]


@pytest.mark.parametrize(("path", "fields"), GOOD.items())
def test_a_picture_comes_back_as_webp(sandbox: Sandbox, key: str, path: str, fields: dict[str, object]) -> None:
    answer = sandbox.call("POST", f"/api/{path}/", {"image_data": ring(), **fields}, key=key)
    assert answer.status_code == 200, answer.json()
    assert list(answer.json()) == ["image_data"]
    assert opened(answer.json()["image_data"]).size == (128, 128)
    assert sandbox.balance(key=key) == 2500 - (path == "smart-remove-bg")


@pytest.mark.parametrize(("path", "fields"), BAD)
def test_bad_values_are_refused(sandbox: Sandbox, key: str, path: str, fields: dict[str, object]) -> None:
    answer = sandbox.call("POST", f"/api/{path}/", {"image_data": ring(), **fields}, key=key)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert sandbox.balance(key=key) == 2500


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize("image", [None, 5, "", "aGVsbG8=", ring()[:-200]], ids=["none", "number", "", "text", "cut"])
def test_what_is_no_picture_is_refused(sandbox: Sandbox, key: str, path: str, image: object) -> None:
    answer = sandbox.call("POST", f"/api/{path}/", {"image_data": image, **GOOD[path]}, key=key)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert sandbox.balance(key=key) == 2500


def test_the_steps_do_what_they_say(sandbox: Sandbox, key: str) -> None:
    def done(path: str, image: str, **fields: object) -> str:
        return str(sandbox.call("POST", f"/api/{path}/", {"image_data": image, **fields}, key=key).json()["image_data"])

    def filled(image: str) -> float:
        left, top, right, bottom = opened(image).getchannel("A").getbbox() or (0, 0, 0, 0)
        return (right - left) * (bottom - top) / 128**2

    assert colors(opened(done("recolor", ring(), color="#16a34a"))) == {(22, 163, 74)}
    assert filled(done("adjust-thickness", ring(), thickness=8)) > filled(ring(fmt="webp")) * 1.05
    assert filled(done("crop-recenter", ring(), crop_percent=50)) > 0.95
    for path, fields in (("remove-bg", {"strength": 5}), ("smart-remove-bg", {})):
        assert opened(done(path, on_white(), **fields)).getpixel((0, 0))[3] == 0
