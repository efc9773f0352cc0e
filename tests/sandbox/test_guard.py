"""What comes from elsewhere, is no HTTP, no JSON, no known path or too large: an error in the one documented form."""

from __future__ import annotations

import socket

import pytest

from tests.sandbox.serving import KEY, TIMEOUT, Sandbox


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]:8080", "127.0.0.1:65535"])
def test_names_of_this_machine(sandbox: Sandbox, host: str) -> None:
    assert sandbox.call("GET", "/api/tokens/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.", "127.0.0.1:", "0.0.0.0", "127.1", "a@localhost", ""],
)
def test_other_names_are_refused(sandbox: Sandbox, host: str) -> None:
    for path in ("/api/tokens/", "/library", "/sandbox/charges", "/nowhere"):
        answer = sandbox.call("GET", path, headers={"Host": host})
        assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_pages_from_elsewhere_are_refused(sandbox: Sandbox) -> None:
    own = {"Origin": sandbox.address, "Sec-Fetch-Site": "same-origin"}
    assert sandbox.call("GET", "/api/tokens/", headers=own).status_code == 200
    foreign = [{"Origin": "null"}, {"Origin": "https://evil.example"}, {"Origin": "http://127.0.0.1:1"}]
    for headers in (*foreign, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("/api/generate-icon/", "/sandbox/reset"):
            answer = sandbox.call("POST", path, {"subject": "house"}, headers=headers)
            assert (answer.status_code, list(answer.json())) == (403, ["error"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/api/tokens", 404),
        ("GET", "/api/brands/", 404),
        ("GET", "/cdn/x/y.webp", 404),
        ("GET", "/cdn/../../etc/passwd", 404),
        ("POST", "/api/tokens/", 405),
        ("GET", "/api/generate-icon/", 405),
        ("DELETE", "/api/library/list/", 405),
        ("POST", "/sandbox/charges", 405),
    ],
)
def test_paths_and_methods(sandbox: Sandbox, method: str, path: str, status: int) -> None:
    answer = sandbox.call(method, path)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert answer.headers["content-type"] == "application/json"


def spoken(sandbox: Sandbox, path: str, body: bytes, kind: str = "application/json") -> int:
    """The status of an answer to raw bytes."""
    host, port = sandbox.address.removeprefix("http://").split(":")
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {KEY}\r\nContent-Type: {kind}\r\n"
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as line:
        line.sendall(head.encode() + f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        line.sendall(body)
        found = b""
        while piece := line.recv(65536):
            found += piece
    assert b'{"error": "' in found
    return int(found.split()[1])


BODIES = {
    "nothing": b"",
    "a list": b"[]",
    "null": b"null",
    "a text": b'"subject"',
    "a number": b"7",
    "half": b'{"subject":',
    "NaN": b'{"subject": "x", "color": NaN}',
    "infinity": b'{"subject": "x", "color": -Infinity}',
    "a number of 5,000 digits": b'{"subject": ' + b"9" * 5000 + b"}",
    "deep": b"[" * 100_000,
    "UTF-16": '{"subject": "x"}'.encode("utf-16"),
    "no UTF-8": b'{"subject": "\xff"}',
    "NUL": b'{"subject": "\\u0000"}',
    "half a character": b'{"subject": "\\ud800"}',
    "half a character in a name": b'{"subject": "x", "\\ud800": 1}',
    "subject is a table": b'{"subject": {"a": 1}}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_bodies_that_are_no_request(sandbox: Sandbox, body: bytes) -> None:
    for path in ("/api/recolor/", "/api/library/add/", "/sandbox/accounts"):
        assert spoken(sandbox, path, body) in (400, 429)
    if body != b"[]":
        assert spoken(sandbox, "/sandbox/scenario", body) == 400


def test_another_content_type(sandbox: Sandbox) -> None:
    assert spoken(sandbox, "/sandbox/scenario", b"[]", "text/plain") == 400


def test_a_body_that_is_too_large(sandbox: Sandbox) -> None:
    assert spoken(sandbox, "/sandbox/scenario", b" " * (49 << 20)) == 413


def test_what_is_no_http(sandbox: Sandbox) -> None:
    host, port = sandbox.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as line:
        line.sendall(b"\x16\x03\x01 what\r\n\r\n")
        found = b""
        while piece := line.recv(65536):
            found += piece
    assert found.startswith(b"HTTP/1.1 400 ")
    assert found.endswith(b'{"error": "Invalid HTTP request received."}')
