"""An answer that is not whole is none (A10), and no error about it tells the key."""

from __future__ import annotations

import contextlib
import socket

import pytest

from iconbuild.model.purchase import BrokenOffError, Message
from iconbuild.purchasing.free import Arriving
from tests.providers.http.peer import (
    ASK,
    CANARY,
    CHUNKED,
    OK,
    ORDER,
    Peer,
    answering,
    broken_off,
    reset,
    resetting,
    send,
)


class TestCut:
    """A10: an answer that is not whole is none."""

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"HTTP/1.1",
            b"HTTP/1.1 429 Too many",
            OK,
            OK + b"Content-Type: application/json",
            OK + b"Content-Type: application/json\r\n",
            OK + b"Content-Length: 10\r\n\r\n",
            OK + b"Content-Length: 10\r\n\r\n{}",
            CHUNKED,
            CHUNKED + b"5",
            CHUNKED + b"5\r\n{}",
            CHUNKED + b"2\r\n{}\r\n",
            CHUNKED + b"2\r\n{}\r\n0",
            CHUNKED + b"2\r\n{}\r\n05"[:-1],
            CHUNKED + b"junk\r\n{}\r\n0\r\n\r\n",
        ],
    )
    @pytest.mark.parametrize("message", [ORDER, ASK], ids=["order", "question"])
    def test_by_the_other_side(self, answer: bytes, message: Message) -> None:
        with Peer(answering(answer)) as peer:
            assert broken_off(peer.base, message) in (
                "127.0.0.1: the answer was cut",
                "127.0.0.1: hung up without an answer",
                "127.0.0.1: that was no HTTP answer",
            )

    def test_at_every_byte(self) -> None:
        whole = CHUNKED + b"2\r\n{}\r\n0\r\n"
        for end in range(len(whole) - 1):
            with Peer(answering(whole[:end])) as peer:
                broken_off(peer.base)

    def test_what_arrived_is_kept(self) -> None:
        kept = Arriving()
        with Peer(answering(OK + b"Content-Length: 10\r\n\r\n{}")) as peer:
            broken_off(peer.base, kept=kept)
        assert kept.reply() == (200, {"content-length": "10"}, b"{}")

    def test_without_a_length_the_end_is_the_end(self) -> None:
        with Peer(answering(OK + b"\r\n" + b'{"image_data": "UklGR')) as peer:
            assert send(peer.base).body == b'{"image_data": "UklGR'

    @pytest.mark.parametrize("message", [ORDER, ASK], ids=["order", "question"])
    def test_by_a_reset(self, message: Message) -> None:
        with Peer(resetting) as peer:
            assert broken_off(peer.base, message) == "127.0.0.1: connection reset by peer"

    def test_while_a_long_body_goes_out(self) -> None:
        def script(peer: Peer, connection: socket.socket) -> None:
            connection.recv(1000)
            reset(connection)

        with Peer(script) as peer:
            broken_off(peer.base, ORDER._replace(body=b"x" * 20_000_000))

    @pytest.mark.parametrize(
        "answer",
        [
            b"SSH-2.0-OpenSSH_9.6\r\n",
            b"HTTP/1.1 4\r\n\r\n",
            b"HTTP/1.1 xyz No\r\n\r\n",
            OK + b"X: " + b"x" * 70_000 + b"\r\n\r\n{}",
            OK + b"".join(b"X-%d: 1\r\n" % number for number in range(200)) + b"\r\n{}",
            OK + b"Content-Length: 2, 3\r\n\r\n{}",
        ],
        ids=["ssh", "short status", "no status", "long header", "many headers", "two lengths"],
    )
    def test_what_is_no_http(self, answer: bytes, capfd: pytest.CaptureFixture[str]) -> None:
        with Peer(answering(answer)) as peer:
            broken_off(peer.base)
        assert capfd.readouterr() == ("", "")

    def test_headers_that_cannot_be_read_are_not_printed(self, capfd: pytest.CaptureFixture[str]) -> None:
        answer = OK + b"Content-Length: 2\r\n\x1b[31m broken\r\nX: y\r\n\r\n{}"
        with Peer(answering(answer)) as peer, contextlib.suppress(BrokenOffError):
            send(peer.base)
        assert capfd.readouterr() == ("", "")


class TestEcho:
    """P27: whatever comes back, no error tells the key."""

    @pytest.mark.parametrize("place", ["status", "header", "chunk", "line"])
    def test_a_server_that_sends_the_key_back(self, place: str) -> None:
        key = CANARY.encode()
        answer = {
            "status": b"HTTP/1.1 " + key + b"\r\n\r\n",
            "header": OK + b"Content-Length: 1, " + key + b", 3\r\n" + b"X: y\r\n" * 200,
            "chunk": CHUNKED + key + b"\r\n",
            "line": key + b"\r\n\r\n",
        }[place]
        with Peer(answering(answer)) as peer:
            broken_off(peer.base)
