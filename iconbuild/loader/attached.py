"""`refine` and `iconify` become the picture that a provider works from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from iconbuild.loader.files import project_file
from iconbuild.loader.places import Path
from iconbuild.loader.scope import Scope
from iconbuild.model.manifest import Attached
from iconbuild.model.values import Json

KINDS: tuple[Literal["refine", "iconify"], ...] = ("refine", "iconify")


def attached_picture(scope: Scope, value: Mapping[str, Json], path: Path) -> Attached | None:
    """The picture that the icon at `path` is made from, None where it is drawn from words alone."""
    for kind in KINDS:
        if kind in value:
            why = "it follows the picture that it is made from"
            refuse_anchor(scope, value, path, f"an icon with `{kind}`", why)
            return _attached(scope, kind, value[kind], (*path, kind))
    return None


def _attached(scope: Scope, kind: Literal["refine", "iconify"], value: Json, path: Path) -> Attached:
    if not isinstance(value, dict):
        return Attached(kind, project_file(scope, str(value), path))
    if "icon_id" in value:
        return Attached(kind, icon_id=cast("str", value["icon_id"]).lower())
    return Attached(kind, project_file(scope, str(value.get("file")), (*path, "file")))


def refuse_anchor(scope: Scope, value: Mapping[str, Json], path: Path, what: str, why: str) -> None:
    """Note an anchor of an icon that cannot follow one."""
    if value.get("anchor", "none") != "none":
        where = scope.places.key(*path, "anchor")
        scope.refuse("M027", f"`anchor` has no meaning for {what}", where, f"delete it: {why}")
