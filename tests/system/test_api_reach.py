"""A provider that is not there (A16), speaks otherwise than documented (A26), or fails at what is free (A28, A29)."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.providers.http.peer import OK, Peer, answering, needs_openssl, self_signed
from tests.system.paid import Shop, plain
from tests.system.rows import HOUSE, HURRY, asked, failed, goes_on, states

BALANCE = {"monthly_tokens": 90, "bonus_tokens": 9, "total_tokens": 99}


def _unreached(shop: Shop, base: str, *words: str) -> None:
    """Exit 6, nothing spent, nothing unknown; at the right address the same command does its work."""
    failed(shop, 6, "cannot be reached", "nothing was spent", *words, env={"ICONBUILD_ICONLY_URL": base})
    assert set(states(shop).values()) <= {"void"}
    assert not shop.project.tree()
    assert shop.spent() == 0
    goes_on(shop, 12)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a16_nobody_listens(shop: Shop) -> None:
    _unreached(shop, f"http://127.0.0.1:{_free_port()}/api", "connection refused")


def test_a16_a_name_that_nobody_knows(shop: Shop) -> None:
    """So long a name that no resolver is asked."""
    _unreached(shop, f"https://{'x' * 64}.example/api", "no address is known by this name")


@needs_openssl
def test_a16_a_certificate_that_nobody_knows(shop: Shop, tmp_path: Path) -> None:
    """A portal in between: it is tried four times, and hears nothing."""
    folder = tmp_path / "tls"
    folder.mkdir()
    context, certificate = self_signed(folder)
    shop.project.env |= dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), certificate)
    with Peer(answering(OK), context) as portal:
        _unreached(shop, portal.base, "certificate is not trusted")
        assert portal.connections == 4
        assert portal.heard == b""


@contextmanager
def _closing() -> Iterator[str]:
    """The address of a server that tells the balance once and is gone before anything can be bought."""
    body = json.dumps(BALANCE).encode()
    answer = OK + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        listener.close()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
    finally:
        thread.join()


def test_a16_a_server_that_goes_away_before_the_purchase(shop: Shop) -> None:
    with _closing() as base:
        _unreached(shop, base, "connection refused")
    assert [each["state"] for each in shop.attempts()].count("void") == 2, "the reservations are given back"


def test_a16_a_page_in_place_of_the_balance(shop: Shop) -> None:
    shop.faults({"path": "tokens", "html": "<html>Please sign in to this network</html>", "times": -1})
    failed(shop, 6, "nothing was spent")
    assert asked(shop) == []
    goes_on(shop, 12)


def test_a16_a_balance_that_is_not_told(shop: Shop) -> None:
    """The server fails four times; nothing is bought without knowing what is there."""
    shop.faults({"path": "tokens", "status": 503, "body": "{}", "times": -1})
    failed(shop, 6, "did not tell the balance (status 503)", "nothing was spent")
    assert asked(shop) == []
    goes_on(shop, 12)


def test_a26_a_picture_under_another_name_ends_the_buying(shop: Shop) -> None:
    shop.faults({**HOUSE, "rename": {"image_data": "picture"}})
    text = plain("house", "bell", more="anchor: house\n")
    failed(shop, 6, "no usable `image_data`: its API has changed, so nothing more is sent", text=text)
    assert [each["status"] for each in asked(shop)] == [200]
    assert shop.spent() == 6
    (attempt,) = shop.attempts()
    assert (attempt["state"], attempt["spent"]) == ("unknown", 6)
    kept = Path(attempt["answer"]).read_bytes()
    assert b'"picture"' in kept
    shop.faults()
    assert shop.run("build").code == 9
    assert shop.spent() == 6


def test_a26_a_balance_under_another_name(shop: Shop) -> None:
    shop.faults({"path": "tokens", "rename": {"total_tokens": "total"}, "times": -1})
    failed(shop, 6, "no usable `total_tokens`", "nothing was spent")
    assert asked(shop) == []
    goes_on(shop, 12)


LIBRARY = plain("house", "bell", outputs="outputs:\n  - library: dist/library.html\n")


def _slugs(shop: Shop) -> list[str]:
    icons = shop.sandbox.call("GET", "/api/library/list/", key=shop.key).json()["icons"]
    return sorted(icon["slug"] for icon in icons)


SAVING: dict[str, tuple[Mapping[str, Any], int]] = {
    "hang": ({"hang": True}, 0),
    "cut": ({"cut": 20}, 0),
    "reset": ({"reset": True}, 0),
    "renamed": ({"rename": {"icon_id": "id"}}, 6),
    "502": ({"status": 502, "body": ""}, 0),
    "400": ({"status": 400, "body": '{"error":"no"}'}, 1),
}
"""What happens to the answer of the first save, and the exit code; where the save was done, the list shows it."""


@pytest.mark.parametrize("name", SAVING)
def test_a28_a_save_of_which_the_answer_is_lost(shop: Shop, name: str) -> None:
    rule, code = SAVING[name]
    shop.faults({"path": "library/add", **rule})
    shop.project.write(LIBRARY)
    first = shop.run("build", env=HURRY)
    assert first.code == code, first
    assert shop.spent() == 12
    shop.faults()
    shop.run("build").ok()
    assert _slugs(shop) == ["bell", "house"], "no `house-2`"
    assert "ci ci-house" in (shop.project.root / "dist/library.html").read_text(encoding="utf-8")
    assert shop.spent() == 12


FREE: dict[str, Mapping[str, Any]] = {
    "500": {"status": 500, "body": '{"error":"boom"}'},
    "422": {"status": 422, "body": '{"error":"too small"}'},
    "page": {"html": "<html></html>"},
    "no picture": {"image": "AAAA"},
}


@pytest.mark.parametrize("name", FREE)
def test_a29_a_free_step_fails(shop: Shop, name: str) -> None:
    """The picture that was paid for is kept; the step alone is done again, for nothing."""
    text = plain("house", "bell", more="steps-on: provider\n").replace("line}", "line, steps: [crop: 10]}")
    shop.faults({"path": "crop-recenter", **FREE[name], "times": -1})
    run = failed(shop, 1, text=text)
    assert "crop" in run.err or name == "422"
    assert "spent: 12 tokens" in run.out
    assert shop.spent() == 12
    assert not shop.project.tree()
    originals = shop.project.root / ".iconbuild/originals"
    assert len(list(originals.rglob("*.webp"))) == 2
    shutil.rmtree(shop.project.cache)
    goes_on(shop, 12)
    assert len(asked(shop)) == 2
