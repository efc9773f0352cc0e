"""The provider `local`: a subject becomes a drawing, made from openly licensed artwork on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from iconbuild.errors import NoMatchError, ProviderError
from iconbuild.model.artifact import SCENE, SVG, WARNINGS, Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import FREE, Quote
from iconbuild.model.ports import Limit, RefusedError, Task
from iconbuild.model.values import Json, Params
from iconbuild.providers.local.looks.registry import LOOKS, known_look
from iconbuild.providers.local.packs.pack import Pack
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.request import bind, searched, unheeded

if TYPE_CHECKING:
    from iconbuild.providers.local.packs.artwork import Artwork
    from iconbuild.providers.local.profile import Profile
    from iconbuild.providers.local.search.retrieval import Match
    from iconbuild.providers.local.search.searcher import Choice, Pick, Searcher


class LocalProvider:
    """Draws offline, for nothing, the same bytes every time. Safe to share between threads.

    `cache_dir` is where search indexes are kept between runs; None keeps them in memory only. `packs` are absolute
    paths of Iconify packages, searched in this order and before Phosphor Icons.
    """

    name = "local"

    def __init__(self, cache_dir: str | os.PathLike[str] | None = None, packs: Sequence[str] = ()) -> None:
        self._cache_dir = cache_dir
        self._paths = tuple(packs)

    def equipped(self, root: str, packs: Sequence[str]) -> LocalProvider:
        """This engine with a manifest's packs, paths relative to `root`; raises ProviderError for a bad one."""
        if not packs:
            return self
        engine = LocalProvider(self._cache_dir, [os.path.join(root, path) for path in packs])
        engine._packs  # noqa: B018 (a pack that cannot be read is told here, not in the middle of a plan)
        return engine

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """Everything that decides the picture; raises ValueError with a sentence where it cannot be drawn."""
        request = bind(icon, self._packs, reference=reference)
        if icon.pinned:
            self._check_pinned(icon.pinned, str(request["look"]))
        return request

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """Nothing, exactly."""
        return FREE

    def limit(self, pool: str) -> Limit | None:
        """None: this machine is the limit."""
        return None

    def task(self, name: str) -> Task | None:
        """None: steps run on this machine anyway, and it has no library."""
        del name
        return None

    def check_task(self, name: str, params: Params) -> str:
        """A sentence for every step: see `task`."""
        del params
        return f"the embedded engine has no endpoint for `{name}`"

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """Whether the picture of a request is a clean vector drawing, and if asked, one of a single ink."""
        look = LOOKS[str(request["look"])]
        return bool(look.svg) if not one_ink else look.svg == "ink" and "color" not in _list(request["flags"])

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """Flags and colours that the picture does not show, a sentence each."""
        return unheeded(icon, reference=reference)

    def doubt(self, request: Params) -> str | None:
        """Why the picture may not show its subject, with the best candidates; None where the choice is sure."""
        if request["icon"] is not None:
            return None
        choice = self._chosen(request)
        if choice.confident:
            return None
        return "; ".join(choice.warnings if choice.picks else [_nothing(request), *choice.warnings])

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Draw; raises NoMatchError where nothing fits the subject."""
        from iconbuild.providers.local.studio import draw
        from iconbuild.providers.local.vectors.arrange import Item

        flags = [str(flag) for flag in _list(request["flags"])]
        choice = self._chosen(request)
        if not choice.picks:
            raise NoMatchError(
                "; ".join([_nothing(request), *choice.warnings]),
                remedy='name one with `icon: "ph:..."`; `iconbuild match "other words"` shows what there is',
            )
        profile = _profile(request, flags, reference)
        items = [Item(pick.icon.partition(":")[2], self._artwork(pick), pick.size) for pick in choice.picks]
        data = draw(items, profile).encode()
        facts = {**self._credits(choice), "profile": profile.facts(), WARNINGS: list[Json](choice.warnings)}
        return Payload(data, SVG if data.startswith(b"<svg") else SCENE, Params(facts))

    def match(self, subject: str, count: int = 5, look: str | None = None) -> Match:
        """The best icons for a subject, and whether the first is trusted.

        `look` leaves out packs that it cannot be drawn from; raises ValueError where there is no such look.
        """
        packs = searched(self._packs, known_look(look, "style")) if look else self._packs.values()
        return self._searcher.match(subject, count, [pack.prefix for pack in packs])

    @property
    def witnesses(self) -> tuple[str, ...]:
        """Files whose change can change any picture; none where the artwork is not installed."""
        try:
            return tuple(path for pack in self._packs.values() for path in pack.witnesses)
        except ProviderError:
            return ()

    def styles(self) -> dict[str, str]:
        """The styles drawn here, each with a line for people."""
        return _summaries("style")

    def presets(self) -> dict[str, str]:
        """The presets drawn here, each with a line for people."""
        return _summaries("preset")

    def licences(self) -> list[str]:
        """One line per pack: title, version, licence, author."""
        return [f"{pack.title} {pack.version} ({pack.licence}, {pack.author})" for pack in self._packs.values()]

    @cached_property
    def _packs(self) -> dict[str, Pack]:
        """The packs by prefix, in the order they are searched."""
        packs: list[Pack] = []
        if self._paths:
            from iconbuild.providers.local.packs.iconify import open_pack

            packs += [open_pack(path, self._cache_dir) for path in self._paths]
        found: dict[str, Pack] = {}
        for pack in [*packs, PhosphorPack()]:
            if pack.prefix in found:
                what = (
                    "is that of the built-in Phosphor Icons" if pack.prefix == PhosphorPack.prefix else "is there twice"
                )
                raise ProviderError(
                    f"the packs cannot be told apart: the prefix `{pack.prefix}:` {what}",
                    remedy="take one of them out of `packs`",
                )
            found[pack.prefix] = pack
        return found

    @cached_property
    def _searcher(self) -> Searcher:
        from iconbuild.providers.local.search.searcher import Searcher

        return Searcher(self._packs, self._cache_dir)

    def _chosen(self, request: Params) -> Choice:
        from iconbuild.providers.local.search.searcher import Choice, Pick

        pinned, take = request["icon"], request["take"]
        if isinstance(pinned, str):
            return Choice((Pick(pinned, 1.0),), confident=True)
        prefixes = [pack.prefix for pack in searched(self._packs, str(request["look"]))]
        return self._searcher.choose(str(request["subject"]), prefixes, take if isinstance(take, int) else 1)

    def _artwork(self, pick: Pick) -> Artwork:
        prefix, _, name = pick.icon.partition(":")
        return self._packs[prefix].artwork(name)

    def _credits(self, choice: Choice) -> dict[str, Json]:
        """What was drawn and whose artwork it is; texts where there is one object, lists where there are two."""
        packs = list(dict.fromkeys(self._packs[pick.icon.partition(":")[0]] for pick in choice.picks))
        return {
            "icon": _one_or_all([pick.icon for pick in choice.picks]),
            "score": min(pick.score for pick in choice.picks),
            "confident": choice.confident,
            "artwork": _one_or_all([f"{pack.title} {pack.version}" for pack in packs]),
            "licence": _one_or_all([pack.licence for pack in packs]),
            "author": _one_or_all([pack.author for pack in packs]),
        }

    def _check_pinned(self, pinned: str, look: str) -> None:
        prefix, _, name = pinned.partition(":")
        pack = self._packs[prefix]
        if not pack.has(name):
            near = self._searcher.closest(pinned, 3)
            hint = f"did you mean {' or '.join(near)}?" if near else "`iconbuild match` shows what it has"
            raise RefusedError(f"{pack.title} has no icon `{pinned}`; {hint}", "icon")
        if pack.palette and LOOKS[look].layer != "picture":
            able = ", ".join(name for name, spec in LOOKS.items() if spec.layer == "picture")
            raise RefusedError(
                f"icon `{pinned}` has colours of its own, which `{look}` cannot show; these can: {able}", "icon"
            )


def _profile(request: Params, flags: list[str], reference: Payload | None) -> Profile:
    from iconbuild.providers.local.profile import stored
    from iconbuild.providers.local.tuning import asked, following

    look, color = str(request["look"]), request["color"]
    if reference is None:
        return asked(look, color if isinstance(color, str) else None, flags)
    anchor = stored(reference.facts)
    if anchor is not None:
        return following(look, anchor, flags)
    from iconbuild.providers.local.reference import observed

    return following(look, observed(reference), flags)


def _summaries(kind: str) -> dict[str, str]:
    return {
        name: f"{look.summary}; svg" if look.svg else look.summary for name, look in LOOKS.items() if look.kind == kind
    }


def _nothing(request: Params) -> str:
    return f"no icon fits the subject `{request['subject']}`"


def _one_or_all(texts: list[str]) -> Json:
    return texts[0] if len(set(texts)) == 1 else list[Json](texts)


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, (list, tuple)) else []
