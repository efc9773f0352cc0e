"""A plan is saved and later compared with what the manifest has become: exactly that plan is built, or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping

from iconbuild.errors import DifferenceError, UsageError
from iconbuild.model.session import Preview
from iconbuild.model.values import canonical
from iconbuild.model.work import PlannedIcon, Verdict
from iconbuild.report.numbers import plain

VERSION = 3


def saved_plan(seen: Preview) -> bytes:
    """The plan as a file: recipe key, verb and price of every icon, the recipe key of every file, and the sum."""
    verdicts = {verdict.name: verdict for verdict in seen.worklist.verdicts}
    cost = seen.worklist.cost
    data = {
        "iconbuild_plan": VERSION,
        "name": seen.manifest.name,
        "provider": seen.plan.provider,
        "icons": {icon.name: _icon(icon, verdicts.get(icon.name)) for icon in seen.plan.icons},
        "files": {target.path: target.key for target in seen.plan.targets},
        "tokens": plain(cost.token),
        "usd": f"{cost.usd:.2f}",
        "bound": cost.bound,
        "unknown_prices": cost.unknown,
    }
    return (canonical(data) + "\n").encode()


def _icon(icon: PlannedIcon, verdict: Verdict | None) -> list[object]:
    """Key, verb, amount (null: unknown) and bound; an icon that was not asked for costs nothing."""
    if verdict is None:
        return [icon.source, "reuse", 0, "exact"]
    amount = verdict.cost.amount
    return [icon.source, verdict.action, None if amount is None else plain(amount), verdict.cost.bound]


def read_plan(path: str) -> Mapping[str, object]:
    """A saved plan; raises UsageError where the file is none."""
    try:
        with open(path, "rb") as file:
            data = json.loads(file.read(64 << 20))
    except OSError as error:
        raise UsageError(f"cannot read the plan {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not a saved plan") from error
    if not isinstance(data, dict) or data.get("iconbuild_plan") != VERSION:
        raise UsageError(f"{path} is not a plan saved by this version", remedy="make it anew with `iconbuild plan -o`")
    return data


def refuse_stale(saved: Mapping[str, object], seen: Preview) -> None:
    """Raise DifferenceError, naming icons, where a build would no longer do what the plan says."""
    now = json.loads(saved_plan(seen))
    if now == saved:
        return
    changed = _changed(saved.get("icons"), now["icons"]) or _changed(saved.get("files"), now["files"])
    names = ", ".join(changed[:8]) + (f" and {len(changed) - 8} more" if len(changed) > 8 else "")
    raise DifferenceError(
        f"the plan is stale ({names or 'the provider or the cost changed'}); nothing was spent",
        remedy="make a new one with `iconbuild plan -o FILE` and look at it",
    )


def _changed(before: object, after: Mapping[str, object]) -> list[str]:
    old = before if isinstance(before, dict) else {}
    return sorted(name for name in {*old, *after} if old.get(name) != after.get(name))
