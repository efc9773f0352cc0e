"""Work at a provider becomes the seconds that it takes within the limits of all its pools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from iconbuild.model.manifest import Chain
from iconbuild.model.ports import Limit
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.planner.makespan import makespan


def seconds_at_limits(todo: Sequence[Action], limit: Callable[[str], Limit | None], chain: Chain) -> float:
    """Seconds at best, an estimate: what follows drawing overlaps with it, but for the last picture's own path.

    Each further pool begins when the first picture may reach it, and ends when its calls fit into its windows and the
    last picture has gone through. Drawing on this machine takes no time of a provider's.
    """
    drawn = {action.key for action in todo if isinstance(action.work, Generate)}
    calls = Counter(action.pool for action in todo if isinstance(action.work, (Generate, Delegate)))
    depths = _depths(todo)
    anchored = any(key in drawn for action in todo if action.key in drawn for key in action.inputs)
    began, ended = 0.0, 0.0
    for pool in sorted(calls, key=lambda pool: pool != "generation"):
        rate = limit(pool)
        if rate is None:
            continue
        through = depths[pool] * rate.latency
        if pool == "generation":
            began = rate.latency if drawn else 0.0
            ended = makespan(len(drawn), rate, anchored=anchored, chain=chain) + through
            ended = max(ended, makespan(calls[pool], rate, anchored=anchored, chain=chain))
        else:
            ended = max(began + makespan(calls[pool], rate), ended + through)
            began += through
    return ended


def _depths(todo: Sequence[Action]) -> Counter[str]:
    """How many calls of each pool one picture goes through at most, drawing left out."""
    ahead: dict[ActionKey, Counter[str]] = {}
    deepest: Counter[str] = Counter()
    if not any(isinstance(action.work, Delegate) for action in todo):
        return deepest
    for action in todo:
        behind = [ahead[key] for key in action.inputs if key in ahead] if not isinstance(action.work, Generate) else []
        path: Counter[str] = Counter()
        for counted in behind:
            path |= counted
        if isinstance(action.work, Delegate):
            path = path + Counter([action.pool])
        if path:
            ahead[action.key] = path
            deepest |= path
    return deepest
