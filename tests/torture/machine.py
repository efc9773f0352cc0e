"""Days in the life of a project: edits, kills, lies, lost files and builds in any order, and nothing paid twice."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.torture.faults import CLEAR, UNCLEAR
from tests.torture.subject import TWO, Ended, Subject, trial
from tests.torture.sweep import Point, struck
from tests.torture.till import Shop
from tests.torture.verdict import DONE, UNKNOWN, fell_over, glimpsed, judged, leaked

Maker = Callable[[Mapping[str, str]], Subject]
"""The subject that makes these outputs, by the subject of each icon."""

PATHS, TASTES = st.sampled_from(sorted(TWO.values())), st.integers(0, 5)
LIES = {name: fault for name, fault in {**UNCLEAR, **CLEAR}.items() if "delay" not in fault and "headers" not in fault}
"""Bad answers that nobody has to wait for."""


def lived(maker: Maker, shop: Shop, base: Path, found: Sequence[Point], *, examples: int, steps: int) -> None:
    """Play so many lives; AssertionError tells which promise was broken by which steps."""
    numbers = count()

    class Life(RuleBasedStateMachine):
        """One project and one customer."""

        def __init__(self) -> None:
            super().__init__()
            self.paths = {path: subject for subject, path in TWO.items()}
            self.trial = trial(maker(TWO), shop, base / f"life-{next(numbers)}", late=5)
            self.allowed: Counter[str] = Counter()

        @rule(path=PATHS, taste=TASTES, name=st.sampled_from(sorted(LIES)))
        def lie(self, path: str, taste: int, name: str) -> None:
            """Somebody wants another picture, and its order is answered badly."""
            self.edit(path, taste)
            shop.script(self.trial.key, LIES[name])
            self.check(self.trial.run())

        @rule(path=PATHS, taste=TASTES, number=st.integers(0, len(found) - 1))
        def kill(self, path: str, taste: int, number: int) -> None:
            """Somebody wants another picture, and the run is killed at a call."""
            self.edit(path, taste)
            point = found[number]
            self.check(struck(self.trial, point, "signal=KILL"))

        @rule()
        def build(self) -> None:
            """Run it."""
            self.check(self.trial.run())

        @rule(name=st.sampled_from(["cache", "project/dist"]))
        def lose(self, name: str) -> None:
            """Somebody cleans up: what costs money is not there."""
            shutil.rmtree(self.trial.disk / name, ignore_errors=True)
            (self.trial.project / "dist").mkdir(exist_ok=True)

        @rule()
        def decide(self) -> None:
            """Run it; if an outcome is unknown, order again, knowing that it may be paid twice."""
            ended = self.trial.run()
            self.check(ended)
            if ended.code == UNKNOWN:
                self.allowed.update(self.absent())
                self.check(self.trial.run(words=self.trial.subject.retry))

        def edit(self, path: str, taste: int) -> None:
            """Ask for another picture in a place, or for one that was there before."""
            original = next(subject for subject, place in TWO.items() if place == path)
            self.paths[path] = f"{original} {taste}" if taste else original
            self.trial = self.trial._replace(subject=maker({subject: path for path, subject in self.paths.items()}))
            (self.trial.project / self.trial.subject.outputs[self.paths[path]]).unlink(missing_ok=True)
            self.trial.write()

        def absent(self) -> list[str]:
            """The icons that are not there."""
            outputs = self.trial.subject.outputs
            return [subject for subject, path in outputs.items() if not (self.trial.project / path).exists()]

        def check(self, ended: Ended) -> None:
            """What has to hold at any moment."""
            assert not glimpsed(self.trial)
            assert not fell_over([ended])
            counts = self.trial.truth().counts
            twice = {icon: sold for icon, sold in counts.items() if sold > 1 + self.allowed[icon]}
            assert not twice, f"sold more often than anybody asked for: {twice}"

        def teardown(self) -> None:
            """In the end everything is there, or said to be unknown and there once somebody decides."""
            shop.script(self.trial.key)
            self.decide()
            ended = self.trial.run()
            wrong = [said for said in judged(self.trial, ended) if said.kind != "double"]
            assert not wrong
            assert ended.code == DONE, ended
            assert not leaked(self.trial)
            shutil.rmtree(self.trial.folder)

    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
