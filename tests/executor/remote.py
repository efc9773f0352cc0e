"""A provider behind a network that exists only in memory: calls that wait until a test lets them go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Container, Mapping, Sequence
from types import MappingProxyType

from PIL import Image

from iconbuild.executor.execute import Job, execute
from iconbuild.model.artifact import PNG, Artifact, Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.outcome import Outcome
from iconbuild.model.ports import Limit, Progress, Toolbox
from iconbuild.model.purchase import HaltedError
from iconbuild.model.values import ActionKey, Params
from iconbuild.model.work import Action, Delegate, Generate
from iconbuild.pictures.encode import encode
from iconbuild.report.progress import Silent
from tests.builders import Memory, Words, icon, manifest, planned, toolbox

LONG = 20.0
"""Seconds after which a test that waits has failed."""


class Everything:
    """Holds all labels."""

    def __contains__(self, label: object) -> bool:
        return True


class Narrow(Words):
    """Words with a limit of one's own for each pool."""

    def __init__(self, calls: int, *, window: float = 60.0, latency: float = 10.0) -> None:
        self._limit = Limit(calls, window, latency)

    def limit(self, pool: str) -> Limit | None:
        """The same for every pool."""
        return self._limit


class Line:
    """A drawer of small pictures whose calls are written down as they begin; those `gated` end once the `gate` is open.

    `act` runs at the end of a call, in its thread, and may raise. Gated calls give up when the run is halted, unless
    they are `sent` already.
    """

    def __init__(
        self, act: Callable[[str], None] = lambda _: None, *, gated: Container[str] = (), sent: Container[str] = ()
    ) -> None:
        self._act, self._gated, self._sent = act, gated, sent
        self._change = threading.Condition()
        self.begun: list[str] = []
        self.running: set[str] = set()
        self.threads: set[str] = set()
        self.given: dict[str, list[bytes]] = {}
        self.gate = threading.Event()
        self.halts = 0
        self.halted = threading.Event()

    def halt(self) -> None:
        """Count, and wake those who wait."""
        self.halts += 1
        self.halted.set()

    def await_halt(self) -> None:
        """Return once the run was halted."""
        assert self.halted.wait(LONG)

    def await_running(self, count: int) -> None:
        """Return once so many calls run at the same time."""
        with self._change:
            assert self._change.wait_for(lambda: len(self.running) >= count, LONG), sorted(self.running)

    def fulfil(self, action: Action, inputs: Sequence[Payload]) -> Payload:
        """A picture of its own; drawing costs what words cost."""
        label = action.label
        with self._change:
            self.begun.append(label)
            self.running.add(label)
            self.threads.add(threading.current_thread().name)
            self.given[label] = [payload.data for payload in inputs]
            self._change.notify_all()
        try:
            if label in self._gated:
                self._wait(label)
            self._act(label)
        finally:
            with self._change:
                self.running.discard(label)
        spent = Words().quote(action.work.request) if isinstance(action.work, Generate) else None
        return Payload(picture(label), PNG, spent=spent)

    def _wait(self, label: str) -> None:
        deadline = time.monotonic() + LONG
        opened = False
        while not opened:
            opened = self.gate.wait(0.01)
            if self.halted.is_set() and label not in self._sent:
                raise HaltedError
            assert time.monotonic() < deadline, "nobody opened the gate"


def picture(label: str) -> bytes:
    """A PNG that is different for each label."""
    image = Image.new("RGBA", (16, 16), (0, 0, 0, 0))
    image.paste((*label.encode()[-3:].rjust(3), 255), (4, 4, 12, 12))
    return encode(image, "png")


def remote_tools(line: Line, store: Memory | None = None, calls: int = 10) -> Toolbox:
    """Tools whose `words` are behind `line`."""
    tools = toolbox(store)
    return tools._replace(providers={**tools.providers, "words": Narrow(calls)}, drawers={"words": line})


def run_remote(
    todo: Sequence[Action],
    line: Line,
    *,
    jobs: int = 1,
    calls: int = 10,
    keep_going: bool = True,
    store: Memory | None = None,
    known: Mapping[ActionKey, Artifact] = MappingProxyType({}),
    progress: Progress | None = None,
) -> Outcome:
    """The outcome of `todo` with `words` behind `line`."""
    job = Job(remote_tools(line, store, calls), "/nowhere", known, progress or Silent(), jobs, keep_going)
    return execute(todo, job._replace(halt=line.halt))


def delegated(task: str, source: Action, pool: str = "processing") -> Action:
    """A provider's task on a picture."""
    return Action(Delegate("words", task, 1, Params()), (source.key,), f"{source.label} {task}", pool)


def beside(line: Line, watch: Callable[[], None], run: Callable[[], Outcome]) -> Outcome:
    """The outcome of `run` in this thread while `watch` looks on in another; then the gate is opened."""
    wrong: list[BaseException] = []

    def look() -> None:
        try:
            watch()
        except BaseException as error:
            wrong.append(error)
        finally:
            line.gate.set()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        return run()
    finally:
        thread.join()
        assert wrong == []


def with_files(*names: str) -> list[Action]:
    """Icons with a file each."""
    return list(planned(manifest(*map(icon, names))).actions.values())


def drawn(*icons: IconSpec) -> list[Action]:
    """The drawings of some icons, labelled by their names."""
    return [each for each in planned(manifest(*icons)).actions.values() if each.pool == "generation"]
