"""What ends calls to a provider behind a network, what goes on beside them, and what is kept."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from iconbuild.errors import (
    BudgetError,
    CredentialError,
    FilesystemError,
    IconbuildError,
    ProviderError,
    StoreError,
    UnknownOutcomeError,
)
from iconbuild.model.artifact import Artifact, Payload
from iconbuild.model.work import Action
from tests.builders import Memory
from tests.executor.remote import LONG, Everything, Line, beside, run_remote, with_files
from tests.executor.test_execute import Told, labels, row, sequence, star

RUN_WIDE = [BudgetError("no tokens"), CredentialError("refused"), ProviderError("unreachable")]


def raising(error: Exception, *wrong: str) -> Callable[[str], None]:
    """An act that fails for some labels."""

    def act(label: str) -> None:
        if label in wrong:
            raise error

    return act


@pytest.mark.parametrize("wrong", RUN_WIDE)
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_of_all_paid_work_ends_it_and_nothing_else(wrong: IconbuildError, jobs: int) -> None:
    names = ["early", "poor", "sent", "waiting", *(f"late{number}" for number in range(5))]

    def act(label: str) -> None:
        if label == "poor":
            line.await_running(3)
            raise wrong

    line = Line(act, gated={"sent", "waiting"}, sent={"sent"})
    told = Told()
    outcome = beside(
        line,
        line.await_halt,
        lambda: run_remote(with_files(*names), line, jobs=jobs, calls=3, progress=told),
    )
    assert outcome.stopped is wrong
    assert (outcome.failures, outcome.damage, outcome.signal) == ((), None, 0)
    assert not {f"late{number}" for number in range(5)} & set(line.begun)
    done = {label for event, label in told.events if event == "finished"}
    assert {"early", "dist/early-64.png", "sent", "dist/sent-64.png"} <= done
    assert (outcome.generated, len(outcome.spent), line.halts) == (2, 2, 1)
    skipped = {each.label for each in outcome.skipped}
    assert {"poor", "dist/poor-64.png", "waiting", "late0", "dist/late4-64.png"} <= skipped
    assert len(outcome.skipped) + len(outcome.results) == len(with_files(*names))


def test_the_first_of_several_such_errors_counts() -> None:
    """The others come from calls that were sent before it was known."""

    def act(label: str) -> None:
        if label == "i1":
            line.await_running(3)
        raise RUN_WIDE[int(label[1:])]

    line = Line(act, gated={"i0", "i2"}, sent={"i0", "i2"})
    outcome = beside(line, line.await_halt, lambda: run_remote(row("a", "b", "c"), line))
    assert outcome.stopped is RUN_WIDE[1]
    assert (labels(outcome.skipped), outcome.failures, line.halts) == (["i0", "i1", "i2"], (), 1)


@pytest.mark.parametrize("wrong", RUN_WIDE)
def test_the_same_error_of_the_work_of_this_machine_ends_the_run(wrong: IconbuildError) -> None:
    class Choosy(Memory):
        def record(self, action: Action, payload: Payload) -> Artifact:
            if action.pool == "files":
                raise wrong
            return super().record(action, payload)

    with pytest.raises(type(wrong)) as caught:
        run_remote(with_files("home"), line := Line(), store=Choosy())
    assert caught.value is wrong
    assert line.halts == 1


def test_what_gives_up_by_itself_is_skipped_and_nothing_more_is_asked_for() -> None:
    line = Line(gated=Everything())
    line.halted.set()
    outcome = run_remote(row(*(f"thing {number}" for number in range(30))), line, calls=2)
    assert len(line.begun) <= 3
    assert (len(outcome.skipped), outcome.failures, outcome.stopped, outcome.generated) == (30, (), None, 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_unknown_outcome_is_the_failure_of_one_icon(jobs: int) -> None:
    line = Line(raising(UnknownOutcomeError("who knows"), "i1"))
    outcome = run_remote(sequence("house", "cart", "bell"), line, jobs=jobs)
    assert [(failure.action.label, failure.error.exit_code) for failure in outcome.failures] == [("i1", 9)]
    assert labels(outcome.skipped) == ["i2"]
    assert (outcome.stopped, outcome.generated, line.halts) == (None, 1, 0)


@pytest.mark.parametrize(
    ("wrong", "raised"),
    [
        (FilesystemError("no room for the answer"), FilesystemError),
        (OSError(28, "No space left on device"), FilesystemError),
        (StoreError("the ledger is damaged"), StoreError),
    ],
)
def test_the_disk_and_the_ledger_end_the_run_after_what_was_sent_is_kept(
    wrong: Exception, raised: type[Exception]
) -> None:
    def act(label: str) -> None:
        if label == "i1":
            line.await_running(3)
            raise wrong

    line, store = Line(act, gated={"i0", "i2"}, sent={"i2"}), Memory()
    todo = row("a", "b", "c", "d")

    with pytest.raises(raised, match=r"no room|No space|ledger is damaged"):
        beside(line, line.await_halt, lambda: run_remote(todo, line, calls=3, store=store))
    assert store.artifacts.keys() == {todo[2].key}
    assert line.halts == 1
    assert line.begun.count("i3") == 0


class Ruined(Memory):
    """A store whose pictures cannot be read."""

    def read(self, artifact: Artifact) -> Payload:
        """Never."""
        raise StoreError("the picture is damaged")


def test_a_damaged_reference_is_damage_and_nothing_is_sent() -> None:
    line = Line()
    anchor, *followers = star("anchor", "one", "two")
    outcome = run_remote([anchor, *followers], line, store=Ruined())
    assert str(outcome.damage) == "the picture is damaged"
    assert (line.begun, line.halts, outcome.generated) == ([anchor.label], 1, 1)


def test_fail_fast_lets_waiting_calls_give_up() -> None:
    line = Line(raising(UnknownOutcomeError("who knows"), "i0"), gated={"i1", "i2"}, sent={"i2"})

    outcome = beside(
        line, line.await_halt, lambda: run_remote(row("a", "b", "c", "d"), line, calls=3, keep_going=False)
    )
    assert (len(outcome.failures), outcome.generated, labels(outcome.skipped)) == (1, 1, ["i1", "i3"])
    assert line.halts == 1


def test_ctrl_c_keeps_what_was_sent_and_wakes_what_waits() -> None:
    line, handler = Line(gated=Everything(), sent={"i0"}), signal.getsignal(signal.SIGINT)

    def watch() -> None:
        line.await_running(3)
        os.kill(os.getpid(), signal.SIGINT)
        line.await_halt()

    outcome = beside(line, watch, lambda: run_remote(row("a", "b", "c", "d"), line, calls=3))
    assert (outcome.signal, outcome.generated, len(outcome.spent)) == (signal.SIGINT, 1, 1)
    assert labels(outcome.skipped) == ["i1", "i2", "i3"]
    assert (line.halts, outcome.failures) == (1, ())
    assert signal.getsignal(signal.SIGINT) is handler


class Heard(Told):
    """Progress that can be waited for until it was told of an interruption."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def interrupted(self, calls: int) -> None:
        """Write it down, and wake."""
        super().interrupted(calls)
        self.heard.set()


def test_ctrl_c_tells_once_how_many_calls_are_waited_for() -> None:
    line, told = Line(gated=Everything(), sent={"i0", "i2"}), Heard()

    def watch() -> None:
        line.await_running(4)
        os.kill(os.getpid(), signal.SIGINT)
        assert told.heard.wait(LONG)
        time.sleep(0.5)  # some more glances

    outcome = beside(line, watch, lambda: run_remote(row("a", "b", "c", "d", "e"), line, calls=4, progress=told))
    assert (outcome.signal, outcome.generated) == (signal.SIGINT, 2)
    assert [label for event, label in told.events if event == "interrupted"] == ["2"]
    assert told.threads == {threading.get_ident()}


def test_ctrl_c_tells_nothing_where_only_this_machine_is_at_work() -> None:
    """What it makes takes no time, and leaving costs nothing."""
    begun, told = threading.Event(), Told()

    class Slow(Memory):
        def record(self, action: Action, payload: Payload) -> Artifact:
            if action.pool == "files":
                begun.set()
                time.sleep(0.7)
            return super().record(action, payload)

    def watch() -> None:
        assert begun.wait(LONG)
        os.kill(os.getpid(), signal.SIGINT)

    line = Line()
    outcome = beside(line, watch, lambda: run_remote(with_files("home"), line, jobs=2, store=Slow(), progress=told))
    assert outcome.signal == signal.SIGINT
    assert "interrupted" not in {event for event, _ in told.events}
