"""A picture is saved to Iconly's library unless it is there; the result is the same either way.

Saving twice makes a second icon with `-2` behind its name, so it is listed first, and listed again before a save whose
outcome nobody knows would be repeated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from iconbuild.errors import WorkError
from iconbuild.model.artifact import JSON, Payload
from iconbuild.model.purchase import BrokenOffError, Limited, NotSentError, Refused, Reply
from iconbuild.model.trade import Call
from iconbuild.model.values import canonical
from iconbuild.model.work import Action, Delegate
from iconbuild.providers.iconly.answers import judge_failure
from iconbuild.providers.iconly.body import is_json, object_of, words
from iconbuild.providers.iconly.delivery import FACTS, changed
from iconbuild.providers.iconly.messages import LIST, addition

_MOST_SAVES = 2
_AGAIN = "run the same command again: it looks first whether the icon is there"
_SHAPES = {
    "css_class": re.compile(r"ci ci-[a-z0-9][a-z0-9_-]{0,199}"),
    "icon_id": re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "slug": re.compile(r"[a-z0-9][a-z0-9_-]{0,199}"),
    "url": re.compile(
        r"(?:https://(?:[a-z0-9-]{1,63}\.){0,3}iconly\.ai|http://(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?)"
        r"/[A-Za-z0-9._~%/-]{1,500}"
    ),
}
"""They end up in HTML and style sheets, so nothing else is let through."""


def slug_of(name: str) -> str:
    """The slug that a name gets: small letters and digits, a hyphen for everything else."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def save(action: Action, inputs: Sequence[Payload], call: Call, superseded: str = "") -> Payload:
    """JSON with `css_class`, `icon_id`, `slug` and `url` of the saved icon.

    No way to replace an icon is documented: where `superseded` is the id of an earlier picture, the new one is saved
    beside it and gets a slug of its own.

    Raises WorkError where it could not be saved, CredentialError, BudgetError and ProviderError as Iconly refuses.
    """
    if not isinstance(action.work, Delegate) or len(inputs) != 1:
        raise TypeError("only one finished picture is saved to a library")
    params = action.work.params
    name = str(params["name"])
    message = addition(params, inputs[0])
    for _ in range(_MOST_SAVES):
        saved = _listed(name, call, superseded)
        if saved is not None:
            return saved
        try:
            reply = call(message, "upload")
        except NotSentError as error:
            raise WorkError(f"`{name}` was not saved: {error}", remedy=_AGAIN) from None
        except BrokenOffError:
            continue
        if reply.status != 200:
            _raise_refusal(name, reply)
            continue
        saved = _added(name, reply, call, superseded)
        if saved is not None:
            return saved
    saved = _listed(name, call, superseded)
    if saved is None:
        raise WorkError(f"`{name}` could not be saved to Iconly's library", remedy=_AGAIN)
    return saved


def _listed(name: str, call: Call, superseded: str) -> Payload | None:
    """The saved icon of this name, None where there is none. No limit is documented for the list; ours is cautious."""
    try:
        reply = call(LIST, "processing")
    except (NotSentError, BrokenOffError) as error:
        raise WorkError(f"Iconly's library could not be listed: {error}", remedy=_AGAIN) from None
    if reply.status != 200:
        _raise_refusal(name, reply)
        raise WorkError(f"Iconly's library could not be listed (status {reply.status}){words(reply)}", remedy=_AGAIN)
    found = object_of(reply) if is_json(reply) else None
    icons = found.get("icons") if found else None
    if not isinstance(icons, list) or not all(map(_is_named, icons)):
        raise changed("icons")
    ids = [icon.get("id") for icon in icons]
    if superseded in ids:
        # The list begins with the newest: what was saved after the earlier picture is the new one, by a run that died.
        newer = [icon for icon in icons[: ids.index(superseded)] if icon["name"] == name]
        return _told({**newer[0], "icon_id": newer[0].get("id")}) if newer else None
    # Where names have met before, the first that was saved has the plain slug.
    same = [icon for icon in icons if icon["slug"] == slug_of(name)] or [icon for icon in icons if icon["name"] == name]
    return _told({**same[-1], "icon_id": same[-1].get("id")}) if same else None


def _added(name: str, reply: Reply, call: Call, superseded: str) -> Payload | None:
    """What an addition tells; None where it may or may not have been done."""
    found = object_of(reply) if is_json(reply) else None
    if found is None:
        return None
    if found.get("success") is not True:
        raise WorkError(f"`{name}` was not saved to Iconly's library{words(reply)}", remedy=_AGAIN)
    slug = str(found.get("css_class")).removeprefix("ci ci-")
    saved = _told({**found, "slug": slug})
    # Another slug than the plain one: somebody else was faster, or names are made otherwise. The list decides.
    return saved if slug == slug_of(name) else _listed(name, call, superseded) or saved


def _is_named(icon: object) -> bool:
    """Whether an entry of the list can be compared: without names everything would be saved again and again."""
    return isinstance(icon, dict) and all(isinstance(icon.get(field), str) for field in ("slug", "name"))


def _told(icon: Mapping[str, Any]) -> Payload:
    told = {field: icon.get(field) for field in _SHAPES}
    for field, shape in _SHAPES.items():
        if not isinstance(told[field], str) or not shape.fullmatch(str(told[field])):
            raise changed(field)
    return Payload(canonical(told).encode(), JSON, FACTS)


def _raise_refusal(name: str, reply: Reply) -> None:
    """Raise what a refusal means; nothing is raised where the call may have done its work."""
    judgement = judge_failure(reply)
    if isinstance(judgement, Refused):
        raise judgement.error
    if isinstance(judgement, Limited):
        raise WorkError(f"`{name}` was not saved to Iconly's library: too many calls", remedy=_AGAIN)
