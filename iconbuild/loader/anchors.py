"""Declared anchors and the chain become, for each icon, the one icon or file whose picture it follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from iconbuild.errors import Where
from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.files import project_file
from iconbuild.loader.icons import Draft
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scope import BUILT_IN, Scope
from iconbuild.model.manifest import FileSource, Origin
from iconbuild.model.values import Json

Reference: TypeAlias = "str | FileSource | None"
NONE = "none"


class Anchors(NamedTuple):
    """The anchor of the set, and each icon's reference with where it was decided, in the order of the drafts."""

    anchor: Reference
    references: tuple[Reference, ...]
    origins: tuple[Origin, ...]


def settle_anchors(scope: Scope, drafts: Sequence[Draft]) -> Anchors:
    """Whom each icon follows; unknown names and cycles are refused."""
    return _Settling(scope, drafts).settle()


def _follows(draft: Draft) -> bool:
    """Whether an icon is drawn from words alone: artwork, and what is made from a picture, follows nobody."""
    return draft.subject is not None and draft.attached is None


class _Settling:
    def __init__(self, scope: Scope, drafts: Sequence[Draft]) -> None:
        self.scope, self.drafts = scope, drafts
        icons = scope.data.get("icons")
        self.names = icons if isinstance(icons, dict) else {}
        self.files: dict[tuple[str, ...], FileSource | None] = {}

    def settle(self) -> Anchors:
        anchor = self._declared(self.scope.usable("anchor"), ("anchor",))
        by_chain = self._chained(anchor)
        decided = self.scope.origin("manifest", "anchor") if anchor is not None else BUILT_IN
        references: list[Reference] = []
        origins = []
        for draft, chained in zip(self.drafts, by_chain, strict=True):
            if not _follows(draft):
                references.append(None)
                origins.append(BUILT_IN)
            elif draft.fields.anchor is None:
                references.append(chained)
                origins.append(decided)
            else:
                references.append(self._chosen(draft))
                origins.append(draft.fields.origins["anchor"])
        self._refuse_cycles(references)
        return Anchors(anchor, tuple(references), tuple(origins))

    def _chained(self, anchor: Reference) -> list[Reference]:
        """What the chain says for every icon, those left out that follow nothing or chose for themselves."""
        sequential = self.scope.usable("chain") == "sequential"
        drawn = [draft.name for draft in self.drafts if _follows(draft) and draft.fields.anchor is None]
        if not sequential:
            follow = set(drawn)
            return [anchor if d.name in follow and d.name != anchor else None for d in self.drafts]
        order = [name for name in drawn if name != anchor]
        before: dict[str, Reference] = dict(zip(order, [anchor, *order], strict=False))
        return [before.get(draft.name) for draft in self.drafts]

    def _chosen(self, draft: Draft) -> Reference:
        """The icon's own choice, or the defaults'; the icon that the defaults name follows nothing."""
        path: Path = ("icons", draft.name, "anchor") if draft.own_anchor else ("defaults", "anchor")
        found = self._declared(draft.fields.anchor, path)
        return None if found == draft.name and not draft.own_anchor else found

    def _declared(self, value: Json, path: Path) -> Reference:
        if isinstance(value, dict):
            key = tuple(str(part) for part in path)
            if key not in self.files:
                self.files[key] = project_file(self.scope, str(value.get("file")), (*path, "file"))
            return self.files[key]
        if not isinstance(value, str) or value == NONE:
            return None
        if value not in self.names:
            where = self.scope.places.value(*path)
            if not self.scope.findings.known(where):
                remedy = "name an icon, none, or {file: path}"
                if not self.scope.findings.crowded:
                    remedy = did_you_mean(value, self.names, otherwise=remedy)
                self.scope.refuse("M018", f"no icon is called {shown(value)}", where, remedy)
            return None
        return value

    def _refuse_cycles(self, references: Sequence[Reference]) -> None:
        follows = {draft.name: ref for draft, ref in zip(self.drafts, references, strict=True) if isinstance(ref, str)}
        settled: set[str] = set()
        for start in follows:
            trail: dict[str, int] = {}
            name: str | None = start
            while name is not None and name not in settled and name not in trail:
                trail[name] = len(trail)
                after = follows.get(name)
                name = after if isinstance(after, str) else None
            if name is not None and name in trail:
                self._refuse_cycle([*list(trail)[trail[name] :], name])
            settled.update(trail)

    def _refuse_cycle(self, names: list[str]) -> None:
        own = {draft.name for draft in self.drafts if draft.own_anchor}
        path: Path = next((("icons", name, "anchor") for name in names if name in own), ("anchor",))
        where: Where = self.scope.places.value(*path)
        shown_names = [*names[:6], "..."] if len(names) > 7 else names
        message = f"anchors form a circle: {' -> '.join(shown_names)}"
        self.scope.refuse("M034", message, where, "let one of them follow nothing: `anchor: none`")
