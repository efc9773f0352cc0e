"""A path in the manifest becomes a FileSource: a picture inside the project, small enough, and really there."""

from __future__ import annotations

import os

from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scope import Scope
from iconbuild.model.manifest import FileSource
from iconbuild.pictures.artwork import outside, refusal

ENDINGS = (".svg", ".png", ".webp", ".jpg", ".jpeg")


def project_file(scope: Scope, text: str, path: Path) -> FileSource | None:
    """The picture at `text`, relative to the manifest; None where it was refused."""
    where = scope.places.value(*path)
    reason = _unfit(text) or _unreadable(scope.root, text)
    if reason:
        message, remedy = reason
        scope.refuse("M019", f"{shown(text)} {message}", where, remedy)
        return None
    return FileSource("/".join(part for part in text.split("/") if part not in ("", ".")), where)


def _unfit(text: str) -> tuple[str, str] | None:
    inside = "write a path below the manifest's folder"
    if text.startswith(("/", "~")) or text[1:2] == ":":
        return "is not relative to the manifest", inside
    if "\\" in text:
        return "holds a backslash", "write `/` between folders"
    if ".." in text.split("/"):
        return "leads out of the project", inside
    if not text.lower().endswith(ENDINGS):
        return "is not a picture by its name", f"use {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
    return None


def _unreadable(root: str, text: str) -> tuple[str, str] | None:
    path = os.path.join(root, *text.split("/"))
    try:
        real, home = os.path.realpath(path, strict=True), os.path.realpath(root)
        info = os.stat(real)
    except FileNotFoundError:
        return "does not exist", "paths are relative to the manifest"
    except (OSError, ValueError) as error:
        return f"cannot be looked at: {getattr(error, 'strerror', None) or 'no path'}", ""
    return outside(real, home) or refusal(info)
