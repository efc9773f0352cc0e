"""Everything ends in time, however slowly the other side drips (A17)."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from pathlib import Path

import pytest

from iconbuild.model.purchase import BrokenOffError, NotSentError
from iconbuild.model.secret import Secret
from iconbuild.providers.http import HttpWire
from iconbuild.purchasing.free import Arriving
from tests.providers.http.peer import (
    BODY,
    CANARY,
    CHUNKED,
    OK,
    ORDER,
    WHOLE,
    Peer,
    answering,
    broken_off,
    dripping,
    needs_openssl,
    not_sent,
    self_signed,
    send,
    wire_to,
)


class TestDeadline:
    """A17: everything ends, however slowly the other side drips."""

    @pytest.mark.parametrize(
        ("begin", "drop"),
        [
            (b"", b""),
            (b"H", b""),
            (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
            (OK, b"X: y\r\n"),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
            (OK + b"Content-Length: 1000000\r\n\r\n", b"x"),
            (OK + b"\r\n", b"x"),
            (CHUNKED, b"1\r\nx\r\n"),
            (CHUNKED + b"5;", b"x"),
        ],
        ids=["silent", "one letter", "header", "headers", "continue", "body", "endless", "chunks", "chunk"],
    )
    def test_an_answer_that_drips(self, begin: bytes, drop: bytes) -> None:
        with Peer(dripping(begin, drop)) as peer:
            said = broken_off(peer.base, deadline=1.5)
        assert said in (
            "127.0.0.1: no whole answer in the time that a call may take",
            "127.0.0.1: that was no HTTP answer",
        )

    @needs_openssl
    @pytest.mark.parametrize("begin", [b"", OK + b"\r\n"], ids=["silent", "endless"])
    def test_an_answer_that_drips_over_tls(self, tmp_path: Path, begin: bytes) -> None:
        context, certificate = self_signed(tmp_path)
        known = ssl.create_default_context(cafile=certificate)
        trusting = type("Trusting", (HttpWire,), {"_trusted": known})
        kept = Arriving()
        with (
            Peer(dripping(begin, b"x" if begin else b""), context) as peer,
            pytest.raises(BrokenOffError, match="no whole"),
        ):
            trusting(peer.base, "X-API-Key", Secret(CANARY)).send(ORDER, kept, sending=lambda: None, deadline=1.5)
        assert set(kept.reply().body) <= {ord("x")}, "what lies encrypted in the socket is no answer"

    @pytest.mark.parametrize("drop", [b"", b"\x16\x03\x03\x40\x00" + b"\x02"], ids=["silent", "dripping"])
    def test_a_handshake_without_an_end(self, drop: bytes) -> None:
        def script(peer: Peer, connection: socket.socket) -> None:
            connection.recv(1000)
            connection.sendall(drop)
            while not peer.over.wait(0.01):
                connection.sendall(drop[-1:])

        with Peer(script) as peer:
            said = not_sent(wire_to(peer.base.replace("http:", "https:")), deadline=1.5)
        assert "time" in said

    def test_a_server_that_does_not_take_the_body(self) -> None:
        def script(peer: Peer, connection: socket.socket) -> None:
            peer.over.wait(20)

        with Peer(script) as peer:
            broken_off(peer.base, ORDER._replace(body=b"x" * 20_000_000), deadline=1.5)

    def test_nothing_leaves_once_it_is_too_late(self) -> None:
        def sending() -> None:
            peer.over.wait(3)

        with Peer(answering(WHOLE)) as peer, pytest.raises(NotSentError):
            send(peer.base, sending=sending, deadline=1.5)
        assert peer.heard.endswith(b"\r\n\r\n")
        assert BODY not in peer.heard

    def test_a_body_that_is_whole_is_kept_though_trailers_have_no_end(self) -> None:
        """Whether the connection is closed first or a read is given up, what arrived is there to be judged."""
        kept = Arriving()
        with Peer(dripping(CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: y\r\n")) as peer, suppress(BrokenOffError):
            assert send(peer.base, deadline=1.5, kept=kept).body == b"{}"
        assert kept.reply().body == b"{}"
