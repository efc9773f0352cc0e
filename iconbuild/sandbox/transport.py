"""uvicorn's HTTP protocol, which hands each request its connection: some answers have to be broken off below HTTP."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from iconbuild.sandbox.answers import Refusal

_RESET_AT_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: closing the socket sends RST instead of FIN."""


class Line:
    """The connection that a request came on, for bytes that are not to go through HTTP's rules."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol

    @property
    def gone(self) -> bool:
        """Whether nobody can be reached on it any more."""
        return self._protocol.transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._protocol.transport.write(data)

    def close(self) -> None:
        """End it after what was written."""
        self._protocol.transport.close()

    def reset(self) -> None:
        """Break it off with RST."""
        transport = self._protocol.transport
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
        transport.abort()


class Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it; a request finds its `Line` in its state."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "line": Line(self)}, _loop)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is refused in the form of every other error."""
        body = Refusal(400, msg).answer.body
        head = f"HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        self.transport.close()
