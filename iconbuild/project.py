"""One manifest, planned, with the places that belong to it: what the pipeline asks at each of its stages."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from iconbuild.emitter.blank import withhold_blank
from iconbuild.emitter.bundles import whole_bundles
from iconbuild.emitter.emit import Emitter, Made, differing
from iconbuild.emitter.index import Index
from iconbuild.emitter.survey import survey
from iconbuild.emitter.tree import Tree, stamp_of
from iconbuild.errors import IconbuildError, ManifestError
from iconbuild.executor.execute import Job, execute
from iconbuild.loader.load import load
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.manifest import Manifest
from iconbuild.model.money import CostEstimate, amount_words, total
from iconbuild.model.outcome import Emitted, Outcome
from iconbuild.model.ports import Progress
from iconbuild.model.session import Built, Options, Preview, Stamp, Workplace
from iconbuild.model.till import Buyer, Errand, Memories, Till
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Action, Delegate, Generate, Plan, PlannedIcon
from iconbuild.outputs.library import place_of
from iconbuild.pictures.artwork import name_artwork
from iconbuild.planner.graph import plan as make_plan
from iconbuild.planner.limits import lock_differs
from iconbuild.planner.remote import saved_icons, superseded
from iconbuild.planner.select import select
from iconbuild.planner.standing import unfinished
from iconbuild.planner.tuning import worth_keeping
from iconbuild.planner.why import explained
from iconbuild.store.lockfile import read_lock, removed_from, renewed, write_lock


class Project(NamedTuple):
    """One manifest, planned, with the places that belong to it."""

    manifest: Manifest
    plan: Plan
    place: Workplace
    options: Options
    inputs: Mapping[str, Stamp]
    began_ns: int
    till: Till | None
    memory: Memories | None

    @classmethod
    def open(cls, path: str, place: Workplace, options: Options, *, priced: bool = False) -> Project:
        """Load and plan; prices elsewhere are worked out where somebody reads them (`priced`, or an output)."""
        vocabulary = place.tools.vocabulary
        manifest = load(path, vocabulary=vocabulary, profile=options.profile, verdicts=place.verdicts)
        manifest = manifest._replace(strict=manifest.strict or options.strict)
        place = place.equipped(manifest)
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
        till = place.till(manifest.provider)
        memory = till.memory(manifest.root, plan.prices, read_lock(manifest.lock)[0]) if till else None
        if memory:
            place = place._replace(tools=place.tools._replace(store=memory))
        return cls(manifest, plan, place, options, {**witnesses, **stamps}, began, till, memory)

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
        worklist = explained(self.plan, worklist, last, self.place.recall)._replace(keep=keep)
        paid = [action.key for action in worklist.todo if action.key in self.plan.prices]
        standing = self.till.standing(paid) if self.till and paid else {}
        lost = frozenset(key for key in paid if self.memory and self.memory.missing(key))
        return Preview(
            manifest=self.manifest,
            plan=self.plan,
            worklist=unfinished(self.plan, worklist, standing, lost, buy_lost=self.options.buy_lost),
            found=found,
            known={key: artifact for key, artifact in memo.items() if artifact is not None},
            lock=lock,
            written_lock=written,
            orphans=tuple(Emitter(tree, index).orphans(self.plan.targets)),
            inputs=self.inputs,
            began_ns=self.began_ns,
            standing=standing,
            lost=lost,
        )

    def open_buyer(self, seen: Preview, tell: Callable[[str], None]) -> Buyer | None:
        """Who does the provider's work, with a key and enough on the account; None where there is no such work."""
        todo = self._ordered(seen)
        if self.till is None or not todo or self.options.check:
            return None
        provider = self.place.tools.providers[self.plan.provider]
        errand = Errand(
            provider=provider.name,
            root=self.manifest.root,
            project=self.manifest.file,
            prices=self.plan.prices,
            cache=self.place.tools.store,
            limit=provider.limit,
            budget=self.manifest.budget.tokens,
            retry_unknown=self.options.retry_unknown,
            buy_lost=self.options.buy_lost,
            superseded=superseded(self.plan, seen.lock),
        )
        buyer = self.till.open(errand)
        for sentence in buyer.notes:
            tell(sentence)
        cost = total(self.plan.prices[action.key] for action in todo if action.key in self.plan.prices)
        if cost.token or cost.unknown:
            for sentence in buyer.refuse_beyond_balance(cost.token):
                tell(sentence)
        return buyer

    def _ordered(self, seen: Preview) -> list[Action]:
        """What the provider would have to do."""
        return [action for action in seen.worklist.todo if isinstance(action.work, (Generate, Delegate))]

    def execute(self, seen: Preview, progress: Progress, buyer: Buyer | None) -> Outcome:
        if not seen.worklist.todo or (self.options.check and self.till and self._ordered(seen)):
            return Outcome()  # a check buys nothing: what would have to be bought is not in place
        tools, options = self.place.tools, self.options
        job = Job(
            tools._replace(drawers={self.plan.provider: buyer}) if buyer else tools,
            self.manifest.root,
            seen.known,
            progress,
            options.jobs,
            options.keep_going,
            seen.worklist.keep,
        )
        try:
            outcome = execute(seen.worklist.todo, job._replace(halt=buyer.halt) if buyer else job)
        except IconbuildError as error:
            raise (_telling(error, total(buyer.bills())) if buyer else error) from error.__cause__
        return outcome._replace(stopped=outcome.stopped or buyer.stopped, spent=buyer.bills()) if buyer else outcome

    def _secured(self) -> dict[ActionKey, Artifact]:
        """What was bought and is at hand, each among the originals of this project: a clone needs them."""
        if self.memory is None:
            return {}
        found = {key: self.memory.secure(self.plan.actions[key]) for key in self.plan.prices}
        return {key: artifact for key, artifact in found.items() if artifact}

    def _is_kept(self, icon: PlannedIcon, made: Made) -> bool:
        """Whether an icon's picture is an original that the lock pins."""
        return icon.source in self.plan.prices and icon.source in made

    def finish(self, seen: Preview, outcome: Outcome, tree: Tree, index: Index) -> Built:
        """Compare, or write: the outputs, then the lock."""
        options, store = self.options, self.place.tools.store
        made: Made = {**seen.known, **outcome.results}
        targets = [target for target in self.plan.targets if options.only is None or target.icon in options.only]
        if options.check:
            return Built(seen, outcome, Emitted(orphans=seen.orphans), tuple(differing(targets, seen.found, made)))
        made = {**self._secured(), **made}
        if not options.allow_blank:
            made, outcome = withhold_blank(self.plan, targets, seen.found, made, outcome)
        made = whole_bundles(targets, seen.found, made)
        pins = {icon.name: made[icon.source].digest for icon in self.plan.icons if self._is_kept(icon, made)}
        saved = {name: key for name, key in saved_icons(self.plan).items() if key in made}
        library = {name: _place(key, store.read(made[key])) for name, key in saved.items()}
        new = renewed(self.plan, seen.lock, _wanted_digests(seen, made), pins, library)
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
        return Built(seen, outcome, emitted, (), stamps, library)


def _telling(error: IconbuildError, spent: CostEstimate) -> IconbuildError:
    """The same error; where a part of the build was bought before it, its remedy says so."""
    if spent.token:
        kept = f"before that {amount_words(spent.token, 'token')} were spent; what was bought is kept"
        error.remedy = f"{error.remedy}; {kept}" if error.remedy else kept
    return error


def _place(key: ActionKey, payload: Payload) -> dict[str, str]:
    """Where an icon is in a library, and the recipe that put it there, as the lock keeps it."""
    return {"key": key[:12], **place_of(payload)}


def _wanted_digests(seen: Preview, made: Mapping[ActionKey, Artifact]) -> dict[str, str]:
    """The digest of what each target's path holds or is to hold; left out where it could not be made."""
    digests = {path: here.digest for path, here in seen.found.items() if here.state == "placed"}
    for target in seen.plan.targets:
        if target.path not in digests and target.key in made:
            digests[target.path] = made[target.key].digest
    return digests
