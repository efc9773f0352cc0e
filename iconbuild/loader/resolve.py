"""Checked values become the Manifest, defaults written out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from iconbuild.loader.anchors import Anchors, settle_anchors
from iconbuild.loader.binding import StepBinder, bind_outputs
from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.icons import Draft, IconResolver
from iconbuild.loader.names import is_name
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.loader.scope import Scope
from iconbuild.model.manifest import Budget, Chain, IconSpec, Manifest, ThemeSpec
from iconbuild.model.values import Json

DEFAULT_PROVIDER = "local"


def resolve(scope: Scope, path: str, content: bytes) -> Manifest:
    """The manifest; where `scope.findings` holds errors afterwards, it is incomplete and must not be used."""
    steps = StepBinder(scope)
    drafts = list(IconResolver(scope, steps).drafts())
    anchors = settle_anchors(scope, drafts)
    provider, packs = _provider(scope)
    return Manifest(
        path=path,
        root=scope.root,
        name=_name(scope, path),
        provider=provider,
        icons=tuple(_icons(drafts, anchors)),
        anchor=anchors.anchor,
        chain=cast("Chain", scope.usable("chain") or "star"),
        themes=tuple(_themes(scope, steps)) or (ThemeSpec("", ()),),
        outputs=bind_outputs(scope),
        budget=_budget(scope),
        packs=packs,
        profile=scope.profile,
        warnings=scope.findings.warnings,
        steps_on="provider" if scope.usable("steps-on") == "provider" else "machine",
        strict=scope.usable("strict") is True,
        text=content,
    )


def _icons(drafts: list[Draft], anchors: Anchors) -> Iterator[IconSpec]:
    for draft, reference, decided in zip(drafts, anchors.references, anchors.origins, strict=True):
        fields = draft.fields
        kind = "subject" if draft.subject is not None else "from"
        yield IconSpec(
            draft.name,
            draft.where,
            draft.subject,
            draft.source,
            fields.look,
            fields.template.spec if fields.template else None,
            fields.color,
            fields.flags,
            fields.model,
            fields.steps,
            fields.pinned,
            fields.take,
            reference,
            fields.tags,
            {**fields.origins, "anchor": decided, kind: draft.origin},
            draft.attached,
        )


def _name(scope: Scope, path: str) -> str:
    """The declared name, else the file's own: a folder is called differently on every machine."""
    name = scope.usable("name")
    if isinstance(name, str):
        return " ".join(name.split())
    stem = os.path.splitext(os.path.basename(path))[0]
    return stem if is_name(stem) else "icons"


def _provider(scope: Scope) -> tuple[str, tuple[str, ...]]:
    value, packs = scope.usable("provider"), scope.usable("packs")
    where: Path = ("provider",)
    if isinstance(value, dict):
        inner = value.get("packs")
        if inner is not None and packs is not None:
            place = scope.places.key("provider", "packs")
            scope.refuse("M027", "`packs` stands at the top and in `provider`", place, "keep one of them")
        packs = packs if inner is None else inner
        value, where = value.get("name"), ("provider", "name")
    name = value if isinstance(value, str) else DEFAULT_PROVIDER
    if isinstance(value, str) and name not in scope.vocabulary.providers:
        remedy = did_you_mean(name, scope.vocabulary.providers)
        scope.refuse("M018", f"unknown provider {shown(name)}", scope.places.value(*where), remedy)
    return name, tuple(str(pack) for pack in packs) if isinstance(packs, (list, tuple)) else ()


def _themes(scope: Scope, steps: StepBinder) -> Iterator[ThemeSpec]:
    for name, entries in scope.table("themes").items():
        yield ThemeSpec(name, steps.bind(entries, ("themes", name)))


def _budget(scope: Scope) -> Budget:
    declared = scope.table("budget")
    return Budget(_amount(declared.get("tokens")), _amount(declared.get("usd")))


def _amount(value: Json) -> Decimal | None:
    return None if value is None else Decimal(str(value))
