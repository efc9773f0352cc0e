"""Errors of the JSON Schema about values become sentences: types, words, ranges and forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.finding import Finding, article, field_words, found_words
from iconbuild.loader.names import refusal
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scalars import looks_numeric
from iconbuild.model.values import Json

_HEX = frozenset("0123456789abcdefABCDEF")
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a table of fields",
    "array": "a list",
}


def wrong_type(error: Any, path: Path) -> Iterator[Finding]:
    """A value of another type."""
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = " or ".join(_TYPES.get(name, str(name)) for name in wanted)
    field = field_words(path, "an icon")
    value: Json = error.instance
    if isinstance(value, str) and {"number", "integer"} & set(wanted) and looks_numeric(value):
        text = f"{field} must be {expected}; {shown(value)} is out of range or not written in plain decimal digits"
        yield Finding("M022", text, path, "write it like 3" + (" or 2.5" if "number" in wanted else ""))
        return
    remedy = "write true or false" if wanted == ["boolean"] else ""
    yield Finding("M015", f"{field} must be {expected}, not {found_words(value)}", path, remedy)


def unknown_word(error: Any, path: Path) -> Iterator[Finding]:
    """A word that is not in the list."""
    words = [str(word) for word in error.validator_value]
    value = error.instance
    if "smart-remove-bg" in words:
        alone = " and ".join(f"`{word}`" for word in words)
        remedy = f"a step is a name and a value, such as `crop: 10`; only {alone} can stand alone"
        yield Finding("M015", f"a step cannot be {found_words(value)}{{place}}", path, remedy)
        return
    remedy = did_you_mean(value, words) if isinstance(value, str) else f"known: {', '.join(words)}"
    if path[-1:] == ("style",) and isinstance(value, str) and remedy.startswith("known"):
        remedy += "; every other look is a preset: write it as `preset:`"
    field = field_words(path, "the subject")
    yield Finding("M018", f"{field} cannot be {found_words(value)}", path, remedy)


def not_the_one(error: Any, path: Path) -> Iterator[Finding]:
    """A value other than the only one."""
    yield Finding("M028", f"cannot be {found_words(error.instance)}", path, f"write {error.validator_value}")


def out_of_range(error: Any, path: Path) -> Iterator[Finding]:
    """A number below or above the limits."""
    low, high = error.schema.get("minimum"), error.schema.get("maximum")
    field = field_words(path, "the subject")
    remedy = f"write a number from {low} to {high}"
    yield Finding("M022", f"{field} is out of range: {error.instance}", path, remedy)


def wrong_length(error: Any, path: Path) -> Iterator[Finding]:
    """A text that is too short or too long."""
    low, high = error.schema.get("minLength", 0), error.schema.get("maxLength")
    field = field_words(path, "the subject")
    text = f"{field} has {len(error.instance)} characters"
    yield Finding("M022", text, path, f"write {low} to {high} characters")


def wrong_count(error: Any, path: Path) -> Iterator[Finding]:
    """A list or table with too few or too many entries."""
    size = len(error.instance)
    if path == ("icons",):
        yield Finding("M002", "no icons", path, "add one, such as `home: house`", True)
    elif error.validator in ("minProperties", "maxProperties"):
        title = str(error.schema.get("title", "this table")).lower()
        remedy = "begin each with `- `" if size > 1 else "name it"
        yield Finding("M027", f"{article(title)} is exactly one name with its value, not {size}", path, remedy)
    else:
        limit = error.validator_value
        bound = "at least" if error.validator == "minItems" else "at most"
        yield Finding(
            "M022", f"{field_words(path, 'an icon')} has {size} entries", path, f"{bound} {limit} may stand here"
        )


def wrong_form(error: Any, path: Path) -> Iterator[Finding]:
    """A text that has not the form of its field."""
    value, form = error.instance, error.schema.get("title")
    field = field_words(path, "the subject")
    if form == "Colour":
        digits = value if len(value) in (3, 6) and set(value) <= _HEX else "3b82f6"
        yield Finding("M011", f"{field} is no colour: {shown(value)}", path, f'write it as "#{digits}"')
    elif form == "Flag":
        yield Finding("M018", f"unknown flag {shown(value)}", path, did_you_mean(value, error.schema["examples"]))
    elif form == "Prompt":
        text = f"{field} must hold {{subject}} once, and no other braces"
        yield Finding("M030", text, path, 'such as "{subject}, rounded"')
    elif form == "Name":
        code, why = refusal(value)
        yield Finding(code, f"{shown(value)} is no name: {why}", path, "use letters, digits, `_` and `-`")
    elif form == "Text" and not value.strip():
        yield Finding("M010", f"{field} is blank", path, "write a value")
    elif form == "Text":
        yield Finding("M004", f"{field} holds a control character", path, "delete it")
    else:
        such = error.schema.get("examples", ["lower-case-words"])[0]
        yield Finding("M011", f"{field} cannot be {shown(value)}", path, f"such as {such}")
