"""An error of the JSON Schema becomes sentences for people, each with a code, a path and a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iconbuild.loader import wording_keys as keys
from iconbuild.loader import wording_values as values
from iconbuild.loader.finding import Finding
from iconbuild.loader.places import Path


def describe(error: Any) -> Iterator[Finding]:
    """The sentences for one jsonschema ValidationError."""
    path: Path = tuple(error.absolute_path)
    handler = _HANDLERS.get(str(error.validator))
    if "propertyNames" in error.absolute_schema_path:
        yield keys.refused_name(path, error.instance)
    elif handler is not None:
        yield from handler(error, path)
    else:
        yield Finding("M015", "this value cannot stand here{place}", path)


_HANDLERS = {
    "additionalProperties": keys.unknown_keys,
    "type": values.wrong_type,
    "enum": values.unknown_word,
    "const": values.not_the_one,
    "minimum": values.out_of_range,
    "maximum": values.out_of_range,
    "minLength": values.wrong_length,
    "maxLength": values.wrong_length,
    "minItems": values.wrong_count,
    "maxItems": values.wrong_count,
    "minProperties": values.wrong_count,
    "maxProperties": values.wrong_count,
    "required": keys.missing_keys,
    "dependentRequired": keys.dependent_keys,
    "not": keys.exclusive_keys,
    "pattern": values.wrong_form,
}
