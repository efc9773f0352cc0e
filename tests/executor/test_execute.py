from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.errors import FilesystemError, IconbuildError, ProviderError, StoreError, WorkError
from iconbuild.executor.execute import Job, execute
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.manifest import Manifest
from iconbuild.model.outcome import Outcome
from iconbuild.model.ports import Progress, Toolbox
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Generate, Plan
from iconbuild.report.progress import Silent
from tests.builders import Memory, Words, icon, manifest, output, planned, toolbox

JOBS = [1, 2, 3, 8]


class Told:
    """Progress that writes down what it is told, and by whom."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str]] = []
        self.threads: set[int] = set()

    def begin(self, total: int) -> None:
        """How many."""
        self._tell("begin", str(total))

    def started(self, action: Action) -> None:
        """One begins."""
        self._tell("started", action.label)

    def finished(self, action: Action, artifact: Artifact) -> None:
        """One is done."""
        self._tell("finished", action.label)

    def failed(self, action: Action, error: IconbuildError) -> None:
        """One failed."""
        self._tell("failed", action.label)

    def interrupted(self, calls: int) -> None:
        """So many calls are waited for."""
        self._tell("interrupted", str(calls))

    def end(self) -> None:
        """That is all."""
        self._tell("end", "")

    def _tell(self, event: str, label: str) -> None:
        self.events.append((event, label))
        self.threads.add(threading.get_ident())


def pictures(made: Manifest) -> list[Action]:
    """The actions that draw."""
    return [each for each in planned(made).actions.values() if isinstance(each.work, Generate)]


def star(*subjects: str) -> list[Action]:
    """An anchor that others follow."""
    first, *others = (icon(f"i{place}", subject=subject) for place, subject in enumerate(subjects))
    return pictures(manifest(first, *(icon(each.name, subject=each.subject, anchor=first.name) for each in others)))


def row(*subjects: str) -> list[Action]:
    """Icons that know nothing of one another."""
    return pictures(manifest(*(icon(f"i{place}", subject=subject) for place, subject in enumerate(subjects))))


def sequence(*subjects: str) -> list[Action]:
    """Icons each of which follows the one before."""
    icons = [
        icon(f"i{place}", subject=subject, anchor=f"i{place - 1}" if place else None)
        for place, subject in enumerate(subjects)
    ]
    return pictures(manifest(*icons))


def run(
    todo: Sequence[Action],
    jobs: int = 1,
    *,
    keep_going: bool = True,
    tools: Toolbox | None = None,
    progress: Progress | None = None,
) -> Outcome:
    job = Job(
        tools=tools or toolbox(),
        root="/nowhere",
        known={},
        progress=progress or Silent(),
        jobs=jobs,
        keep_going=keep_going,
    )
    return execute(todo, job)


def labels(actions: Sequence[Action]) -> list[str]:
    return sorted(each.label for each in actions)


@pytest.mark.parametrize("jobs", range(1, 9))
def test_the_outcome_is_the_same_on_any_number_of_threads(jobs: int) -> None:
    store = Memory()
    todo = star("house", *(f"thing {number}" for number in range(20)))
    outcome = run(todo, jobs, tools=toolbox(store))
    assert set(outcome.results) == {each.key for each in todo}
    assert (outcome.generated, outcome.processed) == (21, 0)
    assert sum(quote.amount or 0 for quote in outcome.spent) == 3 + 20 * 5
    assert store.read(outcome.results[todo[7].key]).data == b"house > thing 6"
    assert (outcome.failures, outcome.skipped, outcome.interrupted) == ((), (), False)


@pytest.mark.parametrize("jobs", JOBS)
def test_one_failure_leaves_the_others(jobs: int) -> None:
    outcome = run(row("house", "unfit", "cart"), jobs)
    assert [(failure.action.label, str(failure.error)) for failure in outcome.failures] == [("i1", "nothing fits")]
    assert outcome.generated == 2
    assert outcome.skipped == ()


@pytest.mark.parametrize("jobs", JOBS)
def test_those_who_need_a_failure_are_skipped(jobs: int) -> None:
    outcome = run(sequence("house", "unfit", "cart", "bell"), jobs)
    assert [failure.action.label for failure in outcome.failures] == ["i1"]
    assert labels(outcome.skipped) == ["i2", "i3"]
    assert outcome.generated == 1


class Patient(Words):
    """A provider that draws things only after somebody was told of a failure."""

    def __init__(self) -> None:
        super().__init__()
        self.told = threading.Event()

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """The picture, in its time."""
        assert str(request["subject"]).startswith("thing") is False or self.told.wait(10)
        return super().generate(request, reference)


@pytest.mark.parametrize("jobs", JOBS)
def test_fail_fast_begins_nothing_more(jobs: int) -> None:
    class Telling(Silent):
        def failed(self, action: Action, error: IconbuildError) -> None:
            patient.told.set()

    patient = Patient()
    tools = toolbox()._replace(providers={"words": patient})
    todo = [*sequence("unfit", "late"), *row(*(f"thing {number}" for number in range(30)))]
    outcome = run(todo, jobs, keep_going=False, tools=tools, progress=Telling())
    assert len(outcome.failures) == 1
    assert outcome.generated <= jobs - 1
    told = [*outcome.results, *(each.key for each in outcome.skipped), outcome.failures[0].action.key]
    assert sorted(told) == sorted({each.key for each in todo})


def test_what_waits_for_others_is_told_as_skipped_too() -> None:
    todo = [*row("unfit"), *sequence("house", "cart", "bell")]
    outcome = run(todo, keep_going=False)
    assert [each.key for each in outcome.skipped] == [each.key for each in todo[1:]]


@pytest.mark.parametrize("jobs", JOBS)
def test_a_fault_of_ours_is_a_failure_with_its_cause(jobs: int) -> None:
    outcome = run(row("house", "broken"), jobs)
    (failure,) = outcome.failures
    assert isinstance(failure.error, WorkError)
    assert "unexpected ZeroDivisionError: a fault of ours" in failure.error.message
    assert "report" in failure.error.remedy
    assert isinstance(failure.error.__cause__, ZeroDivisionError)
    assert outcome.generated == 1


@pytest.mark.parametrize("jobs", JOBS)
def test_a_full_disk_ends_the_run(jobs: int) -> None:
    with pytest.raises(FilesystemError, match="No space left on device") as caught:
        run(row("full", "house"), jobs)
    assert isinstance(caught.value.__cause__, OSError) or caught.value.remedy


class Ruined(Memory):
    """A store that cannot be read."""

    def read(self, artifact: Artifact) -> Payload:
        """Never."""
        raise StoreError("the store is damaged")


@pytest.mark.parametrize("jobs", JOBS)
def test_a_damaged_store_ends_the_run_and_keeps_what_was_made(jobs: int) -> None:
    store, told = Ruined(), Told()
    todo = star("house", "cart")
    outcome = run(todo, jobs, tools=toolbox(store), progress=told)
    assert isinstance(outcome.damage, StoreError)
    assert str(outcome.damage) == "the store is damaged"
    assert (outcome.generated, len(outcome.spent)) == (1, 1)
    assert store.lookup(todo[0].key) is not None
    assert told.events[-1] == ("end", "")


class Unreachable(Words):
    """A provider behind a broken line."""

    def generate(self, request: object, reference: Payload | None) -> Payload:
        """Never."""
        raise ProviderError("cannot be reached")


@pytest.mark.parametrize("jobs", JOBS)
def test_an_unreachable_provider_ends_the_run(jobs: int) -> None:
    tools = toolbox()._replace(providers={"words": Unreachable()})
    with pytest.raises(ProviderError, match="cannot be reached"):
        run(row("house", "cart"), jobs, tools=tools)


class Impatient(Words):
    """A provider during whose house people press Ctrl-C, `times` times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """The picture, after the interruptions during the house."""
        for _ in range(self.times if request["subject"] == "house" else 0):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.5)  # two within one glance of the main thread are one
        return super().generate(request, reference)


@pytest.mark.parametrize("jobs", JOBS)
def test_the_first_interrupt_lets_running_actions_end(jobs: int) -> None:
    tools = toolbox()._replace(providers={"words": Impatient(1)})
    handler = signal.getsignal(signal.SIGINT)
    outcome = run(row(*(f"cart {number}" for number in range(9)), "house", "tree"), jobs, tools=tools)
    assert outcome.interrupted
    assert row("house")[0].key in outcome.results
    assert len(outcome.results) + len(outcome.skipped) == 11
    assert signal.getsignal(signal.SIGINT) is handler


@pytest.mark.parametrize("jobs", JOBS)
def test_the_second_interrupt_is_heeded_at_once(jobs: int) -> None:
    tools = toolbox()._replace(providers={"words": Impatient(2)})
    with pytest.raises(KeyboardInterrupt):
        run(row("cart", "house"), jobs, tools=tools)


@given(st.lists(st.sampled_from(["house", "unfit", "broken", "cart"]), max_size=12), st.integers(1, 8), st.booleans())
@settings(max_examples=60, deadline=None)
def test_progress_is_told_everything_once_by_one_thread(subjects: list[str], jobs: int, keep_going: bool) -> None:
    told = Told()
    todo = row(*(subject if subject in ("unfit", "broken") else f"{subject} {n}" for n, subject in enumerate(subjects)))
    outcome = run(todo, jobs, keep_going=keep_going, progress=told)
    events = told.events
    assert events[0] == ("begin", str(len(todo)))
    assert events[-1] == ("end", "")
    assert told.threads == {threading.get_ident()}
    started = [label for event, label in events if event == "started"]
    ended = [label for event, label in events if event in ("finished", "failed")]
    assert len(set(started)) == len(started)
    assert sorted(started) == sorted(ended)
    assert all(
        events.index(("started", label)) < place for place, (event, label) in enumerate(events) if event == "finished"
    )
    assert sorted(label for event, label in events if event == "failed") == labels([f.action for f in outcome.failures])
    assert len(started) + len(outcome.skipped) == len(todo)


def test_inputs_that_are_known_are_read_from_the_store() -> None:
    store = Memory()
    anchor, follower = star("house", "cart")
    known = {anchor.key: store.record(anchor, Payload(data=b"villa", media="image/svg+xml"))}
    job = Job(tools=toolbox(store), root="/nowhere", known=known, progress=Silent())
    outcome = execute([follower], job)
    assert store.read(outcome.results[follower.key]).data == b"villa > cart"


def test_nothing_to_do() -> None:
    told = Told()
    assert run([], progress=told) == Outcome()
    assert told.events == [("begin", "0"), ("end", "")]


def test_pictures_and_other_work_are_counted_apart() -> None:
    plan: Plan = planned(manifest(icon("house"), provider="local", outputs=(output("files", "dist"),)))
    outcome = run(list(plan.actions.values()), 2)
    assert (outcome.generated, outcome.processed) == (1, 1)
