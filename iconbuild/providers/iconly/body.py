"""The bytes of an answer become a JSON object and words that are safe to show; nothing in them is trusted."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from iconbuild.model.inert import inert
from iconbuild.model.purchase import Reply

_DIGITS = 18
_MOST = 10**12
_KEY = re.compile(r"\b(?:ik|ifk|sk|pk)(?:_|%5[fF])[^\s\"',;]*|[\w+/=%-]{24,}")
"""What may be a key: nobody's key is repeated, in whatever form."""


def object_of(reply: Reply) -> Mapping[str, Any] | None:
    """The JSON object of an answer, None where it is none. Numbers without meaning are None."""
    try:
        found = json.loads(reply.body.decode("utf-8"), parse_int=_integer, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def is_json(reply: Reply) -> bool:
    """Whether the answer says that it is JSON."""
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def amount(value: object) -> Decimal | None:
    """A number of tokens, None for what is none: truth values, texts, negative or endless numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return Decimal(str(value)) if math.isfinite(value) and 0 <= value <= _MOST else None


def said(reply: Reply) -> str:
    """What the provider says is wrong, as it says it: to be understood, and never to be shown."""
    found = object_of(reply)
    text = found.get("error") if found else None
    return text if isinstance(text, str) else ""


def words(reply: Reply) -> str:
    """What the provider says is wrong, in brackets behind a space, or nothing; safe to show.

    At most 300 characters that drive no terminal, without anything that may be a key.
    """
    text = said(reply).strip()
    return f" ({inert(_KEY.sub('***', text))})" if text else ""


def _integer(text: str) -> int | None:
    return int(text) if len(text) <= _DIGITS else None
