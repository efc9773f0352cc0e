"""A server of bytes: it takes connections on loopback, and a script says what it does with each."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest

from iconbuild.model.purchase import BrokenOffError, Message, NotSentError, Reply
from iconbuild.model.secret import Secret
from iconbuild.providers.http import HttpWire
from iconbuild.purchasing.free import Arriving

CANARY = "ik_CANARYcanaryCANARY0123456789"
BODY = b'{"subject": "house"}'
ORDER = Message("POST", "generate-icon/", BODY)
ASK = Message("GET", "tokens/")
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
needs_openssl = pytest.mark.skipif(which("openssl") is None, reason="openssl makes the certificate")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="done as only Linux does it")


class Peer:
    """What has arrived, and how many connections; `script` gets each connection and may use `taken`."""

    def __init__(self, script: Callable[[Peer, socket.socket], None], context: ssl.SSLContext | None = None) -> None:
        self._script, self._context = script, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.head = threading.Event()
        """Set once the head of a request is whole."""
        self.over = threading.Event()
        """Set when the test is over: scripts wait for it rather than for seconds."""
        self.connections = 0
        self._pieces: list[bytes] = []
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)

    @property
    def base(self) -> str:
        """The base address."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}/api"

    @property
    def heard(self) -> bytes:
        """All that arrived, of all connections."""
        return b"".join(self._pieces)

    def __enter__(self) -> Peer:
        self._accepting.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        socket.create_connection(("127.0.0.1", self.port)).close()  # wakes whoever accepts
        for thread in [self._accepting, *self._threads]:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self.over.is_set():
                connection.close()
                return
            self.connections += 1
            self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
            self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self._context is None:
                self._script(self, connection)
            else:
                with self._context.wrap_socket(connection, server_side=True) as secured:
                    self._script(self, secured)

    def request(self, connection: socket.socket) -> bytes:
        """Take one whole request."""
        got = self.head_of(connection)
        head, _, body = got.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(body) < length:
            body += self._more(connection)
        return head + b"\r\n\r\n" + body

    def head_of(self, connection: socket.socket) -> bytes:
        """Take the head of a request, and what comes with it."""
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more(connection)
        self.head.set()
        return got

    def _more(self, connection: socket.socket) -> bytes:
        piece = connection.recv(1 << 16)
        if not piece:
            raise ConnectionError("the client has gone")
        self._pieces.append(piece)
        return piece


def answering(*pieces: bytes) -> Callable[[Peer, socket.socket], None]:
    """A script: take a request, send the pieces, close."""

    def script(peer: Peer, connection: socket.socket) -> None:
        peer.request(connection)
        for piece in pieces:
            connection.sendall(piece)

    return script


def dripping(begin: bytes, drop: bytes) -> Callable[[Peer, socket.socket], None]:
    """A script: take a request, send `begin` and then `drop` again and again until the client has gone."""

    def script(peer: Peer, connection: socket.socket) -> None:
        peer.request(connection)
        connection.sendall(begin)
        while not peer.over.wait(0.01):
            connection.sendall(drop)

    return script


def resetting(peer: Peer, connection: socket.socket) -> None:
    """A script: take a request and reset the connection."""
    peer.request(connection)
    reset(connection)


def reset(connection: socket.socket) -> None:
    """Close with a reset and no farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def send(
    base: str,
    message: Message = ORDER,
    *,
    sending: Callable[[], None] = lambda: None,
    deadline: float = 20,
    kept: Arriving | None = None,
) -> Reply:
    """Send with the canary for a key."""
    wire = HttpWire(base, "X-API-Key", Secret(CANARY))
    return wire.send(message, kept or Arriving(), sending=sending, deadline=deadline)


def self_signed(folder: Path) -> tuple[ssl.SSLContext, str]:
    """A server's context for 127.0.0.1 with a certificate that nobody knows, and the file of that certificate."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, str(certificate)


def told(error: BaseException) -> str:
    """All that an error could ever say: itself, what hangs on it, and the local variables of its frames."""
    texts, waiting = list[str](), [error]
    for each in waiting:
        trace = traceback.TracebackException.from_exception(each, capture_locals=True)
        texts += [repr(each), repr(each.args), repr(vars(each)), *trace.format()]
        waiting += [inner for inner in (each.__cause__, each.__context__) if inner is not None and inner not in waiting]
    return "\n".join(texts)


def broken_off(base: str, message: Message = ORDER, *, deadline: float = 20, kept: Arriving | None = None) -> str:
    """The words of a request that broke off after it was said to leave, and which gave nothing away."""
    said: list[int] = []
    with pytest.raises(BrokenOffError) as caught:
        send(base, message, sending=lambda: said.append(1), deadline=deadline, kept=kept)
    assert said == [1]
    assert CANARY not in told(caught.value)
    assert caught.value.__context__ is None
    return str(caught.value)


def not_sent(wire: HttpWire, message: Message = ORDER, *, deadline: float = 20) -> str:
    """The words of a request that never left, and which gave nothing away."""
    said: list[int] = []
    with pytest.raises(NotSentError) as caught:
        wire.send(message, Arriving(), sending=lambda: said.append(1), deadline=deadline)
    assert not said
    assert CANARY not in told(caught.value)
    assert caught.value.__context__ is None
    return str(caught.value)


def wire_to(base: str, connect: float = 10.0) -> HttpWire:
    """A wire with the canary for a key."""
    return HttpWire(base, "X-API-Key", Secret(CANARY), connect=connect)
