"""A base address is one host and one path: what could lead elsewhere is refused, and never quoted."""

from __future__ import annotations

import pytest

from iconbuild.errors import UsageError
from iconbuild.providers.http.address import checked_base, parsed_base

CANARY = "CANARYcanary123"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("https://iconly.ai/api", "https://iconly.ai/api"),
        ("https://iconly.ai/api/", "https://iconly.ai/api"),
        ("HTTPS://Iconly.AI", "https://iconly.ai"),
        ("https://iconly.ai:8443/a/b", "https://iconly.ai:8443/a/b"),
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000/api"),
        ("http://localhost/api", "http://localhost/api"),
        ("http://[::1]:9/api", "http://[::1]:9/api"),
    ],
)
def test_addresses_in_order(text: str, plain: str) -> None:
    assert checked_base(text) == plain
    assert checked_base(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        CANARY,
        f"https://{CANARY}@iconly.ai/api",
        f"https://user:{CANARY}@iconly.ai/api",
        f"https://iconly.ai/api?key={CANARY}",
        f"https://iconly.ai/api#{CANARY}",
        "https://iconly.ai/api?",
        "https://iconly.ai/api#",
        "http://iconly.ai/api",
        "http://127.0.0.1.evil.example/api",
        "http://localhost.evil.example/api",
        "http://2130706433/api",
        "http://10.0.0.1/api",
        "ftp://iconly.ai/api",
        "file:///etc/passwd",
        "//iconly.ai/api",
        "https:///api",
        "https://",
        "https://iconly.ai:0/api",
        "https://iconly.ai:99999/api",
        "https://iconly.ai:x/api",
        "https://iconly.ai/api/../admin",
        "https://iconly.ai/%2e%2e/admin",
        "https://iconly.ai\\@evil.example/api",
        "https://iconly.ai/a b",
        "https://iconly.ai/a\nb",
        "https://iconly.ai\t/api",
        "https://iconly.ai/\x00",
        "https://ic\u043enly.ai/api",
        "https://[::1/api",
        "https://[v1.x]/api",
    ],
)
def test_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_base(text, "ICONBUILD_ICONLY_URL")
    assert caught.value.message.startswith("ICONBUILD_ICONLY_URL ")
    assert caught.value.remedy
    assert CANARY not in caught.value.render()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("tokens/", "https://iconly.ai/api/tokens/"),
        ("/tokens/", "https://iconly.ai/api/tokens/"),
        ("//evil.example/x", "https://iconly.ai/api/evil.example/x"),
        ("library/list/?page=2&q=a%20b", "https://iconly.ai/api/library/list/?page=2&q=a%20b"),
    ],
)
def test_paths_stay_below_the_base(path: str, address: str) -> None:
    assert parsed_base("https://iconly.ai/api/").join(path) == address


@pytest.mark.parametrize(
    "path",
    [
        "",
        "..",
        "../admin",
        "a/../../admin",
        "a/./b",
        "a\\b",
        "@evil.example",
        "a#b",
        "a b",
        "a\r\nb",
        "%2e%2e/x",
        "\u00e9",
    ],
)
def test_paths_that_could_lead_out(path: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        parsed_base("https://iconly.ai/api").join(path)
