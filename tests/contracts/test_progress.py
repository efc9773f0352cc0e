"""What everybody who tells progress has to bear: any order of events, any text, and a run that ends early."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.errors import WorkError
from iconbuild.model.artifact import SVG, Artifact
from iconbuild.model.ports import Progress
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Generate
from iconbuild.report.bars import Bars
from iconbuild.report.progress import Events, Plain, Silent, choose
from tests.builders import digest_of

TELLERS: dict[str, Callable[[io.StringIO], Progress]] = {
    "silent": lambda _: Silent(),
    "plain": Plain,
    "events": Events,
    "bars": Bars,
}
NASTY = st.text(st.sampled_from("ab[/]\x1b\x00\n\r\u202e\u2028:%"), max_size=12)


def drawing(label: str) -> Action:
    """An action that draws."""
    return Action(Generate(provider="words", request=Params({"subject": label})), (), label, "generation")


def made(icon: str) -> Artifact:
    """Its result."""
    return Artifact(digest=digest_of(b""), media=SVG, size=3, facts=Params({"icon": icon}))


def told(name: str, label: str, words: str) -> str:
    """What is written of one picture that is made and another that fails."""
    stream = io.StringIO()
    teller = TELLERS[name](stream)
    teller.begin(2)
    for action in (drawing(label), drawing(f"{label} too")):
        teller.started(action)
    teller.finished(drawing(label), made(words))
    teller.failed(drawing(f"{label} too"), WorkError(words))
    teller.end()
    return stream.getvalue()


def interrupted(name: str, calls: int) -> str:
    """What is written of a run that waits for `calls`."""
    stream = io.StringIO()
    teller = TELLERS[name](stream)
    teller.begin(5)
    teller.interrupted(calls)
    teller.end()
    return stream.getvalue()


@pytest.mark.parametrize("name", TELLERS)
@given(NASTY, NASTY)
def test_no_text_from_outside_drives_the_terminal(name: str, label: str, words: str) -> None:
    written = told(name, label, words)
    assert not [char for char in written if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")]


@pytest.mark.parametrize("name", TELLERS)
def test_a_run_may_end_at_once(name: str) -> None:
    teller = TELLERS[name](io.StringIO())
    teller.begin(5)
    teller.end()


def test_lines_for_logs() -> None:
    assert told("plain", "home", "ph:house") == "[1/2] home (ph:house)\n[2/2] home too: failed: ph:house\n"


def test_events_for_programs() -> None:
    events = [json.loads(line) for line in told("events", "home", "ph:house").splitlines()]
    assert [event["event"] for event in events] == ["planned", "started", "started", "finished", "failed"]
    assert events[0]["actions"] == 2
    assert (events[3]["label"], events[4]["error"]) == ("home", "ph:house")


def test_silence() -> None:
    assert told("silent", "home", "ph:house") == ""


@pytest.mark.parametrize("name", ["plain", "bars"])
@pytest.mark.parametrize(
    ("calls", "line"),
    [
        (1, "interrupted: waiting for 1 call that is under way; again to leave at once"),
        (3, "interrupted: waiting for 3 calls that are under way; again to leave at once"),
    ],
)
def test_people_know_why_it_goes_on_after_ctrl_c(name: str, calls: int, line: str) -> None:
    assert line in interrupted(name, calls).splitlines()


def test_programs_and_silence_after_ctrl_c() -> None:
    assert json.loads(interrupted("events", 3).splitlines()[-1]) == {"event": "interrupted", "calls": 3}
    assert interrupted("silent", 3) == ""


def test_bars_keep_failures() -> None:
    assert "home too: failed: no [bold]match[/bold]" in told("bars", "home", "no [bold]match[/bold]").replace("\n", " ")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(
    ("mode", "stream", "environment", "kind"),
    [
        ("auto", Terminal(), {"TERM": "xterm"}, Bars),
        ("auto", Terminal(), {"TERM": "dumb"}, Plain),
        ("auto", Terminal(), {}, Plain),
        ("auto", Terminal(), {"TERM": "xterm", "CI": "true"}, Plain),
        ("auto", io.StringIO(), {"TERM": "xterm"}, Plain),
        ("tty", io.StringIO(), {}, Bars),
        ("plain", Terminal(), {"TERM": "xterm"}, Plain),
        ("none", Terminal(), {"TERM": "xterm"}, Silent),
    ],
)
def test_bars_are_for_terminals(
    monkeypatch: pytest.MonkeyPatch, mode: str, stream: io.StringIO, environment: dict[str, str], kind: type
) -> None:
    for name in ("TERM", "CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert type(choose(mode, quiet=False, events=False, stream=stream)) is kind
    assert type(choose(mode, quiet=True, events=False, stream=stream)) is Silent
    assert type(choose(mode, quiet=True, events=True, stream=stream)) is Events
