"""The shop keeps the truth: what it charges, when that shows, and that a dead customer is charged all the same."""

from __future__ import annotations

import json
import socket
from base64 import b64decode
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.torture.shop import price
from tests.torture.till import Shop


def call(shop: Shop, key: str, body: object = None, path: str = "/generate-icon/") -> tuple[int, Any]:
    """One request: status and body."""
    connection = HTTPConnection("127.0.0.1", shop.port, timeout=10)
    try:
        connection.request("POST" if body else "GET", "/api" + path, json.dumps(body), {"X-API-Key": key})
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())
    finally:
        connection.close()


def test_a_sale_is_a_picture_a_charge_and_a_balance(shop: Shop) -> None:
    key = shop.open(tokens=20)
    status, told = call(shop, key, {"subject": "house", "flags": ["color", "detail-medium"]})
    assert (status, told["remaining_tokens"], told["token_cap"]) == (200, 11, 20)
    with Image.open(BytesIO(b64decode(told["image_data"]))) as picture:
        assert picture.format == "WEBP"
        picture.load()
    assert shop.truth(key).sales == (("house", 9),)
    assert call(shop, key, path="/tokens/") == (200, {"monthly_tokens": 11, "bonus_tokens": 0, "total_tokens": 11})
    assert call(shop, key, {"subject": "bell", "model": "high"}) == (403, {"error": "Insufficient tokens"})
    assert shop.truth(key).tokens == 9


def test_the_same_order_again_is_another_picture_and_paid_again(shop: Shop) -> None:
    key = shop.open()
    first, second = (call(shop, key, {"subject": "house"})[1]["image_data"] for _ in range(2))
    assert first != second
    assert shop.truth(key).counts == {"house": 2}


def test_prices_are_those_of_the_tariff() -> None:
    assert price({}) == 6
    assert price({"flags": ["color", "detail-medium"]}) == 9
    assert price({"flags": ["color", "detail-medium"], "use_as_reference": True, "model": "low"}) == 23


def test_a_late_charge_is_true_at_once_and_does_not_show(shop: Shop) -> None:
    key = shop.open(tokens=100, late=60)
    assert call(shop, key, {"subject": "house"})[1]["remaining_tokens"] == 94
    assert call(shop, key, path="/tokens/")[1]["total_tokens"] == 100
    assert shop.truth(key).tokens == 6


def test_a_stranger_gets_nothing(shop: Shop) -> None:
    assert call(shop, "ik_nobody_knows", {"subject": "house"})[0] == 401


def test_the_script_is_followed_and_then_it_sells_again(shop: Shop) -> None:
    key = shop.open(script=[{"status": 500, "charge": True}, {"status": 429, "headers": {"Retry-After": "1"}}])
    assert [call(shop, key, {"subject": "house"})[0] for _ in range(3)] == [500, 429, 200]
    assert shop.truth(key).counts == {"house": 2}


@pytest.mark.parametrize("fault", [{"cut": 100}, {"cut": -1}, {"reset": True, "cut": 5}, {"body": "<html>"}])
def test_a_bad_answer_is_bad_and_charged(shop: Shop, fault: dict[str, Any]) -> None:
    key = shop.open(script=[fault])
    with pytest.raises((HTTPException, OSError, ValueError)):
        call(shop, key, {"subject": "house"})
    assert shop.truth(key).counts == {"house": 1}


def test_who_dies_while_sending_ordered_nothing_and_who_dies_afterwards_pays(shop: Shop) -> None:
    body = b'{"subject": "house"}'
    for sent, charged in ((body[:-1], 0), (body, 1)):
        key = shop.open()
        head = f"POST /api/generate-icon/ HTTP/1.1\r\nX-API-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", shop.port)) as client:
            client.sendall(head.encode() + sent)
            client.shutdown(socket.SHUT_WR)
            client.recv(1)
        assert shop.truth(key).tokens == 6 * charged
