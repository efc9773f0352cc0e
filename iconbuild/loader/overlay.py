"""A profile is laid over the manifest: tables merge, lists and single values replace, and every place stays true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from iconbuild.errors import UsageError
from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.places import Path, Places
from iconbuild.loader.redact import shown
from iconbuild.model.values import Json

if TYPE_CHECKING:
    from yaml.nodes import Node

LOOKS = ("preset", "template", "style")


class Layered(NamedTuple):
    """The manifest with its profile: `overlaid` are the paths that come from the profile."""

    data: dict[str, Json]
    places: Places
    overlaid: frozenset[Path]


def overlay(data: dict[str, Json], places: Places, profile: str | None) -> Layered:
    """The manifest as the profile has it; raises UsageError where there is no such profile."""
    if profile is None:
        return Layered(data, places, frozenset())
    profiles = data.get("profiles")
    over = profiles.get(profile) if isinstance(profiles, dict) else None
    if not isinstance(over, dict):
        declared = list(profiles) if isinstance(profiles, dict) else []
        remedy = did_you_mean(profile, declared, otherwise="the manifest declares no profiles")
        raise UsageError(f"unknown profile {shown(profile)}", remedy=remedy)
    paths: set[Path] = set()
    merged = _merge(data, over, (), paths)
    root = _merge_nodes(places.root, places.node("profiles", profile))
    return Layered(merged, Places(places.file, places.text, root), frozenset(paths))


def _merge(base: dict[str, Json], over: dict[str, Json], path: Path, paths: set[Path]) -> dict[str, Json]:
    merged = {key: value for key, value in base.items() if not _displaced(key, over)}
    for key, value in over.items():
        below = base.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = _merge(below, value, (*path, key), paths)
        else:
            merged[key] = value
            paths.add((*path, key))
    return merged


def _displaced(key: str, over: Any) -> bool:
    """One look takes the place of another: they exclude each other."""
    return key in LOOKS and any(look in over for look in LOOKS)


def _merge_nodes(base: Node, over: Node) -> Node:
    from yaml.nodes import MappingNode

    if not (isinstance(base, MappingNode) and isinstance(over, MappingNode)):
        return over
    above = {key.value: (key, value) for key, value in over.value}
    pairs = []
    for key, value in base.value:
        if key.value in above:
            new_key, new_value = above.pop(key.value)
            pairs.append((new_key, _merge_nodes(value, new_value)))
        elif not _displaced(key.value, above):
            pairs.append((key, value))
    return MappingNode(base.tag, [*pairs, *above.values()], base.start_mark, base.end_mark)
