"""The schema is found, is a schema, says everything in words, and knows the same words as the registries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from iconbuild.loader.names import is_name
from iconbuild.loader.schema import schema_text
from iconbuild.loader.validate import schema_findings
from tests.loader.loading import VOCABULARY

SCHEMA = json.loads(schema_text())


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from parts(item)


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_no_table_takes_unknown_keys() -> None:
    tables = [part for part in parts(SCHEMA) if part.get("type") == "object"]
    assert tables
    assert all("additionalProperties" in part for part in tables)


def test_editors_have_something_to_say() -> None:
    silent = []
    for part in parts(SCHEMA):
        for name, field in part.get("properties", {}).items():
            if isinstance(field, dict) and field != {"not": {}}:
                referred = SCHEMA["$defs"].get(field.get("$ref", "/").rsplit("/", 1)[1], {})
                silent += [] if {"description", "title"} & {*field, *referred} else [name]
    assert silent == []


def test_the_same_steps_and_outputs_as_the_registries() -> None:
    assert set(SCHEMA["$defs"]["step"]["properties"]) == set(VOCABULARY.steps)
    assert set(SCHEMA["$defs"]["output"]["properties"]) == set(VOCABULARY.outputs)


NAMES = (
    *("a", "A-b_c", "_", "0", "con", "CON", "COM1", "com10", "lpt0", "nul", "conx", "aux_", "", "-a", "a-", "a.b"),
    *("a b", "é", "a\n", "x" * 100, "x" * 101, "a/b", "..", "a" * 99 + "-", "a\nb", "\na"),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_loader_and_the_schema_have_one_rule_for_names(name: str) -> None:
    document = {"icons": {name: "x"}, "outputs": "dist"}
    assert is_name(name) == (not schema_findings(document))
