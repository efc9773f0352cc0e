"""One provider's host and key: a message becomes its whole answer, or the word that it was not sent or broke off."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from iconbuild.errors import CredentialError
from iconbuild.model.purchase import BrokenOffError, Message, Reply, Sink
from iconbuild.model.secret import Secret
from iconbuild.providers.http.address import parsed_base

if TYPE_CHECKING:
    from ssl import SSLContext

MAX_ANSWER = 8 << 20
"""Bytes of an answer's body; the largest picture as base64 in JSON is a quarter of it."""
_SENDABLE = re.compile(r"[\x21-\x7e]{1,512}")


class HttpWire:
    """Sends each message once, over a connection of its own; may be used by many threads.

    No redirects, no second tries, nothing from the environment (proxies, netrc, certificates), no compression. The
    base address is fixed, and the key goes nowhere else. Implements `model.trade.Wire`.
    """

    def __init__(self, base: str, header: str, secret: Secret, *, connect: float = 10.0) -> None:
        """`header` carries the key; `connect` are the seconds for one try to connect.

        Raises UsageError for a base address that is none, CredentialError for a key that no header can hold.
        """
        self._base, self._header, self._secret, self._connect = parsed_base(base), header, secret, connect
        if not _SENDABLE.fullmatch(secret.reveal()):
            raise CredentialError(
                "the key holds white space or characters that cannot be sent", remedy="copy it again, in one line"
            )

    def send(self, message: Message, sink: Sink, *, sending: Callable[[], None], deadline: float) -> Reply:
        """Send `message` once and take the whole answer into `sink`, within `deadline` seconds for all of it.

        `sending` is called once: just before the first byte of the body leaves, on a connection that stands, or before
        the request itself where there is no body. Looking up the host's name has the limits of the system's resolver.
        Raises NotSentError while no byte of the body has left, BrokenOffError after; OSError from `sink` and whatever
        `sending` raises pass through. An answer with another status than 200 is an answer.
        """
        from iconbuild.providers.http.exchange import Exchange
        from iconbuild.providers.http.watch import Watch

        url = self._base.join(message.path)
        taken = 0
        with Watch(deadline) as watch:
            exchange = Exchange(self._base, (self._header, self._secret), self._trusted, watch, self._connect, sending)
            with exchange:
                sink.head(*exchange.ask(message.method, url, message.body))
                for piece in exchange.pieces():
                    taken += len(piece)
                    if taken > MAX_ANSWER:
                        raise BrokenOffError(f"{self._base.host}: the answer is longer than {MAX_ANSWER >> 20} MiB")
                    sink.write(piece)
        return sink.reply()

    @cached_property
    def _trusted(self) -> SSLContext | None:
        from iconbuild.providers.http.exchange import trusted

        return trusted() if self._base.secure else None
