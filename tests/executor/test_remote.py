"""Calls to a provider behind a network run beside the work of this machine, and end as its answers say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iconbuild.model.artifact import PNG, Artifact, Payload
from iconbuild.model.work import Action
from iconbuild.report.progress import Silent
from tests.builders import Memory, action, icon
from tests.executor.remote import LONG, Everything, Line, beside, delegated, drawn, picture, run_remote, with_files
from tests.executor.test_execute import row


class Listening(Silent):
    """Progress that calls a function with the label of everything that is finished."""

    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard = heard

    def finished(self, action: Action, artifact: Artifact) -> None:
        """One is done."""
        self._heard(action.label)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("calls", "many"), [(4, 9), (10, 3), (10, 1)])
def test_as_many_calls_run_at_once_as_the_limit_takes(jobs: int, calls: int, many: int) -> None:
    line, at_once = Line(gated=Everything()), min(calls, many)
    todo = row(*(f"thing {number}" for number in range(many)))
    outcome = beside(line, lambda: line.await_running(at_once), lambda: run_remote(todo, line, jobs=jobs, calls=calls))
    assert (outcome.generated, sum(quote.amount or 0 for quote in outcome.spent)) == (many, 3 * many)
    assert len(line.threads) == at_once
    assert all(name.startswith("iconbuild-words-generation-") for name in line.threads)
    assert line.halts == 0


def test_calls_of_another_pool_have_a_lane_of_their_own() -> None:
    line, store, sources = Line(gated=Everything()), Memory(), [action("a"), action("b")]
    known = {each.key: store.record(each, Payload(picture(each.label), PNG)) for each in sources}
    todo = [*row("house", "cart"), *(delegated("crop", each) for each in sources)]
    outcome = beside(
        line, lambda: line.await_running(2), lambda: run_remote(todo, line, calls=1, store=store, known=known)
    )
    assert (outcome.generated, outcome.processed) == (2, 2)
    assert line.threads == {"iconbuild-words-generation-0", "iconbuild-words-processing-0"}
    assert line.given["a crop"] == [picture("a")]


@pytest.mark.parametrize("jobs", [1, 3])
def test_finished_pictures_are_worked_on_while_others_are_drawn(jobs: int) -> None:
    line = Line(gated={"slow"})
    heard: list[str] = []

    def hear(label: str) -> None:
        heard.append(label)
        if label == "dist/quick-64.png":
            line.gate.set()

    outcome = run_remote(with_files("slow", "quick"), line, jobs=jobs, progress=Listening(hear))
    assert (outcome.generated, outcome.failures) == (2, ())
    assert heard.index("dist/quick-64.png") < heard.index("slow")
    assert all("words" in name for name in line.threads)


def test_calls_are_begun_while_this_machine_works() -> None:
    """Its one thread waits for a call that is begun after its own work."""

    class Slow(Memory):
        def record(self, action: Action, payload: Payload) -> Artifact:
            assert action.pool != "files" or line.gate.wait(LONG)
            return super().record(action, payload)

    line = Line(lambda label: line.gate.set() if label == "last" else None)
    todo = [*with_files("first"), *drawn(icon("second"), icon("last"))]
    outcome = run_remote(todo, line, calls=1, store=Slow())
    assert (outcome.generated, outcome.failures) == (3, ())


def test_a_follower_is_drawn_the_moment_its_anchor_is_there() -> None:
    todo = drawn(icon("slow"), icon("anchor"), icon("one", anchor="anchor"), icon("two", anchor="anchor"))
    line = Line(lambda label: line.gate.set() if label == "two" else None, gated={"slow", "one"})
    outcome = run_remote(todo, line, calls=3)
    assert (outcome.generated, outcome.failures) == (4, ())
    assert line.given == {"slow": [], "anchor": [], "one": [picture("anchor")], "two": [picture("anchor")]}


def test_the_picture_that_most_others_wait_for_is_asked_for_first() -> None:
    chain = icon("head"), icon("middle", anchor="head"), icon("tail", anchor="middle")
    line = Line()
    outcome = run_remote(drawn(icon("alone"), icon("star"), icon("ray", anchor="star"), *chain), line, calls=1)
    assert outcome.generated == 6
    assert line.begun == ["head", "star", "middle", "alone", "ray", "tail"]
