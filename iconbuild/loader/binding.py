"""Values under `steps:` and `outputs:` become bound specs; a refusal becomes a problem at the value's place."""

from __future__ import annotations

import re

from iconbuild.errors import Where
from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.places import Path
from iconbuild.loader.redact import sentence, shown
from iconbuild.loader.scope import Scope
from iconbuild.model.manifest import OutputSpec, StepSpec
from iconbuild.model.values import Json

INHERIT = "inherit"


class StepBinder:
    """Binds steps; equal entries are bound once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._bound: dict[str, StepSpec] = {}

    def bind(self, entries: Json, path: Path, inherited: tuple[StepSpec, ...] = ()) -> tuple[StepSpec, ...]:
        """The steps of one list; `inherit` in it stands for `inherited`."""
        if not isinstance(entries, (list, tuple)):
            return ()
        found: list[StepSpec] = []
        for place, entry in enumerate(entries):
            if entry == INHERIT:
                found.extend(inherited)
            else:
                spec = self._entry(entry, (*path, place))
                found.extend([spec] if spec else [])
        if list(entries).count(INHERIT) > 1:
            where = self.scope.places.value(*path, list(entries).index(INHERIT))
            self.scope.refuse("M027", "`inherit` stands twice in one list", where, "keep one of them")
        return tuple(found)

    def _entry(self, entry: Json, path: Path) -> StepSpec | None:
        if isinstance(entry, str):
            entry = {entry: None}  # a step without settings
        text = repr(entry)
        known = self._bound.get(text)
        if known is not None or not isinstance(entry, dict):
            return known
        scope = self.scope
        (name, value), *_ = entry.items()
        step = scope.vocabulary.steps.get(name)
        if step is None:
            remedy = did_you_mean(name, scope.vocabulary.steps)
            scope.refuse("M018", f"unknown step {shown(name)}", scope.places.key(*path, name), remedy)
            return None
        try:
            spec = StepSpec(name, step.version, step.bind(value))
        except ValueError as error:
            scope.refuse("M032", sentence(str(error)), refused_where(scope, (*path, name), value, str(error)))
            return None
        self._bound[text] = spec
        return spec


def bind_outputs(scope: Scope) -> tuple[OutputSpec, ...]:
    """The outputs in the order of the manifest."""
    value = scope.usable("outputs")
    if isinstance(value, str):
        spec = _output(scope, "files", {"dir": value}, ("outputs",), scope.places.value("outputs"))
        return (spec,) if spec else ()
    found = []
    for place, entry in enumerate(value if isinstance(value, (list, tuple)) else ()):
        if isinstance(entry, dict):
            (kind, inner), *_ = entry.items()
            path: Path = ("outputs", place, kind)
            spec = _output(scope, kind, inner, path, scope.places.key(*path))
            found.extend([spec] if spec else [])
    return tuple(found)


def _output(scope: Scope, kind: str, value: Json, path: Path, where: Where) -> OutputSpec | None:
    output = scope.vocabulary.outputs.get(kind)
    if output is None:
        remedy = did_you_mean(kind, scope.vocabulary.outputs)
        scope.refuse("M018", f"unknown output {shown(kind)}", where, remedy)
        return None
    try:
        return OutputSpec(kind, output.version, output.bind(value), where)
    except ValueError as error:
        scope.refuse("M032", sentence(str(error)), refused_where(scope, path, value, str(error)))
        return None


def refused_where(scope: Scope, path: Path, value: Json, message: str) -> Where:
    """The place a refusal is about: the first field it names, else the whole value."""
    if isinstance(value, dict):
        for word in re.findall(r"`([^`]+)`", message):
            if word in value:
                unknown = message.startswith("unknown")
                return scope.places.key(*path, word) if unknown else scope.places.value(*path, word)
        return scope.places.key(*path)
    return scope.places.value(*path)
