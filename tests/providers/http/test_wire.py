"""What goes over the wire, when it is said to leave, and what comes back as an answer."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iconbuild import __version__
from iconbuild.errors import CredentialError, FilesystemError
from iconbuild.model.purchase import BrokenOffError, Message
from iconbuild.model.secret import Secret
from iconbuild.providers.http import HttpWire
from iconbuild.purchasing.free import Arriving
from tests.providers.http.peer import (
    ASK,
    BODY,
    CANARY,
    ORDER,
    WHOLE,
    Peer,
    answering,
    needs_openssl,
    on_linux,
    resetting,
    self_signed,
    send,
)


def test_the_request_as_it_arrives() -> None:
    with Peer(answering(WHOLE)) as peer:
        send(peer.base)
    head, _, body = peer.heard.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert first == "POST /api/generate-icon/ HTTP/1.1"
    assert sorted(lines) == [
        "Accept-Encoding: identity",
        "Accept: application/json",
        "Connection: close",
        f"Content-Length: {len(BODY)}",
        "Content-Type: application/json",
        f"Host: 127.0.0.1:{peer.port}",
        f"User-Agent: iconbuild/{__version__}",
        f"X-API-Key: {CANARY}",
    ]
    assert body == BODY


def test_a_long_body_goes_out_whole_and_in_one_piece() -> None:
    body = os.urandom(3_000_000)
    with Peer(answering(WHOLE)) as peer:
        send(peer.base, ORDER._replace(body=body))
    assert peer.heard.endswith(b"\r\n\r\n" + body)
    assert b"chunked" not in peer.heard[:1000]


def test_a_question_without_a_body() -> None:
    with Peer(answering(WHOLE)) as peer:
        assert send(peer.base, ASK) == (200, {"content-type": "application/json", "content-length": "2"}, b"{}")
        send(peer.base, Message("POST", "library/list/"))
    assert peer.heard.startswith(b"GET /api/tokens/ HTTP/1.1\r\n")
    assert b"POST /api/library/list/" in peer.heard
    assert b"Content-Length: 0\r\n" in peer.heard


@pytest.mark.parametrize("message", [ORDER, ASK])
def test_it_is_said_just_before_anything_that_counts_leaves(message: Message) -> None:
    said: list[bytes] = []
    with Peer(answering(WHOLE)) as peer:

        def sending() -> None:
            assert message is ASK or peer.head.wait(20)  # the head is over there while the body is still here
            said.append(peer.heard)

        send(peer.base, message, sending=sending)
    (heard,) = said
    assert peer.connections == 1
    assert heard.endswith(b"\r\n\r\n") if message is ORDER else heard == b""


@pytest.mark.parametrize(
    "error",
    [
        FilesystemError("no room"),
        OSError(errno.ENOSPC, "full"),
        BrokenPipeError(errno.EPIPE, "an error that urllib3 takes for an early answer"),
        ConnectionResetError(errno.ECONNRESET, "another"),
        TimeoutError("and one that it takes for its own"),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("message", [ORDER, ASK])
def test_what_sending_raises_passes_through_and_nothing_leaves(message: Message, error: BaseException) -> None:
    def sending() -> None:
        raise error

    def early(peer: Peer, connection: socket.socket) -> None:
        connection.settimeout(1)
        peer.head_of(connection)
        connection.sendall(WHOLE)  # and who asks for an answer in spite of the error gets one

    with Peer(early) as peer, pytest.raises(type(error)) as caught:
        send(peer.base, message, sending=sending)
    assert caught.value is error
    assert not peer.heard.partition(b"\r\n\r\n")[2]
    assert message is ORDER or not peer.heard


class Full:
    """A sink on a disk that is full."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        pass

    def write(self, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def reply(self) -> None:
        raise AssertionError("nothing was kept")


def test_what_the_sink_raises_passes_through() -> None:
    with Peer(answering(WHOLE)) as peer, pytest.raises(OSError, match="No space") as caught:
        HttpWire(peer.base, "X-API-Key", Secret(CANARY)).send(ORDER, Full(), sending=lambda: None, deadline=20)  # type: ignore[arg-type]
    assert caught.value.errno == errno.ENOSPC


class Telling(Arriving):
    """A sink that says when something has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = threading.Event()

    def write(self, data: bytes) -> None:
        super().write(data)
        self.arrived.set()


def test_pieces_are_kept_as_they_arrive() -> None:
    sink = Telling()

    def script(peer: Peer, connection: socket.socket) -> None:
        peer.request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n{}{")
        assert sink.arrived.wait(20), "the first half is kept only with the second"
        connection.sendall(b"}{}")

    with Peer(script) as peer:
        assert send(peer.base, kept=sink).body == b"{}{}{}"


def test_nothing_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Peer(answering(WHOLE)) as proxy, Peer(answering(WHOLE)) as peer:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        netrc = tmp_path / ".netrc"
        netrc.write_text("default login somebody password else\n")
        netrc.chmod(0o600)
        monkeypatch.setenv("NETRC", str(netrc))
        monkeypatch.setenv("HOME", str(tmp_path))
        assert send(peer.base).status == 200
    assert (peer.connections, proxy.connections) == (1, 0)
    assert b"authorization" not in peer.heard.lower()


def test_many_threads_share_a_wire() -> None:
    def echo(peer: Peer, connection: socket.socket) -> None:
        body = peer.request(connection).partition(b"\r\n\r\n")[2]
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    answers: dict[int, bytes] = {}
    with Peer(echo) as peer:
        wire = HttpWire(peer.base, "X-API-Key", Secret(CANARY))

        def one(number: int) -> None:
            message = ORDER._replace(body=b"%d" % number * 1000)
            answers[number] = wire.send(message, Arriving(), sending=lambda: None, deadline=20).body

        threads = [threading.Thread(target=one, args=(number,)) for number in range(10, 26)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == {number: b"%d" % number * 1000 for number in range(10, 26)}


@on_linux
@pytest.mark.parametrize(
    "script",
    [answering(WHOLE), answering(b"HTTP/1.1 200 OK\r\n\r\n"), answering(WHOLE[:-1]), answering(WHOLE[:20]), resetting],
    ids=["whole", "until the end", "cut body", "cut head", "reset"],
)
def test_connections_are_closed_without_a_collector(script: Callable[[Peer, socket.socket], None]) -> None:
    gc.collect()
    gc.disable()
    try:
        with Peer(script) as peer:
            before = len(os.listdir("/proc/self/fd"))
            for _ in range(5):
                with contextlib.suppress(BrokenOffError):
                    send(peer.base)
        assert peer.connections == 5
        assert len(os.listdir("/proc/self/fd")) < before, "the listener is closed, and something else is not"
    finally:
        gc.enable()


@needs_openssl
def test_the_same_over_tls(tmp_path: Path) -> None:
    context, certificate = self_signed(tmp_path)
    known = ssl.create_default_context(cafile=certificate)
    trusting = type("Trusting", (HttpWire,), {"_trusted": known})
    with Peer(answering(WHOLE), context) as peer:
        wire = trusting(peer.base, "X-API-Key", Secret(CANARY))
        said: list[bytes] = []
        assert wire.send(ORDER, Arriving(), sending=lambda: said.append(peer.heard), deadline=20).body == b"{}"
    assert peer.heard.endswith(BODY)
    assert len(said) == 1


@pytest.mark.parametrize(
    "key", ["", "ik_a b", f"{CANARY}\n", f"{CANARY}\r\nX-Other: 1", "ik_\u00e9", "ik_\x00", "ik_" + "a" * 600]
)
def test_a_key_that_no_header_holds_is_refused_and_not_echoed(key: str) -> None:
    with pytest.raises(CredentialError) as caught:
        HttpWire("https://iconly.ai/api", "X-API-Key", Secret(key))
    assert not key or key.strip() not in caught.value.render()
