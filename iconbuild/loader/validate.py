"""A manifest's values are held against the schema, unless the same reduced document is known to be valid."""

from __future__ import annotations

from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any

from iconbuild.loader.findings import MOST_KEPT, Findings
from iconbuild.loader.places import Path, Places
from iconbuild.loader.reduce import Reduced, reduce
from iconbuild.loader.schema import schema_text
from iconbuild.model.ports import Vocabulary
from iconbuild.model.session import Verdicts
from iconbuild.model.values import Json

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

    from iconbuild.loader.finding import Finding

MAX_VALUES = 70_000
"""How many different values the schema looks at: more would take seconds."""


def validate(
    data: dict[str, Json], findings: Findings, places: Places, vocabulary: Vocabulary, verdicts: Verdicts | None
) -> set[Path]:
    """Note everything the schema refuses; returns the sections, icons and templates that cannot be used."""
    reduced = reduce(data)
    if _count(reduced.document, MAX_VALUES) > MAX_VALUES:
        message = f"more than {MAX_VALUES:,} values to check"
        findings.add("M023", message, places.key("icons"), remedy="move common fields into templates or `defaults`")
        findings.fail()
    digest = _digest(reduced) if verdicts is not None else ""
    if verdicts is not None and verdicts.known(digest):
        return set()
    bad = _note(reduced, findings, places, vocabulary)
    if verdicts is not None and not bad:
        verdicts.remember(digest)
    return bad


def schema_findings(document: dict[str, Json]) -> list[Finding]:
    """What the schema says about a document, in words, at most as much as is worth keeping."""
    from iconbuild.loader.wording import describe

    errors = _validator().iter_errors(document)
    return list(islice((finding for error in errors for finding in describe(error)), MOST_KEPT))


def _count(value: Json, most: int) -> int:
    """How many values there are in `value`, roughly where they are more than `most`."""
    if not isinstance(value, (dict, list)):
        return 1
    total = 1 + len(value)
    for item in value.values() if isinstance(value, dict) else value:
        if total > most:
            break
        if isinstance(item, (dict, list)):
            total += _count(item, most)
    return total


def _validator() -> Validator:
    import json

    from jsonschema import Draft202012Validator

    schema: Any = json.loads(schema_text())
    return Draft202012Validator(schema)


def _digest(reduced: Reduced) -> str:
    schema = sha256(schema_text().encode()).hexdigest()
    return sha256(f"{schema} {reduced.digest()}".encode()).hexdigest()


def _note(reduced: Reduced, findings: Findings, places: Places, vocabulary: Vocabulary) -> set[Path]:
    bad: set[Path] = set()
    found = schema_findings(reduced.document)
    for finding in _without_echoes(found):
        if finding.word_of is not None and finding.path[-1] in _words(vocabulary, finding.word_of):
            continue  # a word of a plug-in: the schema cannot know it
        remedy = finding.remedy_for(vocabulary)
        for path in _paths(finding.path, reduced.twins):
            bad.add(section(path))
            if findings.full:
                continue
            where = places.key(*path) if finding.at_key else places.value(*path)
            if not findings.known(where):
                findings.add(finding.code, finding.message(path), where, remedy=remedy)
    if len(found) >= MOST_KEPT:
        findings.fail()  # the schema was not heard to the end, so that other parts may be as bad
    return bad


def _words(vocabulary: Vocabulary, kind: str) -> set[str]:
    return set(vocabulary.steps if kind == "step" else vocabulary.outputs)


def _without_echoes(found: list[Finding]) -> list[Finding]:
    """A misspelt key also makes the right one missing: one mistake, one sentence."""
    excused = {(finding.path[:-1], finding.excuses) for finding in found if finding.excuses}
    return [finding for finding in found if (finding.path, finding.missing) not in excused]


def _paths(path: Path, twins: dict[str, list[str]]) -> list[Path]:
    if len(path) < 2 or path[0] != "icons":
        return [path]
    others = twins.get(str(path[1]), [])
    return [path, *(("icons", name, *path[2:]) for name in others)]


def section(path: Path) -> Path:
    """The part of a manifest that a problem at `path` spoils: an icon, a template, a profile, or a whole section."""
    return path[:2] if path and path[0] in ("icons", "templates", "profiles", "themes") else path[:1]
