"""A path becomes a Manifest: read, compose, check, overlay, resolve; or every problem at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iconbuild.collector import collector
from iconbuild.errors import Where
from iconbuild.loader.aliases import check_aliases
from iconbuild.loader.data import Reader
from iconbuild.loader.findings import Findings
from iconbuild.loader.nodes import Kind, compose, kind_of
from iconbuild.loader.overlay import overlay
from iconbuild.loader.places import Path, Places, mark_where
from iconbuild.loader.read import read_manifest
from iconbuild.loader.resolve import resolve
from iconbuild.loader.scalars import read_plain
from iconbuild.loader.scope import Scope
from iconbuild.loader.validate import validate
from iconbuild.model.manifest import Manifest
from iconbuild.model.ports import Vocabulary
from iconbuild.model.session import Verdicts
from iconbuild.model.values import Json

if TYPE_CHECKING:
    from yaml.nodes import Node

VERSION = 1
MOST_ICONS = 100_000


def load(
    path: str,
    *,
    vocabulary: Vocabulary,
    profile: str | None = None,
    verdicts: Verdicts | None = None,
    max_icons: int = 10_000,
) -> Manifest:
    """The manifest at `path`, whole.

    `vocabulary` holds the words for steps, outputs and providers; `profile` names the partial manifest laid over it.
    `verdicts` remembers what the schema found valid; None: ask the schema always. `max_icons` is what holds where the
    manifest has no `limits: {icons: N}`. Raises ManifestError with all problems, UsageError for an unknown profile,
    FilesystemError where the disk fails.
    """
    content, text = read_manifest(path)
    # It would walk the growing graph again and again, and find it all alive.
    with collector(on=False):
        return _loaded(path, content, text, vocabulary, profile, verdicts, max_icons)


def _loaded(
    path: str,
    content: bytes,
    text: str,
    vocabulary: Vocabulary,
    profile: str | None,
    verdicts: Verdicts | None,
    max_icons: int,
) -> Manifest:
    findings = Findings(path, text)
    root = _root(findings)
    places = Places(path, text, root)
    _check_count(findings, places, max_icons)
    data = Reader(findings, places).table(root)
    _check_version(findings, places, data)
    bad = validate(data, findings, places, vocabulary, verdicts)
    layered = overlay(data, places, None if _spoilt(bad, profile) else profile)
    folder = os.path.abspath(os.path.dirname(path) or os.curdir)
    scope = Scope(layered.data, layered.places, findings, vocabulary, bad, folder, profile, layered.overlaid)
    manifest = resolve(scope, path, content)
    findings.raise_errors()
    return manifest


def _spoilt(bad: set[Path], profile: str | None) -> bool:
    """Whether the profile is one of the problems already."""
    return ("profiles",) in bad or ("profiles", profile) in bad


def _root(findings: Findings) -> Node:
    """The table at the top; raises ManifestError where there is none."""
    node = compose(findings)
    tag = kind_of(node) if node is not None else None
    if node is None or (tag is Kind.PLAIN and node.value in ("", "~", "null")):
        remedy = "add a table of icons, such as `icons: {home: house}`, or run: iconbuild init"
        findings.add("M002", "no icons", Where(findings.file, 1, 1), remedy=remedy)
        findings.fail()
    check_aliases(node, findings)
    if tag is not Kind.TABLE:
        where = mark_where(findings.file, node)
        code = "M015" if isinstance(tag, Kind) else "M005"
        message = "a manifest is a table of fields" if isinstance(tag, Kind) else "tags are not supported"
        findings.add(code, message, where, remedy="begin with `icons:`")
        findings.fail()
    return node


def _check_count(findings: Findings, places: Places, max_icons: int) -> None:
    """Refuse too many icons before anything is made of them."""
    limit: Json = max_icons
    declared = places.pairs("limits").get("icons")
    if declared is not None and isinstance(declared[1].value, str):
        limit = read_plain(declared[1].value, "number")
    if not isinstance(limit, int) or not 1 <= limit <= MOST_ICONS:
        limit = max_icons
    pair = places.pairs().get("icons")
    count = len(pair[1].value) if pair is not None and isinstance(pair[1].value, list) else 0
    if count > limit:
        remedy = f"raise it with `limits: {{icons: {count}}}` at the top level"
        if count > MOST_ICONS:
            remedy = f"split the set: at most {MOST_ICONS:,} icons fit into one manifest"
        findings.add("M023", f"{count:,} icons, more than {limit:,}", places.key("icons"), remedy=remedy)
        findings.fail()


def _check_version(findings: Findings, places: Places, data: dict[str, Json]) -> None:
    """Refuse another version alone: what else looks wrong may be right there."""
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, (int, float)) or version == VERSION:
        return
    message = f"this manifest has version {version}; this iconbuild reads version {VERSION}"
    remedy = "install an iconbuild that reads it" if version > VERSION else f"write version: {VERSION}"
    remedy = f"needs an iconbuild for manifest version {version}" if version > VERSION else remedy
    findings.add("M028", message, places.value("version"), remedy=remedy)
    findings.fail()
