"""Errors of the JSON Schema about keys become sentences: unknown, missing and exclusive ones, and names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iconbuild.loader.attached import KINDS
from iconbuild.loader.closest import closest, did_you_mean
from iconbuild.loader.finding import SINGULAR, Finding, article
from iconbuild.loader.names import refusal
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown

_INCLUDES = frozenset(["include", "includes", "import", "extends", "$ref"])


def refused_name(path: Path, name: str) -> Finding:
    """A name that is none."""
    code, why = refusal(name)
    kind = SINGULAR.get(str(path[-1]), "name")
    remedy = "use letters, digits, `_` and `-`"
    return Finding(code, f"{shown(name)} cannot be the name of {article(kind)}: {why}", (*path, name), remedy, True)


def unknown_keys(error: Any, path: Path) -> Iterator[Finding]:
    """Every key that a table does not have."""
    known = error.schema.get("properties", {})
    word_of = {"Step": "step", "Output": "output"}.get(error.schema.get("title"))
    for key in error.instance:
        if key in known:
            continue
        if word_of:
            yield Finding("M018", f"unknown {word_of} {shown(key)}{{place}}", (*path, key), "", True, word_of)
            continue
        near = closest(key, known)
        if key in _INCLUDES:
            remedy = "use `profiles`, `defaults` and `templates`"
            yield Finding("M026", f"{shown(key)}: a manifest includes no other file", (*path, key), remedy, True)
            continue
        remedy = did_you_mean(key, known, otherwise="see: iconbuild schema")
        yield Finding("M012", f"unknown key {shown(key)}{{place}}", (*path, key), remedy, True, excuses=near)


def missing_keys(error: Any, path: Path) -> Iterator[Finding]:
    """Every key that a table needs."""
    for key in error.validator_value:
        if key in error.instance:
            continue
        if key == "icons":
            yield Finding("M002", "no icons", path, "add a table of icons, such as `icons: {home: house}`", missing=key)
        elif key == "outputs":
            remedy = "say where the files go, such as `outputs: dist/icons`"
            yield Finding("M021", "no outputs", path, remedy, missing=key)
        else:
            text = f"`{key}` is missing{{place}}"
            remedy = _subject_remedy(error.instance) if key == "subject" else f"add `{key}`"
            yield Finding("M021", text, path, remedy, True, missing=key)


def _subject_remedy(icon: Any) -> str:
    """What to do for an icon without a subject; one that is made from a picture has no artwork."""
    if any(kind in icon for kind in KINDS):
        return "say with `subject` what the picture is to show"
    return "say what it shows, or name its artwork with `from`"


def dependent_keys(error: Any, path: Path) -> Iterator[Finding]:
    """A key that needs another one."""
    for key, needs in error.validator_value.items():
        for need in needs:
            if key in error.instance and need not in error.instance:
                yield Finding("M021", f"`{key}` needs `{need}`{{place}}", (*path, key), f"add `{need}`", True)


def exclusive_keys(error: Any, path: Path) -> Iterator[Finding]:
    """A key that another one excludes."""
    steps = list(error.absolute_schema_path)
    other = steps[len(steps) - 1 - steps[::-1].index("dependentSchemas") + 1]
    key = path[-1]
    if other == "from" and key != "subject":
        text = f"`{key}` has no meaning for existing artwork{{place}}"
        remedy = "delete it: with `from` nothing is generated"
    else:
        text, remedy = f"`{key}` and `{other}` exclude each other{{place}}", "keep one of them"
    yield Finding("M027", text, path, remedy, True)
