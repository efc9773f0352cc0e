"""Saving icons: numbered names, listing, addresses that serve the bytes, storage, and a page that nobody can drive."""

from __future__ import annotations

import re
from base64 import b64decode
from uuid import UUID

import pytest
import requests

from tests.sandbox.pictures import opened, ring
from tests.sandbox.serving import TIMEOUT, Sandbox


def add(sandbox: Sandbox, key: str, name: object, **fields: object) -> requests.Response:
    data = {"name": name, "image_data": ring(fmt="webp"), **fields}
    return sandbox.call("POST", "/api/library/add/", data, key=key)


def listed(sandbox: Sandbox, key: str) -> list[dict[str, object]]:
    icons: list[dict[str, object]] = sandbox.call("GET", "/api/library/list/", key=key).json()["icons"]
    return icons


def test_a_name_that_is_taken_gets_a_number(sandbox: Sandbox, key: str) -> None:
    names = ["Shopping Cart", "shopping-cart", "Shopping cart!", "Café", "日本語", "日本"]
    classes = [add(sandbox, key, name).json()["css_class"] for name in names]
    slugs = ["shopping-cart", "shopping-cart-2", "shopping-cart-3", "cafe", "icon", "icon-2"]
    assert classes == [f"ci ci-{slug}" for slug in slugs]
    assert [icon["slug"] for icon in listed(sandbox, key)] == slugs[::-1]
    assert add(sandbox, f"{key}x", "Shopping Cart").json()["css_class"] == "ci ci-shopping-cart"


def test_the_documented_fields(sandbox: Sandbox, key: str) -> None:
    saved = add(sandbox, key, "Cart", style="duotone", is_colored=True, detail_level="medium").json()
    assert set(saved) == {"success", "css_class", "icon_id", "icon_type", "url"}
    assert (saved["success"], saved["icon_type"]) == (True, "image")
    assert str(UUID(saved["icon_id"])) == saved["icon_id"]
    (icon,) = listed(sandbox, key)
    created = icon.pop("created_at")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(created))
    assert icon == {
        "id": saved["icon_id"],
        "name": "Cart",
        "slug": "cart",
        "css_class": "ci ci-cart",
        "url": saved["url"],
        "style": "duotone",
        "is_colored": True,
        "detail_level": "medium",
        "icon_type": "image",
        "has_modifications": False,
    }


def test_its_address_serves_the_bytes_to_anybody(sandbox: Sandbox, key: str) -> None:
    picture = ring(fmt="webp")
    address = add(sandbox, key, "cart", image_data=picture).json()["url"]
    answer = requests.get(address, timeout=TIMEOUT)
    assert answer.content == b64decode(picture)
    assert answer.headers["content-type"] == "image/webp"
    converted = add(sandbox, key, "png", image_data=ring(fmt="png")).json()["url"]
    assert requests.get(converted, timeout=TIMEOUT).content[8:12] == b"WEBP"
    assert requests.get(f"{address}x", timeout=TIMEOUT).status_code == 404
    assert opened(picture).size == (128, 128)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": None},
        {"name": ""},
        {"name": ["cart"]},
        {"name": "a\0b"},
        {"style": 5},
        {"is_colored": "yes"},
        {"detail_level": None},
        {"image_data": "aGVsbG8="},
        {"image_data": ring()[:-100]},
        {"folder": "brand"},
    ],
)
def test_bad_values_are_refused(sandbox: Sandbox, key: str, fields: dict[str, object]) -> None:
    answer = add(sandbox, key, **{"name": "cart", **fields})
    assert (answer.status_code, list(answer.json())) == (400, ["error"])
    assert listed(sandbox, key) == []


def test_the_page_shows_names_as_text(sandbox: Sandbox, key: str) -> None:
    name = "<script>alert('x')</script> & \"co\""
    add(sandbox, key, name)
    answer = requests.get(f"{sandbox.address}/library", timeout=TIMEOUT)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'sha256-")
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;co&quot;" in answer.text
    assert key not in answer.text
