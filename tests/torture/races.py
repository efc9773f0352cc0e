"""Eight processes of one customer at once: on one project, in clones of it, and all against one budget."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.torture.subject import Ended, Subject, Trial, trial
from tests.torture.till import Shop
from tests.torture.verdict import Verdict, Violation, judged, leaked, over_budget

Race = Callable[[Subject, Shop, Path], tuple[Verdict, list[Ended]]]

PROCESSES = 8
SLOW = {"delay": 0.3}
"""So long that all have looked before the first has bought."""


def raced(
    there: Trial, commands: Sequence[Sequence[str]], folders: Sequence[Path], env: Mapping[str, str]
) -> list[Ended]:
    """Start all at once, each in its folder, and wait for them."""
    started = [
        there.start(command, cwd=folder, env=env if folder == there.project else {**env, **_cache_of(folder)})
        for command, folder in zip(commands, folders, strict=True)
    ]
    return [there.end(process) for process in started]


def _cache_of(folder: Path) -> dict[str, str]:
    return {"ICONBUILD_CACHE_DIR": str(folder.with_name(f"{folder.name}-cache"))}


def in_one_project(subject: Subject, shop: Shop, folder: Path) -> tuple[Verdict, list[Ended]]:
    """Eight runs of the same command in the same place."""
    there = trial(subject, shop, folder, always=SLOW)
    endings = raced(there, [subject.command] * PROCESSES, [there.project] * PROCESSES, {})
    return _verdict("one project", there, []), endings


def in_clones(subject: Subject, shop: Shop, folder: Path) -> tuple[Verdict, list[Ended]]:
    """Eight clones of one project with caches of their own; customer and state folder are the same."""
    there = trial(subject, shop, folder, always=SLOW)
    clones = [there.disk / f"clone-{number}" for number in range(PROCESSES)]
    for clone in clones:
        shutil.copytree(there.project, clone)
    endings = raced(there, [subject.command] * PROCESSES, clones, {})
    incomplete = [
        Violation("missing", f"{clone.name}/{path}")
        for clone, ended in zip(clones, endings, strict=True)
        for path in subject.outputs.values()
        if ended.code == 0 and not (clone / path).exists()
    ]
    return _verdict("clones", there, incomplete), endings


def on_one_budget(
    subject: Subject, shares: Sequence[Sequence[str]], shop: Shop, folder: Path, budget: int
) -> tuple[Verdict, list[Ended]]:
    """Runs of different icons of one project, which may together spend only so much."""
    there = trial(subject, shop, folder, always=SLOW)
    endings = raced(there, shares, [there.project] * len(shares), {"BUDGET": str(budget)})
    found = [*over_budget(there, budget), *leaked(there)]
    found += [Violation("double", icon) for icon, count in there.truth().counts.items() if count > 1]
    return Verdict("one budget", tuple(found)), endings


def _verdict(name: str, there: Trial, found: Sequence[Violation]) -> Verdict:
    """What is wrong, also once more after everything has ended."""
    return Verdict(name, (*found, *judged(there, there.run()), *leaked(there)))
