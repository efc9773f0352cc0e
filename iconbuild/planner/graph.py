"""A manifest becomes a plan: per icon a picture, per theme its steps, per output its files, as one graph of actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from iconbuild.errors import ManifestError, Problem, Where
from iconbuild.model.manifest import FileSource, IconSpec, Manifest, OutputSpec
from iconbuild.model.money import FREE, Quote
from iconbuild.model.ports import Provider, RefusedError, Toolbox
from iconbuild.model.publishing import IconSet, Output, Wanted
from iconbuild.model.values import ActionKey, Digest
from iconbuild.model.work import Apply, Generate, Import, Plan, PlannedIcon, Target, canvas_side
from iconbuild.planner.draft import Draft
from iconbuild.planner.drawings import refuse_drawings
from iconbuild.planner.iconset import icon_set
from iconbuild.planner.order import by_reference
from iconbuild.planner.paths import refuse_paths
from iconbuild.planner.remote import refuse_saves, refuse_steps
from iconbuild.planner.stepping import Finisher, Place
from iconbuild.planner.words import who

Wishes: TypeAlias = list[tuple[OutputSpec, Wanted]]
"""The files that the outputs ask for, each with the entry of `outputs:` that asks."""


def plan(manifest: Manifest, files: Mapping[str, Digest], tools: Toolbox, *, compare: str | None = None) -> Plan:
    """The whole graph; pure. `files` names the digests of imported artwork, `compare` a provider to price against.

    Raises ManifestError with every problem that only planning can see.
    """
    draft = Draft()
    provider = tools.providers[manifest.provider]
    other = tools.providers.get(compare) if compare else None
    icons = _pictures(manifest, files, provider, other, draft)
    sources = {icon.name: icon.source for icon in icons}
    draft.problems += refuse_steps(manifest, provider, tools.vocabulary.steps)
    wishes = _wishes(manifest, tools.vocabulary.outputs, icon_set(manifest, provider, icons, other), draft)
    draft.problems += refuse_saves(wishes, provider)
    draft.problems += refuse_drawings(manifest, wishes, sources, draft.actions, provider)
    draft.problems += refuse_paths(manifest, [(spec.where, wanted.path, wanted.icon) for spec, wanted in wishes])
    if draft.problems:
        raise ManifestError(draft.problems)
    finisher = Finisher(Place(provider, manifest.steps_on == "provider", _canvas(wishes)), draft)
    targets = tuple(_targets(wishes, finisher, finisher.finished(manifest, sources), draft))
    warnings = tuple(
        Problem("M033", f"{who([icon.name for icon in hit])}: {sentence}", hit[0].where, severity="warning")
        for sentence, hit in draft.unheeded.items()
    )
    icons = tuple(icon._replace(paid=finisher.paid(icon.name, icon.source)) for icon in icons)
    compared = other.name if other else None
    return Plan(
        manifest.path, manifest.name, provider.name, draft.actions, icons, targets, compared, warnings, draft.prices
    )


def _canvas(wishes: Wishes) -> int:
    return canvas_side(max((wanted.pixels for _, wanted in wishes), default=0))


def _targets(
    wishes: Wishes, finisher: Finisher, finished: Mapping[tuple[str, str], ActionKey], draft: Draft
) -> Iterator[Target]:
    for spec, wanted in wishes:
        inputs = tuple(finisher.handed_over(wanted, finished))
        key = draft.add(Apply(spec.kind, spec.version, wanted.params), inputs, wanted.path, "files")
        yield Target(wanted.path, key, wanted.icon, spec.kind, wanted.bundle)


def _pictures(
    manifest: Manifest, files: Mapping[str, Digest], provider: Provider, other: Provider | None, draft: Draft
) -> tuple[PlannedIcon, ...]:
    planned: dict[str, PlannedIcon] = {}
    refused: dict[tuple[str, Where], list[str]] = {}
    for icon in by_reference(manifest.icons):
        if icon.source:
            key = _import(icon.source, files, draft)
            planned[icon.name] = PlannedIcon(icon.name, key, None, FREE)
            continue
        shown, inputs = _model(icon, files, planned, draft)
        follows = bool(inputs) and icon.attached is None
        try:
            request = provider.request(icon, reference=follows)
        except ValueError as error:
            where = _place(icon, error.field if isinstance(error, RefusedError) else "look")
            refused.setdefault((str(error), where), []).append(icon.name)
            continue
        if manifest.strict and (doubt := provider.doubt(request)):
            draft.refuse("M037", f"icon `{icon.name}`: {doubt}", _place(icon, "subject"))
        for sentence in provider.unheeded(icon, reference=follows):
            draft.unheeded.setdefault(sentence, []).append(icon)
        quote = provider.quote(request, _declared(icon))
        key = draft.add(Generate(provider.name, request), inputs, icon.name, "generation", quote=quote)
        compared = _price(other, icon, follows) if other else None
        planned[icon.name] = PlannedIcon(icon.name, key, shown, quote, compared)
    for (why, where), names in refused.items():
        draft.refuse("M035", f"{who(names)}: {why}", where)
    return tuple(planned[icon.name] for icon in manifest.icons if icon.name in planned)


def _place(icon: IconSpec, field: str) -> Where:
    """Where a field of an icon was said, else where the icon stands."""
    origin = icon.origins.get(field)
    return (origin and origin.where) or icon.where


def _import(source: FileSource, files: Mapping[str, Digest], draft: Draft) -> ActionKey:
    return draft.add(Import(source.path, files[source.path]), (), source.path, "import")


def _model(
    icon: IconSpec, files: Mapping[str, Digest], planned: Mapping[str, PlannedIcon], draft: Draft
) -> tuple[str | None, tuple[ActionKey, ...]]:
    """The picture that `icon` is drawn after or made from, as a name for people and as the action that has it."""
    match icon.attached.file if icon.attached else icon.anchor:
        case FileSource() as source:
            return source.path, (_import(source, files, draft),)
        case str(name) if name in planned:
            return name, (planned[name].source,)
    return None, ()


def _price(provider: Provider, icon: IconSpec, reference: bool) -> Quote:
    try:
        return provider.quote(provider.request(icon, reference=reference), _declared(icon))
    except ValueError:
        return Quote("token", None, "lower")


def _declared(icon: IconSpec) -> Decimal | None:
    """What the manifest says that the icon's template costs."""
    return icon.template.tokens if icon.template else None


def _wishes(manifest: Manifest, outputs: Mapping[str, Output], icons: IconSet, draft: Draft) -> Wishes:
    wishes: Wishes = []
    for spec in manifest.outputs:
        try:
            wishes += [(spec, wanted) for wanted in outputs[spec.kind].wanted(spec.params, icons)]
        except ValueError as error:
            draft.refuse("M032", f"output `{spec.kind}`: {error}", spec.where)
    return wishes
