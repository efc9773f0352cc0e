"""A YAML or JSON file that is no manifest becomes plain values, read by the same strict composer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from iconbuild.errors import UsageError
from iconbuild.loader.findings import Findings
from iconbuild.loader.nodes import SCALARS, Kind, compose, kind_of
from iconbuild.loader.read import read_manifest
from iconbuild.loader.scalars import NULLS, read_plain
from iconbuild.model.values import Json

if TYPE_CHECKING:
    from yaml.nodes import Node


def load_plain(path: str) -> Json:
    """The values in the file at `path`, by YAML 1.2; raises ManifestError, UsageError, or FilesystemError."""
    if not os.path.isfile(path):
        raise UsageError(f"{path} is no file")
    _, text = read_manifest(path)
    root = compose(Findings(path, text))
    return None if root is None else _value(root, path)


def _value(node: Node, path: str) -> Json:
    kind = kind_of(node)
    if kind is Kind.TABLE:
        if any(key.tag not in SCALARS or key.value == "<<" for key, _ in node.value):
            raise UsageError(f"{path}:{node.start_mark.line + 1}: a key must be text")
        return {key.value: _value(value, path) for key, value in node.value}
    if kind is Kind.LIST:
        return [_value(item, path) for item in node.value]
    if kind is Kind.QUOTED:
        return str(node.value)
    if kind is Kind.PLAIN:
        return None if node.value in NULLS else read_plain(node.value, None)
    raise UsageError(f"{path}:{node.start_mark.line + 1}: tags are not supported")
