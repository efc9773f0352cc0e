"""What a trial left becomes a verdict: the till, the outputs, the last exit code and every file are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image

from tests.torture.canary import leaks
from tests.torture.subject import Ended, Trial

DONE, UNKNOWN = 0, 9

Kind = Literal["double", "half", "lost", "missing", "stuck", "budget", "books", "leak", "traceback"]
"""What may be wrong.

double: charged twice and nobody asked for it. half: an output that is not whole. lost: paid, not delivered, not said.
missing: said to be done, and it is not. stuck: a run that nothing disturbed neither ends well nor says that an outcome
is unknown. budget: charged more than allowed. books: its own books know of less than was charged. leak: the key in a
file or a message. traceback: it fell over.
"""


class Violation(NamedTuple):
    """One promise that was broken, and where to see it."""

    kind: Kind
    words: str


class Verdict(NamedTuple):
    """What is to be said of one trial."""

    name: str
    violations: tuple[Violation, ...]
    struck: bool = True
    """Whether the fault happened at all."""
    reported: bool = False
    """Whether the last run said that an outcome is unknown."""


class Tally(NamedTuple):
    """What is to be said of all trials of a sweep."""

    verdicts: tuple[Verdict, ...]

    @property
    def kinds(self) -> Counter[Kind]:
        """In how many trials each promise was broken."""
        return Counter(kind for verdict in self.verdicts for kind in {said.kind for said in verdict.violations})

    @property
    def struck(self) -> int:
        """In how many trials the fault happened."""
        return sum(verdict.struck for verdict in self.verdicts)

    @property
    def reported(self) -> int:
        """How many trials ended with an outcome that was said to be unknown."""
        return sum(verdict.reported for verdict in self.verdicts)

    def __str__(self) -> str:
        head = f"{len(self.verdicts)} trials, {self.struck} struck, {self.reported} reported, {dict(self.kinds)}"
        bad = [f"{verdict.name}: {said.kind}: {said.words}" for verdict in self.verdicts for said in verdict.violations]
        return "\n".join([head, *bad[:20]])


def glimpsed(trial: Trial) -> list[Violation]:
    """What anybody may see at any moment: an output is whole or not there."""
    places = {path: trial.project / path for path in trial.subject.outputs.values()}
    return [Violation("half", path) for path, place in places.items() if place.exists() and not whole(place)]


def judged(trial: Trial, ended: Ended) -> list[Violation]:
    """What is wrong after a last run that nothing disturbed."""
    found = glimpsed(trial) + fell_over([ended])
    truth, booked = trial.truth(), trial.booked()
    counts = truth.counts
    if booked is not None and booked < truth.tokens:
        found.append(Violation("books", f"{booked} of {truth.tokens} tokens"))
    absent = [icon for icon, path in trial.subject.outputs.items() if not (trial.project / path).exists()]
    found += [Violation("double", f"{icon!r} was sold {count} times") for icon, count in counts.items() if count > 1]
    if ended.code == DONE:
        found += [Violation("missing", icon) for icon in absent]
    elif ended.code != UNKNOWN:
        found.append(Violation("stuck", f"exit {ended.code}: {ended.said[-300:]}"))
        found += [Violation("lost", icon) for icon in absent if counts[icon]]
    elif not absent:
        found.append(Violation("stuck", "an outcome is said to be unknown, and everything is there"))
    return found


def leaked(trial: Trial) -> list[Violation]:
    """Every place in which the trial's key can be read."""
    return [Violation("leak", str(path.relative_to(trial.folder))) for path in leaks(trial.folder, [trial.key])]


def fell_over(endings: Sequence[Ended]) -> list[Violation]:
    """Runs that ended in a traceback or did not end."""
    signs = ("Traceback (most recent call last)", "IT NEVER ENDED")
    return [
        Violation("traceback", ended.said.strip().splitlines()[-1][:300])
        for ended in endings
        if any(sign in ended.said for sign in signs)
    ]


def over_budget(trial: Trial, budget: int) -> list[Violation]:
    """Charges beyond what was allowed."""
    spent = trial.truth().tokens
    return [Violation("budget", f"{spent} of {budget} tokens")] if spent > budget else []


def whole(path: Path) -> bool:
    """Whether a file is a picture from its first byte to its last."""
    data = path.read_bytes()
    if data[:4] == b"RIFF" and len(data) != int.from_bytes(data[4:8], "little") + 8:
        return False
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def tallied(verdicts: Iterable[Verdict]) -> Tally:
    """All verdicts of a sweep."""
    return Tally(tuple(verdicts))
