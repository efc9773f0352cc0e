"""A manifest becomes a plan: per icon a picture, per theme its steps, per output its files, as one graph of actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from iconbuild.errors import ManifestError, Problem, Where
from iconbuild.model.manifest import FileSource, IconSpec, Manifest, OutputSpec
from iconbuild.model.money import FREE, CostEstimate, Quote, total
from iconbuild.model.ports import IconSet, Output, Provider, RefusedError, SetIcon, Toolbox, Wanted
from iconbuild.model.values import ActionKey, Digest, Params
from iconbuild.model.work import (
    CANVAS,
    CANVAS_VERSION,
    Action,
    Apply,
    Generate,
    Import,
    Plan,
    PlannedIcon,
    Target,
    Work,
    canvas_side,
)
from iconbuild.planner.drawings import refuse_drawings
from iconbuild.planner.order import by_reference
from iconbuild.planner.paths import refuse_paths
from iconbuild.planner.unbuilt import refuse_unbuilt
from iconbuild.planner.words import who


class _Draft:
    """The graph while it grows; equal recipes fall together by their key."""

    def __init__(self) -> None:
        self.actions: dict[ActionKey, Action] = {}
        self.problems: list[Problem] = []
        self.unheeded: dict[str, list[IconSpec]] = {}

    def add(self, work: Work, inputs: tuple[ActionKey, ...], label: str, pool: str) -> ActionKey:
        action = Action(work, inputs, label, pool)
        self.actions.setdefault(action.key, action)
        return action.key

    def refuse(self, code: str, message: str, where: Where, remedy: str = "") -> None:
        self.problems.append(Problem(code, message, where, remedy=remedy))


def plan(manifest: Manifest, files: Mapping[str, Digest], tools: Toolbox, *, compare: str | None = None) -> Plan:
    """The whole graph; pure. `files` names the digests of imported artwork, `compare` a provider to price against.

    Raises ManifestError with every problem that only planning can see.
    """
    draft = _Draft()
    provider = tools.providers[manifest.provider]
    other = tools.providers.get(compare) if compare else None
    icons = _pictures(manifest, files, provider, other, draft)
    sources = {icon.name: icon.source for icon in icons}
    wishes = _wishes(manifest, tools.vocabulary.outputs, _icon_set(manifest, provider, icons, other), draft)
    draft.problems += refuse_unbuilt(manifest)
    draft.problems += refuse_drawings(manifest, wishes, sources, draft.actions, provider)
    canvas = canvas_side(max((wanted.pixels for _, wanted in wishes), default=0))
    finished = _finished(manifest, sources, canvas, draft) if not draft.problems else {}
    targets = []
    for spec, wanted in wishes if not draft.problems else ():
        inputs = tuple(finished[pair] for pair in wanted.inputs)
        key = draft.add(Apply(spec.kind, spec.version, wanted.params), inputs, wanted.path, "files")
        targets.append(Target(wanted.path, key, wanted.icon, spec.kind, wanted.bundle))
    draft.problems += refuse_paths(manifest, [(spec.where, wanted.path, wanted.icon) for spec, wanted in wishes])
    if draft.problems:
        raise ManifestError(draft.problems)
    warnings = tuple(
        Problem("M033", f"{who([icon.name for icon in hit])}: {sentence}", hit[0].where)
        for sentence, hit in draft.unheeded.items()
    )
    compared = other.name if other else None
    return Plan(manifest.path, manifest.name, provider.name, draft.actions, icons, tuple(targets), compared, warnings)


def _pictures(
    manifest: Manifest, files: Mapping[str, Digest], provider: Provider, other: Provider | None, draft: _Draft
) -> tuple[PlannedIcon, ...]:
    planned: dict[str, PlannedIcon] = {}
    refused: dict[tuple[str, Where], list[str]] = {}
    for icon in by_reference(manifest.icons):
        if icon.source:
            key = _import(icon.source, files, draft)
            planned[icon.name] = PlannedIcon(icon.name, key, None, FREE)
            continue
        reference, inputs = _reference(icon, files, planned, draft)
        try:
            request = provider.request(icon, reference=bool(inputs))
        except ValueError as error:
            origin = icon.origins.get(error.field if isinstance(error, RefusedError) else "look")
            refused.setdefault((str(error), (origin and origin.where) or icon.where), []).append(icon.name)
            continue
        if manifest.strict and (doubt := provider.doubt(request)):
            origin = icon.origins.get("subject")
            where = (origin and origin.where) or icon.where
            draft.refuse("M037", f"icon `{icon.name}`: {doubt}", where)
        for sentence in provider.unheeded(icon, reference=bool(inputs)):
            draft.unheeded.setdefault(sentence, []).append(icon)
        key = draft.add(Generate(provider.name, request), inputs, icon.name, "generation")
        compared = _price(other, icon, bool(inputs)) if other else None
        planned[icon.name] = PlannedIcon(icon.name, key, reference, provider.quote(request, _declared(icon)), compared)
    for (why, where), names in refused.items():
        draft.refuse("M035", f"{who(names)}: {why}", where)
    return tuple(planned[icon.name] for icon in manifest.icons if icon.name in planned)


def _import(source: FileSource, files: Mapping[str, Digest], draft: _Draft) -> ActionKey:
    return draft.add(Import(source.path, files[source.path]), (), source.path, "import")


def _reference(
    icon: IconSpec, files: Mapping[str, Digest], planned: Mapping[str, PlannedIcon], draft: _Draft
) -> tuple[str | None, tuple[ActionKey, ...]]:
    """Whom `icon` follows, as a name for people and as the action whose picture is the reference."""
    match icon.anchor:
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


def _icon_set(
    manifest: Manifest, provider: Provider, icons: tuple[PlannedIcon, ...], other: Provider | None
) -> IconSet:
    """The set as outputs describe it: names, subjects, and prices as words."""
    prices = {icon.name: icon.elsewhere for icon in icons if icon.elsewhere}
    notes = [f"provider: {provider.name}"]
    own = total({icon.source: icon.quote for icon in icons}.values())  # a shared picture is paid once
    if own.token or own.usd or own.unknown:
        notes.append(f"cost: {price_words(own.token, own.unknown)}")
    sum_elsewhere = elsewhere(icons)
    if other and sum_elsewhere:
        notes.append(f"the same set at {other.name}: {price_words(sum_elsewhere.token, sum_elsewhere.unknown)}")
    return IconSet(
        manifest.name,
        tuple(_set_icon(icon, prices.get(icon.name), other) for icon in manifest.icons),
        tuple(theme.name for theme in manifest.themes),
        tuple(notes),
    )


def _set_icon(icon: IconSpec, price: Quote | None, other: Provider | None) -> SetIcon:
    title = icon.subject or (icon.source.path if icon.source else icon.name)
    if price is None or other is None:
        return SetIcon(icon.name, title, "")
    amount = "unknown price" if price.amount is None else price_words(price.amount, 0)
    return SetIcon(icon.name, title, f"{amount} at {other.name}")


def elsewhere(icons: Iterable[PlannedIcon]) -> CostEstimate | None:
    """What the set would cost at the compared provider, None without one; a shared picture is paid once."""
    prices = {icon.source: icon.elsewhere for icon in icons if icon.elsewhere}
    return total(prices.values()) if prices else None


def price_words(tokens: object, unknown: int) -> str:
    """`9 tokens`, and how many prices are missing from the sum."""
    words = f"{tokens} token" + ("" if str(tokens) == "1" else "s")
    return f"{words} + {unknown} of unknown price" if unknown else words


def _wishes(
    manifest: Manifest, outputs: Mapping[str, Output], icons: IconSet, draft: _Draft
) -> list[tuple[OutputSpec, Wanted]]:
    wishes: list[tuple[OutputSpec, Wanted]] = []
    for spec in manifest.outputs:
        try:
            wishes += [(spec, wanted) for wanted in outputs[spec.kind].wanted(spec.params, icons)]
        except ValueError as error:
            draft.refuse("M032", f"output `{spec.kind}`: {error}", spec.where)
    return wishes


def _finished(
    manifest: Manifest, sources: Mapping[str, ActionKey], canvas: int, draft: _Draft
) -> dict[tuple[str, str], ActionKey]:
    """The last picture of each icon and theme; one action a step, so that what equal chains begin with is shared."""
    finished = {}
    pixels = Apply(CANVAS, CANVAS_VERSION, Params({"side": canvas}))
    for icon in manifest.icons:
        for theme in manifest.themes:
            pair = (icon.name, theme.name)
            last = sources[icon.name]
            label = f"{icon.name} ({theme.name})" if theme.name else icon.name
            if steps := (*icon.steps, *theme.steps):
                last = draft.add(pixels, (last,), label, "steps")
            for step in steps:
                last = draft.add(Apply(step.name, step.version, step.params), (last,), label, "steps")
            finished[pair] = last
    return finished
