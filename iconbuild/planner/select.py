"""A plan and what is known become a worklist: walk back from the files that are not in place, stop at the first hit."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal

from iconbuild.model.money import Quote, total
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Delegate, Generate, Plan, PlannedIcon, Target, Verb, Verdict, Worklist

Known = Callable[[ActionKey], bool]


def select(plan: Plan, *, placed: Collection[str], known: Known, only: Collection[str] | None = None) -> Worklist:
    """What must run and what must be written.

    `placed` are the paths that already hold what their action makes; `known` says whether a recipe's bytes are at
    hand; `only` limits the work to the files of these icons, leaving out what belongs to the whole set.
    """
    write = tuple(
        target
        for target in plan.targets
        if target.path not in placed and (only is None or (target.icon is not None and target.icon in only))
    )
    needed = _walk_back(plan, write, known)
    todo = tuple(action for key, action in plan.actions.items() if key in needed)
    verdicts = _verdicts(plan, write, needed, only)
    cost = total(plan.prices[action.key] for action in todo if action.key in plan.prices)
    return Worklist(todo, write, verdicts, cost)


def _walk_back(plan: Plan, write: tuple[Target, ...], known: Known) -> set[ActionKey]:
    needed: set[ActionKey] = set()
    asked: set[ActionKey] = set()
    waiting = [target.key for target in write]
    while waiting:
        key = waiting.pop()
        if key in asked:
            continue
        asked.add(key)
        if not known(key):
            needed.add(key)
            waiting += plan.actions[key].inputs
    return needed


def _verdicts(
    plan: Plan, write: tuple[Target, ...], needed: set[ActionKey], only: Collection[str] | None
) -> tuple[Verdict, ...]:
    """One verdict per icon; a picture that two icons share is paid for by the first of them."""
    touched = {target.icon for target in write if target.icon is not None}
    processed = _processed_icons(plan, write, needed)
    drawn_before: set[ActionKey] = set()
    paid: set[ActionKey] = set()
    verdicts = []
    for icon in plan.icons:
        drawn = icon.source in needed and isinstance(plan.actions[icon.source].work, Generate)
        if only is not None and icon.name not in only and not drawn:
            continue
        verb: Verb = "reuse"
        if drawn and icon.source not in drawn_before:
            verb = "generate"
            drawn_before.add(icon.source)
        elif icon.name in processed:
            verb = "process"
        elif icon.name in touched:
            verb = "restore"
        owed = [key for key in icon.paid if key in needed and key not in paid]
        paid.update(owed)
        verdicts.append(Verdict(icon.name, verb, "up to date", icon.reference, _cost(plan, icon, owed)))
    return tuple(verdicts)


def _cost(plan: Plan, icon: PlannedIcon, owed: list[ActionKey]) -> Quote:
    """The sum of what an icon owes; unknown where a part of it is."""
    quotes = [plan.prices[key] for key in owed] or [icon.quote._replace(amount=Decimal(0), bound="exact")]
    if len(quotes) == 1:
        return quotes[0]
    summed, unit = total(quotes), quotes[0].unit
    if summed.unknown:
        return Quote(unit, None, "lower")
    return Quote(unit, summed.token if unit == "token" else summed.usd, summed.bound)


def _processed_icons(plan: Plan, write: tuple[Target, ...], needed: set[ActionKey]) -> set[str]:
    """Icons of which some step or file has to be made again."""
    chains = [(target.icon, _chain_needed(plan, target.key, needed)) for target in write if target.icon is not None]
    own = {icon for icon, chain in chains if chain}
    # Steps that run for a shared file alone, such as a sprite, are work on the icons whose pictures they take.
    seen = {action.key for _, chain in chains for action in chain}
    shared = {_source(plan, key) for key in needed - seen if _is_between(plan.actions[key])}
    return own | {icon.name for icon in plan.icons if icon.source in shared}


def _source(plan: Plan, key: ActionKey) -> ActionKey:
    """The picture that a chain of steps begins with."""
    while _is_between(action := plan.actions[key]):
        key = action.inputs[0]
    return key


def _is_between(action: Action) -> bool:
    """Whether it stands between a picture and a file: a step, or what the provider does with a finished picture."""
    return action.pool == "steps" or isinstance(action.work, Delegate)


def _chain_needed(plan: Plan, key: ActionKey, needed: set[ActionKey]) -> list[Action]:
    """The actions between a file and its picture, the picture left out, that have to run."""
    found = []
    while key in needed:
        action = plan.actions[key]
        if isinstance(action.work, Generate):
            break
        found.append(action)
        if len(action.inputs) != 1:
            break
        key = action.inputs[0]
    return found
