"""What every part of resolving works on: the checked values, their places, the words, and where problems go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.errors import Where
from iconbuild.loader.findings import Findings
from iconbuild.loader.places import Path, Places
from iconbuild.model.manifest import Origin
from iconbuild.model.ports import Vocabulary
from iconbuild.model.values import Json

BUILT_IN = Origin("built in")


class Scope(NamedTuple):
    """One manifest while it is resolved. `root` is the absolute folder that paths are relative to."""

    data: Mapping[str, Json]
    places: Places
    findings: Findings
    vocabulary: Vocabulary
    bad: set[Path]
    root: str
    profile: str | None = None
    overlaid: frozenset[Path] = frozenset()

    def table(self, key: str) -> dict[str, Json]:
        """The usable entries of a top-level table; empty where it is missing or was refused."""
        value = self.data.get(key)
        if not isinstance(value, dict) or (key,) in self.bad:
            return {}
        return {name: item for name, item in value.items() if (key, name) not in self.bad} if self.bad else value

    def usable(self, key: str) -> Json:
        """A top-level value, None where it is missing or was refused."""
        return None if (key,) in self.bad else self.data.get(key)

    def origin(self, layer: str, *path: str) -> Origin:
        """Where the value at `path` came from, which is the profile where it was laid over it."""
        if any(path[:size] in self.overlaid for size in range(1, len(path) + 1)):
            layer = f"profile {self.profile}"
        return Origin(layer, self.places.value(*path))

    def refuse(self, code: str, message: str, where: Where, remedy: str = "") -> None:
        """Note a problem."""
        self.findings.add(code, message, where, remedy=remedy)
