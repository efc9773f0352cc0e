"""The provider `local`: a subject becomes an SVG document, drawn from openly licensed artwork on this machine."""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from iconbuild.errors import NoMatchError, ProviderError
from iconbuild.model.artifact import SVG, Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import FREE, Quote
from iconbuild.model.ports import Limit
from iconbuild.model.values import Json, Params
from iconbuild.providers.local.looks import PRESETS, STYLES
from iconbuild.providers.local.pack import PhosphorPack
from iconbuild.providers.local.request import NOT_HONOURED, bind

if TYPE_CHECKING:
    from iconbuild.providers.local.profile import Profile
    from iconbuild.providers.local.retrieval import Candidate, Match, Retrieval

_SEARCHED = 60  # candidates looked at for a take: enough for a dozen different families


class LocalProvider:
    """Draws offline, for nothing, the same bytes every time. Safe to share between threads.

    `cache_dir` is where the search index is kept between runs; None keeps it in memory only.
    """

    name = "local"

    def __init__(self, cache_dir: str | os.PathLike[str] | None = None) -> None:
        self._cache_dir = cache_dir
        self._pack = PhosphorPack()
        self._lock = Lock()

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """Everything that decides the picture; raises ValueError with a sentence where it cannot be drawn."""
        request = bind(icon, reference=reference, prefix=self._pack.prefix, version=self._pack.version)
        if icon.pinned and not self._pack.has(icon.pinned.partition(":")[2]):
            near = self._retrieval.closest(icon.pinned.partition(":")[2], 3)
            hint = f"did you mean {' or '.join(near)}?" if near else "`iconbuild match` shows what it has"
            raise ValueError(f"{self._pack.title} has no icon `{icon.pinned}`; {hint}")
        return request

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """Nothing, exactly."""
        return FREE

    def limit(self, pool: str) -> Limit | None:
        """None: this machine is the limit."""
        return None

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Draw; raises NoMatchError where nothing fits the subject or the pinned icon does not exist."""
        from iconbuild.providers.local.studio import draw

        flags = [str(flag) for flag in _list(request["flags"])]
        warnings = [NOT_HONOURED[flag] for flag in flags if flag in NOT_HONOURED]
        chosen, confident = self._choose(request, warnings)
        name = chosen.icon.partition(":")[2]
        profile = _profile(request, flags, reference)
        data = draw(name, self._pack.artwork(name), profile).encode()
        facts: dict[str, Json] = {
            "icon": chosen.icon,
            "score": chosen.score,
            "confident": confident,
            "artwork": f"{self._pack.title} {self._pack.version}",
            "licence": self._pack.licence,
            "author": self._pack.author,
            "profile": profile.facts(),
            "warnings": list[Json](warnings),
        }
        return Payload(data, SVG, Params(facts))

    def match(self, subject: str, count: int = 5) -> Match:
        """The best icons for a subject, and whether the first is trusted."""
        return self._retrieval.match(subject, count)

    def candidates(self, subject: str, count: int = 5) -> list[Candidate]:
        """The best icons for a subject, best first."""
        return list(self.match(subject, count).candidates)

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Files whose change can change any picture; none where the artwork is not installed."""
        try:
            return (self._pack.version_file,)
        except ProviderError:
            return ()

    def styles(self) -> dict[str, str]:
        """The styles drawn here, each with a line for people."""
        return {name: look.summary for name, look in STYLES.items()}

    def presets(self) -> dict[str, str]:
        """The presets drawn here, each with a line for people."""
        return {name: look.summary for name, look in PRESETS.items()}

    def licences(self) -> list[str]:
        """One line per installed pack: title, version, licence, author."""
        pack = self._pack
        return [f"{pack.title} {pack.version} ({pack.licence}, {pack.author})"]

    @property
    def _retrieval(self) -> Retrieval:
        with self._lock:
            return self._opened

    @cached_property
    def _opened(self) -> Retrieval:
        from iconbuild.providers.local.index import open_index
        from iconbuild.providers.local.retrieval import Retrieval

        return Retrieval(self._pack.prefix, open_index(self._pack, self._cache_dir))

    def _choose(self, request: Params, warnings: list[str]) -> tuple[Candidate, bool]:
        pinned = request["icon"]
        if isinstance(pinned, str):
            return self._existing(pinned), True
        subject, take = str(request["subject"]), request["take"]
        match = self._retrieval.match(subject, _SEARCHED)
        if not match.candidates:
            raise NoMatchError(
                f"no icon of {self._pack.title} fits the subject `{subject}`",
                remedy='name one with `icon: "ph:..."`; `iconbuild match "other words"` shows what there is',
            )
        families = self._retrieval.families(match.candidates)
        number = take if isinstance(take, int) and take > 1 else 1
        if number > len(families):
            fit = f"{len(families)} kind{'s' if len(families) > 1 else ''} of icon"
            warnings.append(f"only {fit} can stand for `{subject}`, take {number} draws the last")
        if not match.confident:
            warnings.append(_doubt(subject, match))
        return families[min(number, len(families)) - 1], match.confident

    def _existing(self, pinned: str) -> Candidate:
        from iconbuild.providers.local.retrieval import Candidate

        name = pinned.partition(":")[2]
        try:
            self._pack.artwork(name)
        except KeyError:
            near = self._retrieval.closest(name, 3)
            raise NoMatchError(
                f"{self._pack.title} has no icon `{pinned}`",
                remedy=f"did you mean {' or '.join(near)}?" if near else 'see `iconbuild match "subject"`',
            ) from None
        return Candidate(pinned, 1.0)


def _profile(request: Params, flags: list[str], reference: Payload | None) -> Profile:
    from iconbuild.providers.local.profile import asked, following, stored

    look, color = str(request["look"]), request["color"]
    if reference is None:
        return asked(look, color if isinstance(color, str) else None, flags)
    anchor = stored(reference.facts)
    if anchor is None:
        from iconbuild.providers.local.reference import observed

        anchor = observed(reference)
    return following(look, anchor)


def _doubt(subject: str, match: Match) -> str:
    listed = ", ".join(f"{found.icon} ({found.score:.2f})" for found in match.candidates[:3])
    if match.stand_in:
        first = match.candidates[0].icon
        return f"the artwork has no {match.stand_in} for `{subject}`, {first} stands in; best: {listed}"
    return f"not sure what shows `{subject}`; best: {listed}; choose one with `icon:`"


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, (list, tuple)) else []
