"""Steps and files that share one picture: what fails, what is skipped, what is told, what stays open."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import FilesystemError, WorkError
from iconbuild.executor.execute import Job, execute
from iconbuild.model.artifact import PNG, Artifact, Payload
from iconbuild.model.outcome import Outcome
from iconbuild.model.ports import Toolbox
from iconbuild.model.values import ActionKey, Params
from iconbuild.model.work import Action, Apply
from iconbuild.pictures.encode import encode
from iconbuild.pictures.opened import Opened
from tests.builders import Memory, Words, icon, manifest, output, planned, step, theme, toolbox
from tests.executor.test_execute import JOBS, Told

OPAQUE, SHAPE = "a tile", "a shape"
PAINT = step("recolor", "#0f172a")
THEMES = (theme("light", PAINT), theme("dark", step("recolor", "#fff"), step("smooth", 2)))
FILES = output("files", {"dir": "dist", "sizes": [8, 16]})
SPRITE = output("sprite", "sprite.png")


class Pictures(Words):
    """Draws a shape; `a tile` has no transparency, so that no step can paint it."""

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """A PNG."""
        image = Image.new("RGBA", (32, 32), (9, 90, 200, 255) if request["subject"] == OPAQUE else (0, 0, 0, 0))
        image.paste((200, 90, 9, 255), (8, 8, 20, 20))
        return Payload(encode(image, "png"), PNG, spent=self.quote(request, Decimal(0)))


def tools(store: Memory | None = None) -> Toolbox:
    return toolbox(store)._replace(providers={"words": Pictures()})


def todo(*subjects: str, sprite: bool = False) -> list[Action]:
    """Icons with two steps, two themes and two sizes, in a sprite if asked."""
    icons = (
        icon(f"i{place}", subject=subject, steps=(step("crop", 10), step("thickness", 2)))
        for place, subject in enumerate(subjects)
    )
    outputs = (FILES, SPRITE) if sprite else (FILES,)
    return list(planned(manifest(*icons, themes=THEMES, outputs=outputs)).actions.values())


def run(
    actions: Sequence[Action],
    jobs: int = 1,
    *,
    told: Told | None = None,
    keep_going: bool = True,
    store: Memory | None = None,
    keep: frozenset[ActionKey] = frozenset(),
) -> Outcome:
    return execute(actions, Job(tools(store), "/nowhere", {}, told or Told(), jobs, keep_going, keep))


def tools_of(actions: Sequence[Action]) -> list[str]:
    return [action.work.tool for action in actions if isinstance(action.work, Apply)]


def of_icon(actions: Sequence[Action], name: str) -> list[Action]:
    return [action for action in actions if action.label.split("/")[-1].split(" ")[0].split("-")[0] == name]


@pytest.mark.parametrize("jobs", JOBS)
def test_what_only_steps_use_is_neither_kept_nor_told(jobs: int) -> None:
    store, told, actions = Memory(), Told(), todo(SHAPE)
    outcome = run(actions, jobs, told=told, store=store)
    kept = [action for action in actions if action.key in store.artifacts]
    assert sorted(tools_of(kept)) == sorted(["recolor", "smooth", *["files"] * 4])
    assert outcome.results.keys() == store.artifacts.keys()
    assert told.events[0] == ("begin", str(len(kept)))
    assert sum(event == "finished" for event, _ in told.events) == len(kept)
    assert (outcome.failures, outcome.skipped, outcome.processed) == ((), (), len(actions) - 1)


def test_a_step_that_is_worth_keeping_is_kept() -> None:
    store, actions = Memory(), todo(SHAPE)
    crop = next(action.key for action in actions if isinstance(action.work, Apply) and action.work.tool == "crop")
    run(actions, store=store, keep=frozenset({crop}))
    assert crop in store.artifacts


@pytest.mark.parametrize("jobs", JOBS)
def test_a_step_that_fails_takes_what_needs_it_and_nothing_else(jobs: int) -> None:
    actions = todo(OPAQUE, SHAPE, sprite=True)
    outcome = run(actions, jobs)
    assert [failure.action.label for failure in outcome.failures] == ["i0 (light)", "i0 (dark)"]
    assert all("no transparent part" in failure.error.message for failure in outcome.failures)
    assert sorted(tools_of(outcome.skipped)) == sorted(["smooth", *["files"] * 4, "sprite", "sprite"])
    made = [action for action in actions if action.key in outcome.results]
    assert tools_of(of_icon(made, "i1")).count("files") == 4
    assert not [action for action in of_icon(made, "i0") if isinstance(action.work, Apply)]


def test_fail_fast_stops_within_a_picture_too() -> None:
    outcome = run(todo(OPAQUE, SHAPE), keep_going=False)
    assert [failure.action.label for failure in outcome.failures] == ["i0 (light)"]
    assert "files" not in [
        tool for key in outcome.results for tool in tools_of([a for a in todo(SHAPE) if a.key == key])
    ]


@given(st.lists(st.sampled_from([OPAQUE, SHAPE]), max_size=4), st.integers(1, 4), st.booleans(), st.booleans())
@settings(max_examples=20, deadline=None)
def test_each_action_has_one_end_and_each_end_a_beginning(
    kinds: list[str], jobs: int, keep_going: bool, sprite: bool
) -> None:
    # Different subjects: equal pictures would be one action.
    actions = todo(*(kind if kind == OPAQUE else f"{kind} {place}" for place, kind in enumerate(kinds)), sprite=sprite)
    told = Told()
    outcome = run(actions, jobs, told=told, keep_going=keep_going)
    failed = [failure.action for failure in outcome.failures]
    keys = [action.key for action in (*failed, *outcome.skipped)]
    assert len(set(keys)) == len(keys)
    ended = set(keys) | outcome.results.keys()
    assert all(
        tool in ("canvas", "crop", "thickness", "recolor")
        for tool in tools_of([a for a in actions if a.key not in ended])
    )
    begun = [label for event, label in told.events if event == "started"]
    done = [label for event, label in told.events if event in ("finished", "failed")]
    assert sorted(begun) == sorted(done)
    assert told.events[-1] == ("end", "")


class Full(Memory):
    """A store whose disk is full once so many results are in it."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def record(self, action: Action, payload: Payload) -> Artifact:
        """Refuses what there is no room for."""
        if len(self.artifacts) == self._room:
            raise OSError(28, "No space left on device")
        return super().record(action, payload)


@pytest.mark.parametrize("room", [0, 1, 3])
def test_a_full_disk_ends_the_run_in_the_middle_of_a_picture(room: int) -> None:
    store = Full(room)
    with pytest.raises(FilesystemError, match="No space left"):
        run(todo(SHAPE, "another"), store=store)
    assert len(store.artifacts) == room


def test_few_pictures_are_open_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many themes hang on one picture: each chain is let go before the next one is begun."""
    alive: weakref.WeakSet[Opened] = weakref.WeakSet()
    most = [0]
    begin = Opened.__init__

    def counted(self: Opened, payload: Payload) -> None:
        begin(self, payload)
        gc.collect()
        alive.add(self)
        most[0] = max(most[0], len(alive))

    monkeypatch.setattr(Opened, "__init__", counted)
    themes = tuple(theme(f"t{place}", step("thickness", place + 1), step("crop", 5), PAINT) for place in range(8))
    made = manifest(icon("home", subject=SHAPE, steps=(step("crop", 10),)), themes=themes, outputs=(FILES,))
    outcome = run(list(planned(made).actions.values()))
    assert not outcome.failures
    assert most[0] <= 5


@pytest.mark.parametrize("wrong", [WorkError("no"), ZeroDivisionError("ours")])
def test_what_cannot_be_kept_is_not_built_upon(wrong: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    actions = todo(SHAPE)
    finished = next(action for action in actions if isinstance(action.work, Apply) and action.work.tool == "smooth")

    class Choosy(Memory):
        def record(self, action: Action, payload: Payload) -> Artifact:
            if action.key == finished.key:
                raise wrong
            return super().record(action, payload)

    outcome = run(actions, store=Choosy())
    assert [failure.action.key for failure in outcome.failures] == [finished.key]
    users: Mapping[ActionKey, Action] = {action.key: action for action in actions if finished.key in action.inputs}
    assert users.keys() <= {action.key for action in outcome.skipped}
