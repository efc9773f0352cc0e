"""What the sandbox says: data becomes an answer, and what it refuses becomes one with a status and a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.model.values import Json

JSON_MEDIA = "application/json"


class Answer(NamedTuple):
    """A response before anything is sent of it; `headers` come beside the content's type and length."""

    status: int
    body: bytes
    media: str = JSON_MEDIA
    headers: Mapping[str, str] = {}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request that is answered with an error; the message is for whoever sent it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message

    @property
    def answer(self) -> Answer:
        """The documented form of every error."""
        return answer({"error": self.message}, self.status)


def answer(data: Mapping[str, Json], status: int = 200) -> Answer:
    """`data` as JSON."""
    return Answer(status, json.dumps(data).encode())
