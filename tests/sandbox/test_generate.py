"""Generating: every parameter, what is refused, what wins over what, and what it costs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.sandbox.pictures import colors, opened, plain, ring
from tests.sandbox.serving import Sandbox, sandbox_process

TEMPLATE, PRICED = str(uuid4()), str(uuid4())
TEMPLATES = {
    TEMPLATE: {"style": "glyph", "color": "#dc2626", "flags": ["detail-medium"]},
    PRICED: {"preset": "duotone", "tokens": 8},
}

BAD = {
    "no subject": {"subject": None},
    "blank subject": {"subject": "  "},
    "subject that is no text": {"subject": 7},
    "NUL": {"subject": "a\0b"},
    "half a character": {"subject": "\ud800"},
    "unknown parameter": {"size": 512},
    "unknown style": {"style": "cubist"},
    "empty style": {"style": ""},
    "style null": {"style": None},
    "colour word": {"color": "red"},
    "colour number": {"color": 0},
    "colour with an end of line": {"color": "#000000\n"},
    "unknown model": {"model": "medium"},
    "unknown preset": {"preset_id": "vaporwave"},
    "empty preset": {"preset_id": ""},
    "template that is no UUID": {"template_id": "brand"},
    "unknown template": {"template_id": str(uuid4())},
    "flags as a text": {"flags": "color"},
    "flags of numbers": {"flags": [1]},
    "unknown flag": {"flags": ["shiny"]},
    "bare colour as a flag": {"flags": ["blue"]},
    "unknown bias": {"flags": ["bias-sadness"]},
    "two details": {"flags": ["detail-low", "detail-high"]},
    "two biases": {"flags": ["bias-blue", "bias-red"]},
    "a flag twice": {"flags": ["color", "color"]},
    "flags beside a preset's": {"preset_id": "duotone", "flags": ["allow-text"]},
    "flags with a preset of unknown settings": {"preset_id": "neon", "flags": ["color"]},
    "image that is no base64": {"attached_image": "%%%"},
    "image as a data URI": {"attached_image": "data:image/png;base64," + ring()},
    "image that is none": {"attached_image": "aGVsbG8="},
    "image that is empty": {"attached_image": ""},
    "damaged image": {"attached_image": ring()[:-400]},
    "image with nothing in it": {"attached_image": plain(), "iconify": True},
    "nothing in it, nor artwork for the subject": {"attached_image": plain(), "subject": "qqzzx"},
    "reference with nothing in it": {"attached_image": plain("#ffffff"), "use_as_reference": True},
    "icon that is no UUID": {"icon_id": "cart"},
    "unknown icon": {"icon_id": str(uuid4())},
    "iconify alone": {"iconify": True},
    "reference alone": {"use_as_reference": True},
    "truth as a text": {"iconify": "true", "attached_image": ring()},
    "truth as a number": {"use_as_reference": 1, "attached_image": ring()},
    "image and icon": {"attached_image": ring(), "icon_id": str(uuid4())},
    "iconify and reference": {"attached_image": ring(), "iconify": True, "use_as_reference": True},
    "reference to an icon": {"icon_id": str(uuid4()), "use_as_reference": True},
    "preset as style with a template": {"style": "duotone", "template_id": TEMPLATE},
}


@pytest.mark.parametrize("fields", BAD.values(), ids=BAD.keys())
def test_what_is_wrong_or_not_documented_is_refused_for_nothing(
    sandbox: Sandbox, key: str, fields: dict[str, object]
) -> None:
    sandbox.scenario([], TEMPLATES)
    data = {"subject": "house", **fields}
    if fields.get("subject", "") is None:
        del data["subject"]
    answer = sandbox.call("POST", "/api/generate-icon/", data, key=key)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert sandbox.balance(key=key) == 2500


COSTS = {
    "plain": ({}, 6),
    "premium": ({"model": "high"}, 20),
    "colour": ({"flags": ["color"]}, 8),
    "all that is priced": ({"model": "high", "flags": ["color", "detail-high", "allow-text"]}, 24),
    "medium detail": ({"flags": ["detail-medium", "bias-blue"]}, 7),
    "low detail": ({"flags": ["detail-low", "keep-bg", "ai-bg"]}, 6),
    "preset": ({"preset_id": "duotone"}, 9),
    "preset with its own flag": ({"preset_id": "duotone", "flags": ["color"]}, 9),
    "preset as a style": ({"style": "product"}, 11),
    "preset of unknown settings": ({"preset_id": "photorealistic"}, 6),
    "preset before style": ({"preset_id": "duotone", "style": "glyph"}, 9),
    "preset before template": ({"preset_id": "duotone", "template_id": PRICED}, 9),
    "template before fields": ({"template_id": TEMPLATE, "style": "line", "flags": ["color"]}, 7),
    "template with a price": ({"template_id": PRICED}, 8),
    "reference": ({"attached_image": ring(), "use_as_reference": True, "model": "low"}, 20),
    "refinement": ({"attached_image": ring()}, 20),
    "iconify": ({"attached_image": ring(fmt="webp"), "iconify": True, "style": "glyph"}, 20),
    "reference in a preset": ({"attached_image": ring(), "use_as_reference": True, "preset_id": "product"}, 25),
}


@pytest.mark.parametrize(("fields", "tokens"), COSTS.values(), ids=COSTS.keys())
def test_what_it_costs(sandbox: Sandbox, key: str, fields: dict[str, object], tokens: int) -> None:
    sandbox.scenario([], TEMPLATES)
    answer = sandbox.generate("house", key=key, **fields).json()
    assert "error" not in answer
    assert answer["remaining_tokens"] == answer["monthly_tokens"] == 2500 - tokens
    assert sandbox.balance(key=key) == 2500 - tokens
    assert sandbox.total(sandbox.account(key=key)["account"]) == tokens


@pytest.mark.parametrize(
    ("fields", "color"),
    [
        ({"color": "#16a34a"}, (22, 163, 74)),
        ({}, (0, 0, 0)),
        ({"template_id": TEMPLATE, "color": "#16a34a"}, (220, 38, 38)),
        ({"attached_image": ring("#2563eb"), "use_as_reference": True, "color": "#16a34a"}, (37, 99, 235)),
    ],
    ids=["its own", "black unless told", "the template's", "the reference's"],
)
def test_whose_colour_it_has(
    sandbox: Sandbox, key: str, fields: dict[str, object], color: tuple[int, int, int]
) -> None:
    sandbox.scenario([], TEMPLATES)
    picture = opened(sandbox.generate("house", key=key, **fields).json()["image_data"])
    assert picture.size == (512, 512)
    assert colors(picture) == {color}


def test_a_preset_has_its_own_palette(sandbox: Sandbox, key: str) -> None:
    plain = sandbox.generate("house", key=key, preset_id="duotone").json()["image_data"]
    assert sandbox.generate("house", key=key, preset_id="duotone", color="#ff0000").json()["image_data"] == plain
    assert len(colors(opened(plain))) > 1


def test_an_icon_of_the_library_is_refined(sandbox: Sandbox, key: str) -> None:
    saved = sandbox.call("POST", "/api/library/add/", {"name": "ring", "image_data": ring("#dc2626")}, key=key).json()
    refined = sandbox.generate("house", key=key, icon_id=saved["icon_id"])
    assert refined.json()["remaining_tokens"] == 2480
    assert colors(opened(refined.json()["image_data"])) == {(220, 38, 38)}
    assert sandbox.generate("house", key=f"{key}x", icon_id=saved["icon_id"]).status_code == 400


@pytest.mark.parametrize("subject", ["qqzzx", "日本語", "x" * 100_000, "👩‍👩‍👧", "' OR 1=1 --", "<b>"])
def test_any_subject_is_drawn(sandbox: Sandbox, key: str, subject: str) -> None:
    answer = sandbox.generate(subject, key=key)
    assert answer.status_code == 200
    assert colors(opened(answer.json()["image_data"])) == {(0, 0, 0)}


@pytest.mark.parametrize(
    "fields",
    [
        {"attached_image": ring()},
        {"attached_image": ring(), "iconify": True},
        {"attached_image": ring(), "use_as_reference": True},
        {"icon_id": str(uuid4())},
    ],
)
def test_the_free_plan_has_no_attached_pictures(sandbox: Sandbox, key: str, fields: dict[str, object]) -> None:
    assert sandbox.account(key=key, plan="free")["monthly"] == 300
    answer = sandbox.generate("house", key=key, **fields)
    assert answer.status_code == 403
    assert "paid plan" in answer.json()["error"]
    plain = sandbox.generate("house", key=key, preset_id="product").json()
    assert (plain["remaining_tokens"], plain["token_cap"]) == (289, 300)


def test_without_enough_tokens_nothing_is_charged(sandbox: Sandbox, key: str) -> None:
    account = sandbox.account(key=key, monthly_tokens=5, bonus_tokens=0)["account"]
    answer = sandbox.generate("house", key=key)
    assert (answer.status_code, answer.json()) == (403, {"error": "Insufficient tokens"})
    assert (sandbox.balance(key=key), sandbox.total(account)) == (5, 0)


def test_monthly_tokens_are_spent_before_bonus_tokens(sandbox: Sandbox, key: str) -> None:
    sandbox.account(key=key, monthly_tokens=8, bonus_tokens=10)
    left = [sandbox.generate("house", key=key).json() for _ in range(3)]
    told = [(one["monthly_tokens"], one["bonus_tokens"], one["remaining_tokens"]) for one in left]
    assert told == [(2, 10, 12), (0, 6, 6), (0, 0, 0)]
    assert sandbox.generate("house", key=key).status_code == 403


def test_many_at_once_buy_no_more_than_there_is(key: str) -> None:
    with sandbox_process(window=0, tokens=40) as unlimited, ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: unlimited.generate("house", key=key), range(12)))
        assert sorted(answer.status_code for answer in answers) == [200] * 6 + [403] * 6
        left = {answer.json()["remaining_tokens"] for answer in answers if answer.status_code == 200}
        assert left == {34, 28, 22, 16, 10, 4}, "each is told what its own charge left"
        assert unlimited.total() == 36


def test_a_stranger_is_refused(sandbox: Sandbox) -> None:
    for key in (None, "", "ik_abc", "sk-12345678", "ik_12345678!", "ik_" + "a" * 201):
        answer = sandbox.call("GET", "/api/tokens/", key=key)
        assert (answer.status_code, list(answer.json())) == (401, ["error"])
        assert sandbox.generate("house", key=key or "").status_code == 401
