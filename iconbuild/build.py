"""The pipeline on one page: load -> plan -> look -> select -> execute -> emit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from iconbuild.emitter.emit import Emitter, preflight
from iconbuild.emitter.tree import Tree
from iconbuild.errors import StoreError
from iconbuild.model.money import total
from iconbuild.model.outcome import Outcome
from iconbuild.model.ports import Progress
from iconbuild.model.session import Built, Options, Preview, Workplace
from iconbuild.planner.limits import changed_pins, lock_differs, refuse_over_budget
from iconbuild.planner.standing import refuse_lost
from iconbuild.project import Project
from iconbuild.store.cache import DamagedError
from iconbuild.store.guard import exclusive
from iconbuild.store.lockfile import check_lock


def preview(path: str, place: Workplace, options: Options) -> Preview:
    """Load, plan, look at the disk and the stores, and say what would be done. Spends and writes nothing."""
    project = Project.open(path, place, options, priced=True)
    with Tree(project.out) as tree:
        return project.look(tree, project.open_index())


def build(
    path: str,
    place: Workplace,
    options: Options,
    progress: Progress,
    *,
    approve: Callable[[Preview], None],
    tell: Callable[[str], None],
) -> Built:
    """The whole way from a manifest to files; `approve` sees the preview and raises to stop before anything is spent.

    One build of a project at a time: a second one tells who holds it, waits, and finds everything made. What runs that
    were killed have paid for is finished before anything is looked at.
    """
    project = Project.open(path, place, options)

    def waiting(holder: str) -> None:
        tell(f"waiting for another build of this project ({holder})")

    with exclusive(project.shared_memory, waiting=waiting), Tree(project.out) as tree:
        for sentence in project.till.recover() if project.till else ():
            tell(sentence)
        index = project.open_index()
        done = Outcome()
        forgotten: set[str] = set()
        error: StoreError
        while True:
            # Each round passes every guard: what a damaged result costs to make again was not approved before.
            seen = project.look(tree, index)
            _guard(project, seen, done, tree)
            approve(seen)
            try:
                done = project.execute(seen, progress, project.open_buyer(seen, tell)).after(done)
                if done.damage is None or done.interrupted or done.stopped:
                    return project.finish(seen, done, tree, index)
                error = done.damage
            except DamagedError as damage:
                error = damage
            # The damaged result has been forgotten: look again, it is made anew. Twice the same is a broken disk.
            if str(error) in forgotten:
                raise error
            forgotten.add(str(error))


def clean(path: str, place: Workplace, options: Options, *, orphans_only: bool) -> tuple[list[str], list[str]]:
    """Remove the indexed files of a manifest, or only its orphans; returns the paths removed and those kept."""
    project = Project.open(path, place, options)
    with exclusive(project.shared_memory, waiting=lambda _: None), Tree(project.out) as tree:
        index = project.open_index()
        seen = project.look(tree, index)
        index.note(project.plan.targets, seen.found)
        emitter = Emitter(tree, index)
        there = emitter.orphans(project.plan.targets if orphans_only else ())
        removed = emitter.remove(there)
        return removed, [name for name in there if name not in removed]


def _guard(project: Project, seen: Preview, done: Outcome, tree: Tree) -> None:
    """Everything that can stop a build before anything is spent or written."""
    cost, spent, options = seen.worklist.cost, total(done.spent), project.options
    whole = cost._replace(token=cost.token + spent.token, usd=cost.usd + spent.usd)
    before = Decimal(0)
    if project.till and seen.manifest.budget.tokens is not None:
        before = project.till.spent(project.manifest.file) - spent.token  # the ledger knows what this build has spent
    if not options.check:
        refuse_over_budget(whole, seen.manifest.budget, options.max_tokens, before)
    if not options.buy_lost and not options.check:
        refuse_lost(seen.plan, seen.standing, seen.lost)
    changed = changed_pins(seen.plan, seen.lock)
    if options.locked and changed:
        raise lock_differs(seen.manifest, changed)
    if not options.check:
        preflight(seen.worklist.write, tree)
        if changed and options.profile is None:
            check_lock(seen.manifest.lock)
