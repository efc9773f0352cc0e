"""API responses after which nobody knows what was charged (A07 to A11, A17): never sent again unasked, raw kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from socket import socket
from typing import Any

import pytest

from tests.providers.http.peer import OK, Peer
from tests.system.paid import Shop, plain
from tests.system.project import WORDS
from tests.system.rows import (
    GENERATE,
    HOUSE,
    HURRY,
    asked,
    failed,
    goes_on,
    is_unknown,
    keeps_secret,
    noise,
    states,
    webp,
)

PICTURE = webp(noise())
PAGE = "<html><body>Bad gateway<script>alert(1)</script></body></html>"
Rule = dict[str, Any]

AT_THE_SERVER: dict[str, tuple[Rule, str, bytes]] = {
    "500 JSON": ({"status": 500, "body": '{"error":"boom"}'}, "status 500 (boom)", b"boom"),
    "500 page": ({"status": 500, "html": PAGE}, "status 500", PAGE.encode()),
    "500 charged": ({"status": 500, "body": '{"error":"boom"}', "charge": "early"}, "status 500", b"boom"),
    "500 late": ({"status": 500, "body": "", "charge": "late", "charge_delay": 0.4}, "status 500", b""),
    "502": ({"status": 502, "html": PAGE}, "status 502", PAGE.encode()),
    "503": ({"status": 503, "body": "{}"}, "status 503", b"{}"),
    "504": ({"status": 504, "body": ""}, "status 504", b""),
    "418": ({"status": 418, "body": "tea"}, "status 418", b"tea"),
}
"""A07, and a status that is not documented."""


@pytest.mark.parametrize("name", AT_THE_SERVER)
def test_a07_a_failing_server(shop: Shop, name: str) -> None:
    rule, words, arrived = AT_THE_SERVER[name]
    shop.faults({**HOUSE, **rule})
    run = failed(shop, 9, words)
    charged = 6 if "charge" in rule else 0
    attempt = is_unknown(shop, run, charged, arrived=arrived)
    shop.run("ledger", "resolve", attempt, "--charged" if charged else "--void").ok()
    goes_on(shop, charged + 12)


def test_a07_three_in_a_row_end_all_buying(shop: Shop) -> None:
    """What is under way ends; what has not left stays here, and is bought the next time."""
    shop.faults({**GENERATE, "status": 500, "times": -1})
    run = failed(shop, 9, "3 answers in a row were unclear: nothing more is bought", text=plain(*WORDS[:14]))
    sent = [each["status"] for each in asked(shop)]
    assert 3 <= len(sent) <= 10, "no more than fit into one window"
    assert set(sent) == {500}
    assert run.err.count("may have been charged") == 2 * len(sent), "each is told as it happens and in the end"
    assert list(states(shop).values()).count("unknown") == len(sent)
    shop.faults()
    assert shop.run("build").code == 9
    assert shop.spent() == 6 * (14 - len(sent))


NO_ANSWER: dict[str, tuple[Rule, str, bytes | None]] = {
    "page": ({"html": PAGE}, "no JSON by its type", PAGE.encode()),
    "type": ({"content_type": "text/html"}, "no JSON by its type", b"image_data"),
    "cut, length": ({"cut": 200}, "the answer was cut", b"image_data"),
    "cut, chunked": ({"cut": 200, "framing": "chunked"}, "the answer was cut", b"image_data"),
    "cut, to the end": ({"cut": 200, "framing": "close"}, "no whole JSON object", b"image_data"),
    "cut at the last byte": ({"cut": -1, "framing": "close"}, "no whole JSON object", b"image_data"),
    "nothing": ({"cut": 0}, "the answer was cut", None),
    "reset": ({"reset": True}, "127.0.0.1", None),
    "reset in the body": ({"reset": True, "cut": 300}, "127.0.0.1", b"image_data"),
    "no object": ({"body": '["image_data"]'}, "no whole JSON object", b'["image_data"]'),
    "drip": ({"drip": 200}, "no whole answer in the time", None),
    "silence": ({"hang": True}, "no whole answer in the time", None),
    "junk": ({"image": "!!" + PICTURE}, "no whole base64", b"!!"),
    "base64 cut": ({"image": PICTURE[:-1]}, "no whole base64", PICTURE[:-1].encode()),
    "base64 cut at 4": ({"image": PICTURE[: len(PICTURE) // 8 * 4]}, "not as long as it says", PICTURE[:40].encode()),
    "two alphabets": ({"image": PICTURE + "-_+/"}, "no whole base64", PICTURE.encode()),
}
"""A08, A10, A11, A17: the server has done its work and charged for it."""


@pytest.mark.parametrize("name", NO_ANSWER)
def test_a08_to_a17_an_answer_that_is_none(shop: Shop, name: str) -> None:
    rule, words, arrived = NO_ANSWER[name]
    shop.faults({**HOUSE, **rule})
    is_unknown(shop, failed(shop, 9, words, env=HURRY if "time" in words else None), 6, arrived=arrived)


@pytest.mark.parametrize(
    "text",
    [f"data:image/webp;base64,{PICTURE}", PICTURE.replace("+", "-").replace("/", "_")],
    ids=["data URI", "URL-safe"],
)
def test_a11_other_spellings_of_a_whole_picture_are_taken(shop: Shop, text: str) -> None:
    shop.faults({**HOUSE, "image": text})
    shop.project.write(plain("house", "bell"))
    shop.build().ok()
    assert sorted(shop.project.tree()) == ["bell-24.png", "house-24.png"]
    goes_on(shop, 12)


def _endless(connection: socket, peer: Peer) -> None:
    """A head that never ends."""
    connection.sendall(OK)
    while not peer.over.wait(0.01):
        connection.sendall(b"X")


def _slow(connection: socket, peer: Peer) -> None:
    """A body without an end, byte by byte, that a timeout between two bytes never catches."""
    connection.sendall(OK + b"Content-Type: application/json\r\n\r\n")
    while not peer.over.wait(0.01):
        connection.sendall(b" ")


@pytest.mark.parametrize("misbehave", [_endless, _slow], ids=["head", "body"])
def test_a17_an_answer_that_never_ends(shop: Shop, misbehave: Callable[[socket, Peer], None]) -> None:
    balance = json.dumps({"monthly_tokens": 9, "bonus_tokens": 0, "total_tokens": 9})

    def script(peer: Peer, connection: socket) -> None:
        if peer.request(connection).startswith(b"GET /api/tokens/"):
            connection.sendall(OK + b"Content-Type: application/json\r\n\r\n" + balance.encode())
        else:
            misbehave(connection, peer)

    with Peer(script) as peer:
        there = {**HURRY, "ICONBUILD_ICONLY_URL": peer.base}
        run = failed(shop, 9, "no whole answer in the time", env=there, text=plain("house"))
        assert states(shop) == {"house": "unknown"}
        assert peer.connections == 2
        assert shop.run("build", env=there).code == 9
        assert peer.heard.count(b"POST ") == 1, "nothing was sent again"
    keeps_secret(shop, run)
