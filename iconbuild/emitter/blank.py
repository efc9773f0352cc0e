"""Files that show nothing or are misshapen become failures: they are published only where somebody allows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from iconbuild.emitter.emit import Made, differing
from iconbuild.errors import PictureError
from iconbuild.model.artifact import BLANK, Artifact
from iconbuild.model.outcome import Failure, Outcome
from iconbuild.model.session import Found
from iconbuild.model.work import Action, Plan, Target

_REMEDY = "look at its artwork and its steps, or write it all the same with --allow-blank"


def withhold_blank(
    plan: Plan, targets: Sequence[Target], found: Mapping[str, Found], made: Made, outcome: Outcome
) -> tuple[Made, Outcome]:
    """`made` without the files that would be written and show nothing; `outcome` with a failure for each such icon.

    What is in place was allowed when it was written, and stays.
    """
    showing_nothing = [target for target in targets if _answers(made.get(target.key))]
    differ = set(differing(showing_nothing, found, made))
    blank = [target for target in showing_nothing if target.path in differ]
    withheld = {target.key for target in blank}
    blamed: dict[tuple[str, str], list[Target]] = {}
    for target in blank:
        for icon, why in _blame(plan, target, made[target.key]):
            blamed.setdefault((icon, why), []).append(target)
    failures = tuple(_failure(plan, icon, why, files) for (icon, why), files in blamed.items())
    left = {key: artifact for key, artifact in made.items() if key not in withheld}
    return left, outcome._replace(failures=outcome.failures + failures)


def _answers(artifact: Artifact | None) -> Mapping[str, object]:
    answers = artifact.facts.get(BLANK) if artifact and artifact.facts else None
    return answers if isinstance(answers, Mapping) else {}


def _blame(plan: Plan, target: Target, artifact: Artifact) -> Iterator[tuple[str, str]]:
    """The icons of a file that show nothing, and what is seen instead; a file of the set takes all icons in order."""
    names = [target.icon] if target.icon else [icon.name for icon in plan.icons]
    for place, name in enumerate(names):
        if why := _answers(artifact).get(str(place)):
            yield name, str(why)


def _failure(plan: Plan, icon: str, why: str, files: Sequence[Target]) -> Failure:
    made = plan.actions[files[0].key]
    more = f", nor {'is' if len(files) == 2 else 'are'} {len(files) - 1} more with it" if len(files) > 1 else ""
    error = PictureError(f"the picture of `{icon}` {why}; the file is not written{more}", remedy=_REMEDY)
    # Equal pictures share an action, which is labelled by the first of their files.
    return Failure(Action(made.work, made.inputs, files[0].path, made.pool), error)
