"""Declared templates and chosen looks become Look and TemplateSpec."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, cast

from iconbuild.loader.binding import StepBinder
from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.flags import resolve_flags
from iconbuild.loader.overlay import LOOKS
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scope import Scope
from iconbuild.model.manifest import Look, LookKind, StepSpec, TemplateSpec
from iconbuild.model.values import Json

PLAIN_LOOK = Look("style", "line")


class Template(NamedTuple):
    """A declared template: its spec, and the fields it sets on icons (None: it leaves them alone)."""

    spec: TemplateSpec
    color: str | None
    flags: tuple[str, ...] | None
    steps: tuple[StepSpec, ...] | None


def declared_templates(scope: Scope, steps: StepBinder) -> dict[str, Template]:
    """The usable templates of the manifest by name."""
    found = {}
    for name, value in scope.table("templates").items():
        if isinstance(value, dict):
            found[name] = _template(scope, steps, name, value)
    return found


def _template(scope: Scope, steps: StepBinder, name: str, value: Mapping[str, Json]) -> Template:
    path: Path = ("templates", name)
    tokens = value.get("tokens")
    spec = TemplateSpec(
        name=name,
        id=cast("str | None", value.get("id")),
        tokens=None if tokens is None else Decimal(str(tokens)),
        style=cast("str | None", value.get("style")),
        prompt=cast("str", value.get("prompt", "{subject}")),
    )
    flags = resolve_flags(scope, value["flags"], (*path, "flags")) if "flags" in value else None
    bound = steps.bind(value["steps"], (*path, "steps")) if "steps" in value else None
    return Template(spec, normal_color(value.get("color")), flags, bound)


def chosen_look(scope: Scope, value: Mapping[str, Json], path: Path) -> tuple[Look, str] | None:
    """The look chosen in one table and the field that chose it; None where it chooses none."""
    for kind in LOOKS:
        name = value.get(kind)
        if isinstance(name, str):
            if kind == "template":
                _check_declared(scope, name, (*path, kind))
            return Look(cast("LookKind", kind), name), kind
    return None


def _check_declared(scope: Scope, name: str, path: Path) -> None:
    declared = scope.data.get("templates")
    known = declared if isinstance(declared, dict) else {}
    if name not in known and ("templates",) not in scope.bad:
        remedy = did_you_mean(name, known, otherwise="declare it under `templates`")
        scope.refuse("M018", f"unknown template {shown(name)}", scope.places.value(*path), remedy)


def normal_color(value: Json) -> str | None:
    """`#rrggbb` in lower case."""
    if not isinstance(value, str):
        return None
    digits = value[1:].lower()
    return f"#{digits}" if len(digits) == 6 else "#" + "".join(digit * 2 for digit in digits)
