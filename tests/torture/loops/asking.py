"""An order becomes the bytes of an answer, and an answer a picture; nothing is remembered here."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

BROKEN = (OSError, HTTPException, ValueError)
"""What an order may raise once it was begun, besides `RefusedError`."""


class RefusedError(Exception):
    """The server answered with an error; `status` says which."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def ask(subject: str) -> bytes:
    """Order a picture: the body of the answer."""
    return _call("POST", "/generate-icon/", json.dumps({"subject": subject}))


def balance() -> int:
    """The tokens that the server shows now."""
    return int(json.loads(_call("GET", "/tokens/", None))["total_tokens"])


def picture(answer: bytes) -> bytes:
    """The picture in an answer; ValueError where there is none, or not a whole one."""
    told = json.loads(answer.rstrip(b"\0"))
    data = b64decode(told.get("image_data", ""), validate=True)
    if len(data) < 12 or len(data) != int.from_bytes(data[4:8], "little") + 8:
        raise ValueError("this is not a whole WebP file")
    return data


def _call(method: str, path: str, body: str | None) -> bytes:
    address = urlsplit(os.environ["ICONBUILD_ICONLY_URL"])
    connection = HTTPConnection(address.netloc, timeout=1)
    try:
        headers = {"X-API-Key": os.environ["ICONBUILD_ICONLY_KEY"], "Content-Type": "application/json"}
        connection.request(method, address.path + path, body, headers)
        reply = connection.getresponse()
        told = reply.read()
        if reply.status != 200:
            raise RefusedError(reply.status)
        return told
    finally:
        connection.close()
