"""Faults on request: what the other side sees, and what it was charged all the same."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
import requests

from tests.sandbox.serving import TIMEOUT, Sandbox

GENERATE = "/api/generate-icon/"


@pytest.fixture
def account(sandbox: Sandbox, key: str) -> str:
    """The fingerprint of the test's account."""
    return str(sandbox.account(key=key)["account"])


@contextmanager
def talking(sandbox: Sandbox, key: str, subject: str = "house") -> Iterator[socket.socket]:
    """A connection on which an order was sent, and nothing read yet."""
    host, port = sandbox.address.removeprefix("http://").split(":")
    body = json.dumps({"subject": subject}).encode()
    head = (
        f"POST {GENERATE} HTTP/1.1\r\nHost: {host}:{port}\r\nX-API-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as line:
        line.sendall(head.encode() + body)
        yield line


def all_of(line: socket.socket) -> bytes:
    """Everything until the other side ends it."""
    found = b""
    while piece := line.recv(65536):
        found += piece
    return found


def test_rules_count_what_they_match(sandbox: Sandbox, key: str) -> None:
    sandbox.scenario([{"path": "generate-icon", "subject": "ouse", "after": 1, "times": 2, "status": 503}])
    subjects = ["bell", "house", "mouse", "bell", "house", "house"]
    assert [sandbox.generate(subject, key=key).status_code for subject in subjects] == [200, 200, 503, 200, 503, 200]
    sandbox.scenario([{"path": "/api/tokens/", "times": -1, "status": 500}, {"status": 418}])
    assert [sandbox.call("GET", "/api/tokens/", key=key).status_code for _ in range(3)] == [500] * 3
    assert sandbox.generate("house", key=key).status_code == 418
    assert sandbox.generate("house", key=key).status_code == 200


def test_an_error_charges_only_where_it_is_told_to(sandbox: Sandbox, key: str, account: str) -> None:
    sandbox.scenario([{"status": 500}, {"status": 502, "charge": "early"}])
    free, charged = sandbox.generate("house", key=key), sandbox.generate("house", key=key)
    assert (free.status_code, list(free.json())) == (500, ["error"])
    assert (charged.status_code, sandbox.total(account)) == (502, 6)


def test_charges_that_come_late_or_never_or_are_others(sandbox: Sandbox, key: str, account: str) -> None:
    rules: list[dict[str, object]] = [{"charge": "late", "charge_delay": 1.0}, {"charge": "never"}, {"price": 31}]
    sandbox.scenario([{"path": GENERATE, **rule} for rule in rules])
    told = sandbox.generate("house", key=key).json()["remaining_tokens"]
    assert (told, sandbox.total(account)) == (2500, 6), "the answer tells the old balance, the list tells the truth"
    (charge,) = (one for one in sandbox.charges() if one["account"] == account)
    assert charge["due"] == pytest.approx(charge["time"] + 1.0)
    while sandbox.balance(key=key) == 2500:
        time.sleep(0.05)
    assert sandbox.balance(key=key) == 2494
    assert sandbox.generate("house", key=key).json()["remaining_tokens"] == 2494
    assert sandbox.generate("house", key=key).json()["remaining_tokens"] == 2463
    assert sandbox.total(account) == 37


ANSWERS: dict[str, tuple[dict[str, object], Mapping[str, str], str]] = {
    "a page": ({"html": "<h1>Sorry</h1>"}, {"content-type": "text/html; charset=utf-8"}, "<h1>Sorry</h1>"),
    "no JSON": ({"body": "{"}, {"content-type": "application/json"}, "{"),
    "another type": ({"content_type": "text/plain", "body": "x"}, {"content-type": "text/plain"}, "x"),
    "headers": ({"status": 429, "headers": {"retry-after": "5"}}, {"retry-after": "5"}, '{"error": "Server error"}'),
    "elsewhere": ({"status": 307, "headers": {"location": "http://x/"}, "body": ""}, {"location": "http://x/"}, ""),
}


@pytest.mark.parametrize(("rule", "headers", "body"), ANSWERS.values(), ids=ANSWERS.keys())
def test_another_answer(
    sandbox: Sandbox, key: str, account: str, rule: dict[str, object], headers: Mapping[str, str], body: str
) -> None:
    sandbox.scenario([rule])
    answer = sandbox.generate("house", key=key)
    assert answer.status_code == rule.get("status", 200)
    assert answer.text == body
    assert headers.items() <= {name.lower(): value for name, value in answer.headers.items()}.items()
    assert sandbox.total(account) == (0 if "status" in rule else 6)


def test_other_fields(sandbox: Sandbox, key: str) -> None:
    sandbox.scenario([{"image": "!!", "omit": ["token_cap"], "rename": {"remaining_tokens": "left"}}])
    answer = sandbox.generate("house", key=key).json()
    assert answer == {"image_data": "!!", "left": 2494, "monthly_tokens": 2494, "bonus_tokens": 0}


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_body_that_is_cut(sandbox: Sandbox, key: str, account: str, cut: int) -> None:
    whole = len(sandbox.generate("house", key=f"{key}x").content)
    sandbox.scenario([{"cut": cut}])
    with pytest.raises(requests.exceptions.RequestException):
        sandbox.generate("house", key=key)
    sandbox.scenario([{"cut": cut}])
    with talking(sandbox, key) as line:
        head, _, body = all_of(line).partition(b"\r\n\r\n")
    assert len(body) == (cut if cut >= 0 else whole + cut)
    assert f"content-length: {whole}".encode() in head
    assert sandbox.total(account) == 12


def test_a_cut_that_nothing_shows_but_the_body(sandbox: Sandbox, key: str) -> None:
    sandbox.scenario([{"framing": "close", "cut": 100}])
    assert len(sandbox.generate("house", key=key).content) == 100
    sandbox.scenario([{"framing": "chunked"}])
    assert sandbox.generate("house", key=key).json()["remaining_tokens"] == 2488
    sandbox.scenario([{"framing": "chunked", "cut": 100}])
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        sandbox.generate("house", key=key)


@pytest.mark.parametrize("cut", [None, 50])
def test_a_connection_that_is_reset(sandbox: Sandbox, key: str, account: str, cut: int | None) -> None:
    sandbox.scenario([{"reset": True, **({} if cut is None else {"cut": cut})}])
    with talking(sandbox, key) as line, pytest.raises(ConnectionResetError):
        all_of(line)
    assert sandbox.total(account) == 6
    assert sandbox.requests()["counts"][GENERATE]["0"] >= 1


def test_an_answer_that_drips(sandbox: Sandbox, key: str) -> None:
    sandbox.scenario([{"drip": 2000, "image": "x" * 400}])
    begun = time.monotonic()
    with talking(sandbox, key) as line:
        pieces = 0
        while line.recv(65536):
            pieces += 1
    assert pieces > 3
    assert time.monotonic() - begun > 0.2, "600 bytes at 2,000 a second"


def test_an_answer_that_never_comes(sandbox: Sandbox, key: str, account: str) -> None:
    sandbox.scenario([{"hang": True}])
    with talking(sandbox, key) as line:
        assert sandbox.total(account) == 6, "it is known by now that it is charged"
        line.settimeout(0.3)
        with pytest.raises(TimeoutError):
            line.recv(1)


def test_an_answer_that_comes_late_is_charged_before(sandbox: Sandbox, key: str, account: str) -> None:
    sandbox.scenario([{"delay": 0.5}])
    with talking(sandbox, key) as line:
        assert sandbox.total(account) == 6
        assert all_of_head(line).startswith(b"HTTP/1.1 200")


def all_of_head(line: socket.socket) -> bytes:
    """The head of an answer."""
    found = b""
    while b"\r\n\r\n" not in found:
        found += line.recv(65536)
    return found


def test_who_is_gone_is_charged_all_the_same(sandbox: Sandbox, key: str, account: str) -> None:
    with talking(sandbox, key):
        pass
    assert sandbox.total(account) == 6


def test_who_goes_in_the_middle_of_a_request_is_not_charged(sandbox: Sandbox, key: str, account: str) -> None:
    host, port = sandbox.address.removeprefix("http://").split(":")
    head = f"POST {GENERATE} HTTP/1.1\r\nHost: {host}\r\nX-API-Key: {key}\r\nContent-Length: 50\r\n\r\n" + '{"subject"'
    with socket.create_connection((host, int(port)), timeout=TIMEOUT) as line:
        line.sendall(head.encode())
    assert sandbox.total(account) == 0


BAD_SCENARIOS = [
    5,
    {"faults": []},
    [5],
    [{"stauts": 500}],
    [{"status": "500"}],
    [{"status": 99}],
    [{"times": -2}],
    [{"after": True}],
    [{"drip": 0}],
    [{"charge": "soon"}],
    [{"framing": "none"}],
    [{"headers": {"a": "b\r\nc: d"}}],
    [{"omit": "token_cap"}],
    [{"reset": 1}],
    {"templates": {"brand": {}}},
    {"templates": {"6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11": {"style": "cubist"}}},
    {"templates": {"6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11": {"flags": ["shiny"]}}},
    {"templates": {"6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11": {"color": "red"}}},
    {"templates": {"6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11": {"tokens": -1}}},
]


@pytest.mark.parametrize("data", BAD_SCENARIOS)
def test_a_scenario_that_makes_no_sense_changes_nothing(sandbox: Sandbox, key: str, data: object) -> None:
    sandbox.scenario([{"status": 503}])
    answer = sandbox.call("POST", "/sandbox/scenario", data)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert sandbox.generate("house", key=key).status_code == 503
