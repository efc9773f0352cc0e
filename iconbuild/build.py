"""The pipeline on one page: load -> plan -> look -> select -> execute -> emit."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from iconbuild.emitter.emit import Emitter, differing, preflight
from iconbuild.emitter.index import Index
from iconbuild.emitter.survey import survey
from iconbuild.emitter.tree import Tree
from iconbuild.errors import BudgetError, DifferenceError, FilesystemError, ManifestError
from iconbuild.executor.execute import Job, execute
from iconbuild.loader.load import load
from iconbuild.model.artifact import Artifact
from iconbuild.model.manifest import Manifest
from iconbuild.model.outcome import Emitted, Outcome
from iconbuild.model.ports import Progress
from iconbuild.model.session import Built, Options, Preview, Workplace
from iconbuild.model.values import ActionKey, Digest
from iconbuild.model.work import Plan
from iconbuild.planner.graph import plan as make_plan
from iconbuild.planner.select import select
from iconbuild.planner.why import explained
from iconbuild.store.cache import DamagedError
from iconbuild.store.guard import exclusive
from iconbuild.store.lockfile import lock_path, read_lock, renewed, write_lock


def preview(path: str, place: Workplace, options: Options) -> Preview:
    """Load, plan, look at the disk and the stores, and say what would be done. Spends and writes nothing."""
    project = _Project.open(path, place, options, priced=True)
    with Tree(project.out) as tree:
        return project.look(tree, project.open_index())


def build(
    path: str,
    place: Workplace,
    options: Options,
    progress: Progress,
    *,
    approve: Callable[[Preview], None],
    waiting: Callable[[str], None],
) -> Built:
    """The whole way from a manifest to files; `approve` sees the preview and raises to stop before anything is spent.

    One build of a project at a time: a second one tells `waiting` who holds it, waits, and finds everything made.
    """
    project = _Project.open(path, place, options)
    with exclusive(project.memory, waiting=waiting), Tree(project.out) as tree:
        index = project.open_index()
        seen = project.look(tree, index)
        _refuse_over_budget(seen, options.max_tokens)
        if options.locked:
            _refuse_new_pins(seen)
        approve(seen)
        if not options.check:
            preflight(seen.worklist.write, tree)
        forgotten: set[Digest] = set()
        while True:
            try:
                return project.run(seen, progress, tree, index)
            except DamagedError as error:
                # The damaged result has been forgotten: look again, it is made anew. Twice the same is a broken disk.
                if error.digest in forgotten:
                    raise
                forgotten.add(error.digest)
                seen = project.look(tree, index)


def clean(path: str, place: Workplace, options: Options, *, orphans_only: bool) -> tuple[list[str], list[str]]:
    """Remove the indexed files of a manifest, or only its orphans; returns the paths removed and those kept."""
    project = _Project.open(path, place, options)
    with exclusive(project.memory, waiting=lambda _: None), Tree(project.out) as tree:
        index = project.open_index()
        emitter = Emitter(tree, index)
        there = emitter.orphans(project.plan.targets if orphans_only else ())
        removed = emitter.remove(there)
        return removed, [name for name in there if name not in removed]


class _Project(NamedTuple):
    """One manifest, planned, with the places that belong to it."""

    manifest: Manifest
    plan: Plan
    place: Workplace
    options: Options
    identity: str
    """The absolute path of the manifest."""

    @classmethod
    def open(cls, path: str, place: Workplace, options: Options, *, priced: bool = False) -> _Project:
        """Load and plan; prices elsewhere are worked out where somebody reads them (`priced`, or an output)."""
        vocabulary = place.tools.vocabulary
        manifest = load(path, vocabulary=vocabulary, profile=options.profile, verdicts=place.verdicts)
        read = priced or any(vocabulary.outputs[spec.kind].speaks for spec in manifest.outputs)
        compare = place.compare if read and place.compare != manifest.provider else None
        try:
            plan = make_plan(manifest, _digests(manifest), place.tools, compare=compare)
        except ManifestError as error:
            raise error.quoting(manifest.path, manifest.text) from None
        identity = os.path.join(manifest.root, os.path.basename(manifest.path))
        return cls(manifest, plan, place, options, identity)

    @property
    def out(self) -> str:
        return self.options.out_dir or self.manifest.root

    @property
    def memory(self) -> str:
        return self.place.project(self.identity, self.options.out_dir)

    def open_index(self) -> Index:
        return Index(self.memory, f"{self.identity}\n{self.options.out_dir or ''}")

    def look(self, tree: Tree, index: Index) -> Preview:
        lock, written = read_lock(lock_path(self.identity))
        proofs = frozenset(proof for entry in lock.values() for proof in entry.files)
        found = survey(self.plan.targets, tree, index, proofs)
        memo: dict[ActionKey, Artifact | None] = {}

        def known(key: ActionKey) -> bool:
            if key not in memo:
                memo[key] = self.place.tools.store.lookup(key)
            return memo[key] is not None

        placed = {path for path, seen in found.items() if seen.state == "placed"}
        worklist = select(self.plan, placed=placed, known=known, only=self.options.only)
        last = {entry.name: ActionKey(entry.key) for entry in lock.values() if not entry.output}
        worklist = explained(self.plan, worklist, last, self.place.recall)
        at_hand = {key: artifact for key, artifact in memo.items() if artifact is not None}
        orphans = tuple(Emitter(tree, index).orphans(self.plan.targets))
        return Preview(self.manifest, self.plan, worklist, found, at_hand, lock, written, orphans)

    def run(self, seen: Preview, progress: Progress, tree: Tree, index: Index) -> Built:
        options, store = self.options, self.place.tools.store
        job = Job(self.place.tools, self.manifest.root, seen.known, progress, options.jobs, options.keep_going)
        outcome = execute(seen.worklist.todo, job) if seen.worklist.todo else Outcome()
        made = {**seen.known, **outcome.results}
        targets = [target for target in self.plan.targets if options.only is None or target.icon in options.only]
        if options.check:
            return Built(seen, outcome, Emitted(orphans=seen.orphans), tuple(differing(targets, seen.found, made)))
        new = renewed(self.plan, seen.lock, _wanted_digests(seen, made))
        if options.locked and new != seen.written_lock:
            raise _lock_differs(seen, "the digests of its files")
        emitter = Emitter(tree, index)
        emitted = emitter.materialize(
            targets, seen.found, made, lambda artifact: store.read(artifact).data, force=options.force
        )
        pruned = emitter.remove(seen.orphans) if options.prune else []
        left = tuple(path for path in seen.orphans if path not in pruned)
        if new != seen.written_lock:
            write_lock(lock_path(self.identity), new)
        stamps = {path: entry.stamp for path, entry in index.entries.items()}
        return Built(seen, outcome, emitted._replace(orphans=left, pruned=tuple(pruned)), (), stamps)


def _digests(manifest: Manifest) -> dict[str, Digest]:
    digests: dict[str, Digest] = {}
    for path in manifest.artwork:
        try:
            with open(os.path.join(manifest.root, path), "rb") as file:
                digests[path] = Digest(sha256(file.read()).hexdigest())
        except OSError as error:
            raise FilesystemError(f"cannot read {path}: {error.strerror}") from error
    return digests


def _wanted_digests(seen: Preview, made: Mapping[ActionKey, Artifact]) -> dict[str, str]:
    """The digest of what each target's path holds or is to hold; left out where it could not be made."""
    digests = {path: here.digest for path, here in seen.found.items() if here.state == "placed"}
    for target in seen.plan.targets:
        if target.path not in digests and target.key in made:
            digests[target.path] = made[target.key].digest
    return digests


def _refuse_over_budget(seen: Preview, max_tokens: Decimal | None) -> None:
    limits = [limit for limit in (seen.manifest.budget.tokens, max_tokens) if limit is not None]
    cost = seen.worklist.cost
    if limits and cost.unknown:
        raise BudgetError(
            f"{cost.unknown} of the pictures to make have no known price, so the budget of {min(limits)} tokens "
            "cannot be kept; nothing was spent",
            remedy="declare the template's price with `tokens:`, or take the budget away",
        )
    if limits and cost.token > min(limits):
        raise BudgetError(
            f"this build costs {cost.token} tokens and the budget is {min(limits)}; nothing was spent",
            remedy="raise `budget: {tokens: N}` or --max-tokens, or build single icons by name",
        )


def _refuse_new_pins(seen: Preview) -> None:
    planned = {icon.name: icon.source for icon in seen.plan.icons}
    pinned = {entry.name: entry.key for entry in seen.lock.values() if not entry.output}
    changed = sorted(name for name in {*planned, *pinned} if planned.get(name) != pinned.get(name))
    if changed:
        more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise _lock_differs(seen, ", ".join(changed[:5]) + more)


def _lock_differs(seen: Preview, what: str) -> DifferenceError:
    return DifferenceError(
        f"{os.path.basename(lock_path(seen.manifest.path))} would change ({what}); nothing was written",
        remedy="run `iconbuild build` without --locked and commit the lock",
    )
