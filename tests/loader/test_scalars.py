"""Values are what their field holds, never what they look like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.loader.scalars import BOOLEANS, NUMBERS, TEXTS, looks_numeric, read_plain
from iconbuild.loader.schema import schema_text
from tests.loader.loading import icon, loaded

SCHEMA = json.loads(schema_text())
NAMED = ("icons", "templates", "themes", "profiles")


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def types(schema: dict[str, Any]) -> set[str]:
    """The types of scalars that a field holds, or the entries of its list."""
    schema = resolve(schema)
    found = schema.get("type", [])
    found = set(found if isinstance(found, list) else [found])
    if "enum" in schema or "const" in schema:
        found.add("string")
    return found | (types(schema["items"]) if "items" in schema else set())


def fields(schema: Any, inside: bool = False) -> Iterator[tuple[str, set[str], bool]]:
    """Every field of the schema, and whether it belongs to a step or an output."""
    if isinstance(schema, list):
        for item in schema:
            yield from fields(item, inside)
    if isinstance(schema, dict):
        here = inside or schema.get("title") in ("Step", "Output")
        for name, field in schema.get("properties", {}).items():
            if field != {"not": {}}:
                yield name, types(field), here
        for value in schema.values():
            yield from fields(value, here)


def test_the_schema_decides_which_fields_hold_numbers() -> None:
    numbers = {name for name, kinds, _ in fields(SCHEMA) if kinds & {"number", "integer"}}
    assert numbers == NUMBERS


def test_the_schema_decides_which_fields_hold_booleans() -> None:
    assert {name for name, kinds, _ in fields(SCHEMA) if "boolean" in kinds} == BOOLEANS


def test_the_schema_decides_which_fields_of_steps_and_outputs_hold_text() -> None:
    words = {"files", "sprite", "html", "library"}
    texts = {name for name, kinds, inside in fields(SCHEMA) if inside and "string" in kinds} - words - NUMBERS
    assert texts == TEXTS


def test_no_field_of_text_is_read_as_a_number() -> None:
    texts = {name for name, kinds, inside in fields(SCHEMA) if not inside and kinds == {"string"}}
    assert not texts & (NUMBERS | BOOLEANS)


@pytest.mark.parametrize(
    "text", ["404", "yes", "no", "on", "true", "0123", "1e3", "3.10", "2026-01-01", "0x10", ".nan", "1_0"]
)
def test_a_subject_is_as_written(tmp_path: Path, text: str) -> None:
    assert icon(tmp_path, f"icons: {{a: {text}}}").subject == text
    assert icon(tmp_path, f"icons: {{a: {{subject: {text}}}}}").subject == text


@pytest.mark.parametrize(
    "name", ["on", "123", "no", "yes", "take", "0x10", "1e3", "007", "true", "null", "steps", "key", "url"]
)
def test_a_name_is_as_written(tmp_path: Path, name: str) -> None:
    assert icon(tmp_path, f"icons: {{{name}: 5}}", name).subject == "5"


def test_names_of_themes_and_tags_are_text(tmp_path: Path) -> None:
    manifest = loaded(
        tmp_path,
        "icons: {a: {subject: b, tags: [1, 2.0]}}\nthemes: {1: [], 2: []}\noutputs: [files: {dir: 3, themes: [1]}]",
    )
    assert [theme.name for theme in manifest.themes] == ["1", "2"]
    assert manifest.icons[0].tags == ("1", "2.0")
    assert manifest.outputs[0].params["dir"] == "3"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("2.5", 2.5),
        ("0.1", 0.1),
        ("1.0", 1.0),
        ("99999999999999", 99999999999999),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert read_plain(text, "number") == value
    assert read_plain(text, "text") == text


@pytest.mark.parametrize(
    "text", ["0123", "1e3", "9e9", ".nan", "-.inf", "+.INF", "0x10", "0o7", "1_000", "9" * 5000, ".5", "1.2.3", "٣"]
)
def test_what_readers_disagree_about_stays_text(text: str) -> None:
    assert read_plain(text, "number") == text
    assert read_plain(text, None) == text


@pytest.mark.parametrize("text", ["0123", "1e3", "9e9", ".nan", "-.inf", "0x10", "1_000", "9" * 5000])
def test_what_was_meant_as_a_number(text: str) -> None:
    assert looks_numeric(text)


@given(st.one_of(st.integers(-(10**14), 10**14), st.floats(-1e9, 1e9).map(lambda x: round(x, 6))))
def test_plain_decimals_are_read_exactly(number: float) -> None:
    text = repr(number)
    value = read_plain(text, "number")
    assert value == (text if "e" in text else number)


def test_truth_only_where_it_belongs(tmp_path: Path) -> None:
    assert loaded(tmp_path, "strict: true\nicons: {a: b}").strict is True
    assert loaded(tmp_path, "strict: false\nicons: {a: b}").strict is False
    assert icon(tmp_path, "icons: {a: true}").subject == "true"
    assert read_plain("true", "number") == "true"
