"""One message becomes one request, and one answer piece by piece, or an error that says how far it got."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import requests
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from iconbuild import __version__
from iconbuild.errors import FilesystemError
from iconbuild.model.purchase import BrokenOffError, NotSentError
from iconbuild.model.secret import Secret
from iconbuild.providers.http.address import Base
from iconbuild.providers.http.transport import Body, Hooks, Transport
from iconbuild.providers.http.watch import Watch
from iconbuild.providers.http.words import words

_PIECE = 1 << 16
_GRACE = 2.0
"""Seconds by which a socket is more patient than the watch over the whole call, so that one of them decides."""
_KEPT_HEADERS = ("content-type", "content-length", "retry-after")
_LONGEST_HEADER = 200
_Result = TypeVar("_Result")


def trusted() -> ssl.SSLContext:
    """Verified TLS by the roots that come with requests; made by hand, since all other ways ask the environment.

    Raises FilesystemError where the roots cannot be read.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    except OSError as error:
        message = f"cannot read the certificates in {DEFAULT_CA_BUNDLE_PATH}: {error.strerror or error}"
        raise FilesystemError(message, remedy="install the package certifi again") from error
    return context


class Exchange:
    """One request and its answer; used as a context, at whose end the connection is closed."""

    def __init__(
        self,
        base: Base,
        key: tuple[str, Secret],
        context: ssl.SSLContext | None,
        watch: Watch,
        connect: float,
        sending: Callable[[], None],
    ) -> None:
        self._base, self._key, self._watch, self._connect, self._sending = base, key, watch, connect, sending
        self._adapter = Transport(Hooks(self._dial, self._depart, self._signed), context)
        self._answer: requests.Response | None = None
        self._departed = False
        self._stopped: Exception | None = None

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_: object) -> None:
        if self._answer is not None:
            self._answer.raw.close()
        self._adapter.close()

    def ask(self, method: str, url: str, body: bytes) -> tuple[int, Mapping[str, str]]:
        """Send, and take the status and the headers that matter. Raises as `HttpWire.send` does."""
        request = requests.PreparedRequest()
        request.prepare(method=method, url=url, headers=_headers(body))
        if body:
            request.body = Body(body, self._depart)  # type: ignore[assignment]  # all that urllib3 asks of it is `read`
        left = self._watch.left() + _GRACE
        ask = partial(self._adapter.send, request, stream=True, timeout=(left, left), proxies={})
        answer = self._answer = self._guarded(ask)
        if not self._departed:  # the other side answered the head of a request and hung up: there was nothing to run
            raise NotSentError(f"{self._base.host}: answered before the request was sent")
        kept = {name: _plain(answer.headers[name]) for name in _KEPT_HEADERS if name in answer.headers}
        return answer.status_code, kept

    def pieces(self) -> Iterator[bytes]:
        """The body as it arrives, undecoded. Raises BrokenOffError where it is cut."""
        assert self._answer is not None
        raw = self._answer.raw
        framed = raw.chunked or raw.length_remaining is not None
        take = partial(raw.read1, _PIECE, decode_content=False)
        while piece := self._guarded(take):
            yield piece
        if self._watch.expired and not framed:  # the end of the connection is the end of the body, and we made it
            raise BrokenOffError(f"{self._base.host}: no whole answer in the time that a call may take")

    def _depart(self) -> None:
        """The last moment at which nothing has left."""
        if self._watch.expired:
            raise TimeoutError
        try:
            self._sending()
        except Exception as error:
            self._stopped = error
            raise _StoppedError from None
        if self._watch.expired:
            raise TimeoutError
        self._departed = True

    def _dial(self) -> socket.socket:
        """A connection to the base address, whatever a library makes of it; each address of the host is tried once."""
        failure = OSError("no address")
        found = socket.getaddrinfo(self._base.host, self._base.port, type=socket.SOCK_STREAM)
        for family, kind, protocol, _, address in found:
            made = socket.socket(family, kind, protocol)
            try:
                made.settimeout(min(self._connect, self._watch.left()))
                made.connect(address)
                # The head and the body go out one after the other; without this the body waits for an acknowledgement.
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._watch.hold(made)
                made.settimeout(self._watch.left() + _GRACE)
            except OSError as error:
                made.close()
                failure = error
            else:
                return made
        raise failure

    def _signed(self, headers: Mapping[str, Any]) -> dict[str, Any]:
        """Header lines with the key."""
        name, secret = self._key
        return {**headers, name: secret.reveal()}

    def _guarded(self, act: Callable[[], _Result]) -> _Result:
        """Do something on the wire; what it raises becomes an error of ours that holds nothing of the request."""
        try:
            return act()
        except Exception as error:
            late = self._watch.expired
            said = "no whole answer in the time that a call may take" if late else words(error)
        # Raised out here, an error has no context: a request in there would have to be trusted not to show its key.
        if self._stopped is not None:
            raise self._stopped
        raise (BrokenOffError if self._departed else NotSentError)(f"{self._base.host}: {said}")


class _StoppedError(Exception):
    """`sending` raised. Not an OSError: urllib3 takes some of those for an answer that has come early."""


def _headers(body: bytes) -> dict[str, str]:
    always = {
        "User-Agent": f"iconbuild/{__version__}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return {**always, "Content-Type": "application/json", "Content-Length": str(len(body))} if body else always


def _plain(value: str) -> str:
    """A header's value as it may be kept: printable ASCII, not too long."""
    return "".join(char if " " <= char <= "~" else "?" for char in value[:_LONGEST_HEADER])
