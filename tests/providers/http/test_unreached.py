"""What cannot be reached was not sent (A16): names, connections, TLS."""

from __future__ import annotations

import contextlib
import errno
import socket
import ssl
from pathlib import Path

import pytest

from iconbuild.model.purchase import BrokenOffError, NotSentError
from iconbuild.model.secret import Secret
from iconbuild.providers.http import HttpWire
from iconbuild.providers.http.words import words
from tests.providers.http.peer import (
    ASK,
    CANARY,
    WHOLE,
    Peer,
    answering,
    needs_openssl,
    not_sent,
    on_linux,
    reset,
    self_signed,
    send,
    told,
    wire_to,
)


class TestUnreached:
    """A16: what cannot be reached was not sent."""

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        assert not_sent(wire_to(f"http://127.0.0.1:{port}/api")) == "127.0.0.1: connection refused"
        assert not_sent(wire_to(f"https://127.0.0.1:{port}/api"), ASK) == "127.0.0.1: connection refused"

    def test_a_name_without_an_address(self) -> None:
        host = "x" * 64 + ".example"  # too long a label: no resolver is asked
        assert not_sent(wire_to(f"https://{host}/api")) == f"{host}: no address is known by this name"
        assert words(socket.gaierror(socket.EAI_NONAME, "unknown")) == "no address is known by this name"

    @on_linux
    def test_a_host_that_does_not_answer(self) -> None:
        with contextlib.ExitStack() as stack:
            server = stack.enter_context(socket.socket())
            server.bind(("127.0.0.1", 0))
            server.listen(0)
            for _ in range(4):
                waiting = stack.enter_context(socket.socket())
                waiting.setblocking(False)
                waiting.connect_ex(server.getsockname())
            base = f"http://127.0.0.1:{server.getsockname()[1]}/api"
            assert not_sent(wire_to(base, connect=0.1)) == "127.0.0.1: no answer in time"
            assert "time" in not_sent(wire_to(base, connect=60), ASK, deadline=0.1)

    def test_a_connection_that_is_reset_at_once(self) -> None:
        with (
            Peer(lambda _, connection: reset(connection)) as peer,
            pytest.raises((NotSentError, BrokenOffError)) as caught,
        ):
            send(peer.base)
        assert CANARY not in told(caught.value)

    @needs_openssl
    def test_a_certificate_that_nobody_knows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        context, certificate = self_signed(tmp_path)
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(name, certificate)
        monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets"))
        with Peer(answering(WHOLE), context) as peer:
            assert "certificate is not trusted (self-signed" in not_sent(wire_to(peer.base))
            assert "certificate is not trusted (self-signed" in not_sent(wire_to(peer.base), ASK)
        assert peer.heard == b""
        assert not (tmp_path / "secrets").exists()

    @needs_openssl
    def test_a_certificate_of_another_host(self, tmp_path: Path) -> None:
        context, certificate = self_signed(tmp_path)
        known = ssl.create_default_context(cafile=certificate)
        trusting = type("Trusting", (HttpWire,), {"_trusted": known})
        with Peer(answering(WHOLE), context) as peer:
            wire = trusting(peer.base.replace("127.0.0.1", "localhost"), "X-API-Key", Secret(CANARY))
            assert "certificate is not trusted (Hostname mismatch" in not_sent(wire)
        assert peer.heard == b""

    def test_tls_with_somebody_who_speaks_none(self) -> None:
        def script(peer: Peer, connection: socket.socket) -> None:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        with Peer(script) as peer:
            assert "TLS failed" in not_sent(wire_to(peer.base.replace("http:", "https:")))


def test_words_for_the_errors_of_systems() -> None:
    assert words(OSError(errno.ENETUNREACH, CANARY)) == "network is unreachable"
    assert words(ValueError(f"Invalid header value {CANARY!r}")) == "the connection failed"
    loop = OSError("a")
    loop.__context__ = ValueError(loop)
    assert words(loop) == "the connection failed"
