"""The pipeline on one page: load -> plan -> look -> select -> execute -> emit."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from iconbuild.emitter.blank import withhold_blank
from iconbuild.emitter.bundles import whole_bundles
from iconbuild.emitter.emit import Emitter, Made, differing, preflight
from iconbuild.emitter.index import Index
from iconbuild.emitter.survey import survey
from iconbuild.emitter.tree import Tree, stamp_of
from iconbuild.errors import ManifestError, Problem, StoreError, Where
from iconbuild.executor.execute import Job, execute
from iconbuild.loader.load import load
from iconbuild.model.artifact import Artifact
from iconbuild.model.manifest import Manifest
from iconbuild.model.money import total
from iconbuild.model.outcome import Emitted, Outcome
from iconbuild.model.ports import Progress
from iconbuild.model.session import Built, Options, Preview, Stamp, Workplace
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Plan
from iconbuild.pictures.artwork import name_artwork
from iconbuild.planner.graph import plan as make_plan
from iconbuild.planner.limits import changed_pins, lock_differs, refuse_over_budget
from iconbuild.planner.select import select
from iconbuild.planner.tuning import worth_keeping
from iconbuild.planner.why import explained
from iconbuild.store.cache import DamagedError
from iconbuild.store.guard import exclusive
from iconbuild.store.lockfile import check_lock, read_lock, removed_from, renewed, write_lock


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
    with exclusive(project.shared_memory, waiting=waiting), Tree(project.out) as tree:
        index = project.open_index()
        done = Outcome()
        forgotten: set[str] = set()
        error: StoreError
        while True:
            # Each round passes every guard: what a damaged result costs to make again was not approved before.
            seen = project.look(tree, index)
            _guard(seen, done, options, tree)
            approve(seen)
            try:
                done = project.execute(seen, progress).after(done)
                if done.damage is None or done.interrupted:
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
    project = _Project.open(path, place, options)
    with exclusive(project.shared_memory, waiting=lambda _: None), Tree(project.out) as tree:
        index = project.open_index()
        seen = project.look(tree, index)
        index.note(project.plan.targets, seen.found)
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
    inputs: Mapping[str, Stamp]
    began_ns: int

    @classmethod
    def open(cls, path: str, place: Workplace, options: Options, *, priced: bool = False) -> _Project:
        """Load and plan; prices elsewhere are worked out where somebody reads them (`priced`, or an output)."""
        vocabulary = place.tools.vocabulary
        manifest = load(path, vocabulary=vocabulary, profile=options.profile, verdicts=place.verdicts)
        manifest = manifest._replace(strict=manifest.strict or options.strict)
        place = _equipped(place, manifest)
        read = priced or any(vocabulary.outputs[spec.kind].speaks for spec in manifest.outputs)
        compare = place.compare if read and place.compare != manifest.provider else None
        began, witnesses = time.time_ns(), {path: stamp_of(os.stat(path)) for path in place.witnesses}
        digests, stats = name_artwork(manifest.root, manifest.artwork)
        try:
            plan = make_plan(manifest, digests, place.tools, compare=compare)
        except ManifestError as error:
            raise error.quoting(manifest.path, manifest.text) from None
        manifest = manifest._replace(warnings=(*manifest.warnings, *plan.warnings))
        stamps = {path: stamp_of(info) for path, info in stats.items()}
        return cls(manifest, plan, place, options, {**witnesses, **stamps}, began)

    @property
    def out(self) -> str:
        return self.options.out_dir or self.manifest.root

    @property
    def shared_memory(self) -> str:
        """The folder whose guard all builds of the manifest share, since they share the lock."""
        return self.place.project(self.manifest.file, None)

    @property
    def _owner(self) -> str:
        """Whose outputs an index lists: those of one output folder and one profile."""
        return f"{self.options.out_dir or ''}\n{self.options.profile or ''}".strip("\n")

    def open_index(self) -> Index:
        folder = self.place.project(self.manifest.file, self._owner or None)
        return Index(folder, f"{self.manifest.file}\n{self._owner}")

    def look(self, tree: Tree, index: Index) -> Preview:
        lock, written = read_lock(self.manifest.lock)
        proofs = frozenset(proof for entry in lock.values() for proof in entry.files)
        index.adopt(tree)
        if self.options.profile is None and (gone := removed_from(lock, self.plan)):
            index.recognise(tree, {os.path.dirname(target.path) for target in self.plan.targets}, gone)
        found = survey(self.plan.targets, tree, index, proofs)
        memo: dict[ActionKey, Artifact | None] = {}

        def known(key: ActionKey) -> bool:
            if key not in memo:
                memo[key] = self.place.tools.store.lookup(key)
            return memo[key] is not None

        left = ("placed",) if self.options.force else ("placed", "edited")
        placed = {path for path, seen in found.items() if seen.state in left}
        worklist = select(self.plan, placed=placed, known=known, only=self.options.only)
        last = {entry.name: ActionKey(entry.key) for entry in lock.values() if not entry.output}
        keep = worth_keeping(self.plan, worklist, index.key_of, self.place.recall)
        return Preview(
            manifest=self.manifest,
            plan=self.plan,
            worklist=explained(self.plan, worklist, last, self.place.recall)._replace(keep=keep),
            found=found,
            known={key: artifact for key, artifact in memo.items() if artifact is not None},
            lock=lock,
            written_lock=written,
            orphans=tuple(Emitter(tree, index).orphans(self.plan.targets)),
            inputs=self.inputs,
            began_ns=self.began_ns,
        )

    def execute(self, seen: Preview, progress: Progress) -> Outcome:
        if not seen.worklist.todo:
            return Outcome()
        tools, options = self.place.tools, self.options
        keep = seen.worklist.keep
        job = Job(tools, self.manifest.root, seen.known, progress, options.jobs, options.keep_going, keep)
        return execute(seen.worklist.todo, job)

    def finish(self, seen: Preview, outcome: Outcome, tree: Tree, index: Index) -> Built:
        """Compare, or write: the outputs, then the lock."""
        options, store = self.options, self.place.tools.store
        made: Made = {**seen.known, **outcome.results}
        targets = [target for target in self.plan.targets if options.only is None or target.icon in options.only]
        if options.check:
            return Built(seen, outcome, Emitted(orphans=seen.orphans), tuple(differing(targets, seen.found, made)))
        if not options.allow_blank:
            made, outcome = withhold_blank(self.plan, targets, seen.found, made, outcome)
        made = whole_bundles(targets, seen.found, made)
        new = renewed(self.plan, seen.lock, _wanted_digests(seen, made))
        if options.locked and new != seen.written_lock:
            raise lock_differs(seen.manifest, ["the digests of its files"])
        emitter = Emitter(tree, index)
        emitted = emitter.materialize(
            targets, seen.found, made, lambda artifact: store.read(artifact).data, force=options.force
        )
        if options.prune:
            pruned = emitter.remove(seen.orphans)
            left = tuple(path for path in seen.orphans if path not in pruned)
            emitted = emitted._replace(pruned=tuple(pruned), orphans=left, stubborn=left)
        else:
            emitted = emitted._replace(orphans=seen.orphans)
        if new != seen.written_lock and options.profile is None:  # the lock speaks of the manifest without a profile
            write_lock(self.manifest.lock, new)
        stamps = {path: entry.stamp for path, entry in index.entries.items()}
        return Built(seen, outcome, emitted, (), stamps)


def _equipped(place: Workplace, manifest: Manifest) -> Workplace:
    """The workplace with the manifest's artwork packs, whose files are watched like everything that is read."""
    if not manifest.packs:
        return place
    try:
        provider = place.tools.providers[manifest.provider].equipped(manifest.root, manifest.packs)
        watched = tuple(dict.fromkeys((*place.witnesses, *provider.witnesses)))
    except ValueError as error:
        raise ManifestError([Problem("M035", str(error), Where(manifest.path, 1, 1))]) from None
    return place._replace(tools=place.tools.with_provider(provider), witnesses=watched)


def _wanted_digests(seen: Preview, made: Mapping[ActionKey, Artifact]) -> dict[str, str]:
    """The digest of what each target's path holds or is to hold; left out where it could not be made."""
    digests = {path: here.digest for path, here in seen.found.items() if here.state == "placed"}
    for target in seen.plan.targets:
        if target.path not in digests and target.key in made:
            digests[target.path] = made[target.key].digest
    return digests


def _guard(seen: Preview, done: Outcome, options: Options, tree: Tree) -> None:
    """Everything that can stop a build before anything is spent or written."""
    cost, spent = seen.worklist.cost, total(done.spent)
    whole = cost._replace(token=cost.token + spent.token, usd=cost.usd + spent.usd)
    refuse_over_budget(whole, seen.manifest.budget, options.max_tokens)
    changed = changed_pins(seen.plan, seen.lock)
    if options.locked and changed:
        raise lock_differs(seen.manifest, changed)
    if not options.check:
        preflight(seen.worklist.write, tree)
        if changed and options.profile is None:
            check_lock(seen.manifest.lock)
