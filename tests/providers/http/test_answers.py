"""What counts as an answer: any status, a head that is cut down to what matters, a body up to a length (A14)."""

from __future__ import annotations

import socket

import pytest

from iconbuild.model.purchase import BrokenOffError
from iconbuild.providers.http import MAX_ANSWER
from tests.providers.http.peer import (
    WHOLE,
    Peer,
    answering,
    send,
)


@pytest.mark.parametrize(
    ("answer", "status", "headers", "body"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-LENGTH: 2\r\nX-Other: 1\r\n\r\nokay", 200, {"content-length": "2"}, b"ok"),
        (
            b"HTTP/1.1 429 No\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n",
            429,
            {"retry-after": "5", "content-length": "0"},
            b"",
        ),
        (b"HTTP/1.1 402 No\r\n\r\nall until the end", 402, {}, b"all until the end"),
        (b"HTTP/1.0 500 No\r\n\r\n", 500, {}, b""),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
            200,
            {},
            b"abcde",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", 200, {}, b"abc"),
        (
            b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE,
            200,
            {"content-type": "application/json", "content-length": "2"},
            b"{}",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b",
            200,
            {"content-length": "2"},
            b"\x1f\x8b",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Type: a\x1b[31m\xe9\r\n\r\n", 200, {"content-type": "a?[31m?"}, b""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: " + b"x" * 5000 + b"\r\n\r\n", 200, {"content-type": "x" * 200}, b""),
        (b"HTTP/1.1 204 No\r\n\r\nnothing of this", 204, {}, b""),
    ],
)
def test_answers(answer: bytes, status: int, headers: dict[str, str], body: bytes) -> None:
    with Peer(answering(answer)) as peer:
        assert send(peer.base) == (status, headers, body)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_nobody_follows_it(status: int) -> None:
    with Peer(answering(WHOLE)) as elsewhere:
        place = f"Location: {elsewhere.base}/\r\nSet-Cookie: a=b\r\n".encode()
        with Peer(answering(b"HTTP/1.1 %d Go\r\n%bContent-Length: 2\r\n\r\ngo" % (status, place))) as peer:
            assert send(peer.base).status == status
            assert send(peer.base).body == b"go"
    assert (peer.connections, elsewhere.connections) == (2, 0)
    assert b"cookie" not in peer.heard.lower()


def test_an_answer_has_a_cap() -> None:
    longest = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % MAX_ANSWER + b"x" * MAX_ANSWER
    with Peer(answering(longest)) as peer:
        assert len(send(peer.base).body) == MAX_ANSWER

    def endless(peer: Peer, connection: socket.socket) -> None:
        peer.request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * (1 << 16))

    with Peer(endless) as peer, pytest.raises(BrokenOffError, match="longer than 8 MiB"):
        send(peer.base)
