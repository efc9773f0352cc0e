"""An answer of Iconly becomes what it means: delivered, refused, too many calls, or unclear. By the status first."""

from __future__ import annotations

import re

from iconbuild.errors import BudgetError, CredentialError, IconbuildError, ProviderError, WorkError
from iconbuild.model.purchase import Judgement, Limited, Refused, Reply, Unclear
from iconbuild.providers.iconly.body import is_json, object_of, said, words

_LONGEST_WAIT = 120.0
"""Seconds of `Retry-After` that are believed."""
_KEPT = "nothing was charged for this call, what was bought is kept, and the same command goes on from there"

_SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_EMPTY = re.compile(
    r"insufficient\s+(?:\w+\s+)?(?:token|credit|balance|fund|quota)|(?:out of|not enough) (?:token|credit)"
)
_RIGHTS = re.compile(r"scope|permission|invalid|expired|revoked|not allowed|insufficient\s+(?:access|right|privilege)")
_MONEY = re.compile(r"token|insufficient|credit|balance|quota|fund")


def judge(reply: Reply) -> Judgement:
    """What the answer to a paid or free task means; raises nothing but MemoryError, after which it can be judged again.

    Refused: it did not run. Unclear: it may have run and been charged.
    """
    if reply.status != 200:
        return judge_failure(reply)
    if not is_json(reply):
        return Unclear("the answer is no JSON by its type")
    found = object_of(reply)
    if found is None:
        return Unclear("the answer is no whole JSON object")
    from iconbuild.providers.iconly.delivery import delivered

    return delivered(found)


def judge_failure(reply: Reply) -> Refused | Limited | Unclear:
    """What an answer with another status than 200 means."""
    status = reply.status
    if status == 429:
        return Limited(_wait(reply.headers.get("retry-after", "")))
    error = _refusal(reply)
    if error is not None:
        return Refused(error)
    return Unclear(f"Iconly answered with status {status}{words(reply)}")


def _refusal(reply: Reply) -> IconbuildError | None:
    """The error for an answer that proves that nothing was done; None where it proves nothing."""
    status, why = reply.status, words(reply)
    if 300 <= status < 400:
        return ProviderError(
            f"refused redirect: Iconly answered with status {status}, and a key goes to no other address",
            remedy=f"check ICONBUILD_ICONLY_URL, if it is set; {_KEPT}",
        )
    if status in (400, 413, 422):
        return WorkError(f"Iconly refuses the request{why}", remedy=f"change the icon's settings; {_KEPT}")
    if status == 401:
        return CredentialError(
            f"Iconly refuses the key{why}", remedy=f"check it in Iconly's dashboard under Settings, API Key; {_KEPT}"
        )
    if status == 402 or (status == 403 and _is_about_tokens(said(reply))):
        return BudgetError(
            f"the account at Iconly has not enough tokens{why}", remedy=f"top it up, or wait for new ones; {_KEPT}"
        )
    if status == 403:
        return CredentialError(
            f"Iconly does not allow this with this key or plan{why}",
            remedy=f"references, refinement and iconify need a paid plan at Iconly; {_KEPT}",
        )
    if status in (404, 405):
        return ProviderError(
            f"Iconly does not know the request any more (status {status}){why}: its API has changed",
            remedy=f"update iconbuild, and check ICONBUILD_ICONLY_URL, if it is set; {_KEPT}",
        )
    return None


def _is_about_tokens(error: str) -> bool:
    """Whether a 403 means that tokens are missing: the same code says that the plan or the key does not allow it."""
    text = error.lower()
    if _EMPTY.search(text):
        return True
    return not _RIGHTS.search(text) and bool(_MONEY.search(text))


def _wait(text: str) -> float | None:
    """The seconds of a `Retry-After`; None for anything but a number of them in (0, 120]."""
    if not _SECONDS.fullmatch(text.strip()):
        return None
    seconds = float(text)
    return seconds if 0 < seconds <= _LONGEST_WAIT else None
