"""requests and urllib3 as they are needed here: what they decide by themselves is fixed or left out.

Redirects, cookies, proxies and netrc belong to requests' Session, which is not used: its transport adapter is. The key
is added where the header lines are written, so that no object which an exception may hold has it.
"""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPResponse, IncompleteRead
from typing import Any, NamedTuple

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection


class Hooks(NamedTuple):
    """What happens at three moments of a request."""

    dial: Callable[[], socket.socket]
    """A connection is needed."""
    depart: Callable[[], None]
    """The first byte that counts is about to leave."""
    signed: Callable[[Mapping[str, Any]], dict[str, Any]]
    """The header lines are about to be written, and need the key."""


class Body:
    """A body that says when it is first asked for: then the connection stands and the header lines are out."""

    def __init__(self, data: bytes, depart: Callable[[], None]) -> None:
        self._data, self._depart = data, depart

    def read(self, _size: int = -1) -> bytes:
        """Everything, once."""
        data, self._data = self._data, b""
        if data:
            self._depart()
        return data


class Transport(HTTPAdapter):
    """requests' transport with connections of ours; it never tries twice."""

    def __init__(self, hooks: Hooks, context: ssl.SSLContext | None) -> None:
        self._hooks, self._context = hooks, context
        self._pool: Any = None
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Add our context, which is the only one that verifies."""
        super().init_poolmanager(*args, **options, ssl_context=self._context)

    def cert_verify(self, *_: Any) -> None:
        """Nothing: the context has its certificates, and verifies."""

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        """A pool of one connection of ours."""
        pool: Any = super().get_connection_with_tls_context(*args, **options)
        kind: Any = _Plain if self._context is None else _Secure
        pool.ConnectionCls = partial(kind, hooks=self._hooks)
        self._pool = pool
        return pool

    def close(self) -> None:
        """Close the connection now: urllib3 leaves that to whoever collects the garbage."""
        if self._pool is not None:
            self._pool.close()
        super().close()


class _Ours:
    """What both kinds of connection do differently."""

    sock: Any
    connect: Callable[[], None]

    def __init__(self, *args: Any, hooks: Hooks, **options: Any) -> None:
        super().__init__(*args, **options)
        self._hooks = hooks

    def _new_conn(self) -> socket.socket:
        return self._hooks.dial()

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any) -> None:
        """Connect first: a request without a body is on its way with its first line."""
        if self.sock is None:
            self.connect()
        if body is None:
            self._hooks.depart()
        super().request(method, url, body, self._hooks.signed(headers), **options)  # type: ignore[misc]


class _Lines(io.BufferedReader):
    """Remembers whether a line had no end, which http.client takes for a line like all others."""

    torn, ended = False, False

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next line."""
        line = super().readline(size)
        self.ended = not line
        self.torn |= bool(line) and not line.endswith(b"\n") and len(line) != size
        return line


class _Answer(HTTPResponse):
    """An answer whose head or whose chunk lines are cut is not whole."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lines = _Lines(self.fp.detach())
        self.fp = self._lines

    def begin(self) -> None:
        """Read the head."""
        super().begin()
        if self._lines.torn or self._lines.ended:
            raise IncompleteRead(b"")

    def read1(self, n: int = -1) -> bytes:
        """The next piece of the body."""
        data = super().read1(n)
        if self._lines.torn:
            raise IncompleteRead(b"")
        return data


class _Plain(_Ours, HTTPConnection):
    response_class = _Answer


class _Secure(_Ours, HTTPSConnection):
    response_class = _Answer
