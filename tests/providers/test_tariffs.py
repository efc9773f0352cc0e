from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import iconbuild.providers
from iconbuild.model.money import FREE, Quote
from iconbuild.providers.tariff import Tariff, load_tariff

FILES = sorted((Path(iconbuild.providers.__file__).parent / "tariffs").glob("*.json"))
AMOUNT = {"type": "integer", "minimum": 0, "maximum": 1000}
WORDS = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "uniqueItems": True}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["provider", "unit", "date", "sources", "note", "base", "flags", "presets", "limits"],
    "additionalProperties": False,
    "properties": {
        "provider": {"type": "string", "pattern": "^[a-z]+$"},
        "unit": {"enum": ["token", "usd"]},
        "date": {"type": "string", "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$"},
        "sources": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 10}},
        "note": {"type": "string"},
        "base": {
            "type": "object",
            "required": ["low", "high"],
            "additionalProperties": False,
            "properties": {"low": AMOUNT, "high": AMOUNT},
        },
        "high_for": WORDS,
        "flags": {"type": "object", "additionalProperties": AMOUNT},
        "flags_of_unknown_price": WORDS,
        "large_canvas": {
            "type": "object",
            "required": ["above", "tokens"],
            "additionalProperties": False,
            "properties": {"above": {"type": "integer", "minimum": 1}, "tokens": AMOUNT, "note": {"type": "string"}},
        },
        "styles": WORDS,
        "presets": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["title"],
                "additionalProperties": False,
                "properties": {
                    "title": {"type": "string"},
                    "flags": WORDS,
                    "canvas": {"type": "integer", "minimum": 1},
                },
                "dependentRequired": {"canvas": ["flags"], "flags": ["canvas"]},
            },
        },
        "limits": {
            "type": "object",
            "propertyNames": {"enum": ["generation", "processing", "upload"]},
            "additionalProperties": {
                "type": "object",
                "required": ["calls", "window", "latency"],
                "additionalProperties": False,
                "properties": {
                    "calls": {"type": "integer", "minimum": 1},
                    "window": {"type": "number", "exclusiveMinimum": 0},
                    "latency": {"type": "number", "exclusiveMinimum": 0},
                },
            },
        },
        "limits_note": {"type": "string"},
        "most": {
            "type": "object",
            "required": ["low", "high"],
            "additionalProperties": False,
            "properties": {"low": AMOUNT, "high": AMOUNT},
        },
        "most_note": {"type": "string"},
        "tasks": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["pool", "tokens"],
                "additionalProperties": False,
                "properties": {"pool": {"enum": ["generation", "processing", "upload"]}, "tokens": AMOUNT},
            },
        },
    },
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_tariff_is_dated_sourced_and_whole(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []
    assert data["provider"] == path.stem
    tariff = load_tariff(path.stem)
    assert (tariff.provider, tariff.unit, tariff.date) == (data["provider"], data["unit"], data["date"])
    assert set(tariff.presets) == set(data["presets"])
    assert set(tariff.limits) == set(data["limits"])


def test_there_are_tariffs() -> None:
    assert [path.stem for path in FILES] == ["iconly", "local"]


def test_the_embedded_engine_is_free_exactly() -> None:
    local = load_tariff("local")
    for model in ("low", "high"):
        assert local.price(model=model, flags=(), canvas=4096, complete=True) == FREE
    assert local.limits == {}


ICONLY = load_tariff("iconly")
FLAGS = st.sets(st.sampled_from([*ICONLY.flags, "bias-blue", "allow-text", "ai-bg", "keep-bg"]))


@given(st.sampled_from(["low", "high"]), FLAGS, st.none() | st.sampled_from([512, 513, 1024]), st.booleans())
def test_a_price_is_the_sum_of_its_parts_and_a_bound(
    model: str, flags: set[str], canvas: int | None, complete: bool
) -> None:
    quote = ICONLY.price(model=model, flags=flags, canvas=canvas, complete=complete)
    extras = {"color": 2, "detail-medium": 1, "detail-high": 2}
    parts = {"low": 6, "high": 20}[model] + sum(extras.get(flag, 0) for flag in flags) + (canvas or 0) // 513
    unpriced = flags & {"bias-blue", "allow-text", "ai-bg", "keep-bg"}
    bound = "lower" if unpriced or not complete else "estimate"
    assert quote == Quote(unit="token", amount=Decimal(parts), bound=bound)


def test_a_tariff_without_large_canvases_has_none() -> None:
    plain: Tariff = load_tariff("local")
    assert plain.price(model="low", flags=(), canvas=10**6, complete=True).amount == 0


def test_the_most_is_more_than_any_sum_of_parts() -> None:
    for model in ("low", "high"):
        quote = ICONLY.price(model=model, flags=("color", "detail-high"), canvas=4096, complete=True)
        assert quote.amount is not None
        assert ICONLY.most[model] > quote.amount


def test_a_task_is_free_exactly_or_an_estimate() -> None:
    for name, task in ICONLY.tasks.items():
        assert task.pool in ICONLY.limits
        assert task.quote == (Quote("token", Decimal(1), "estimate") if name == "smart-remove-bg" else FREE)
    assert load_tariff("local").tasks == {}
