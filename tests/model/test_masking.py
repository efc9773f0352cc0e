"""Keys among other text become asterisks, and nothing else does."""

from __future__ import annotations

import pytest

from iconbuild.model.masking import holds_key, masked


@pytest.mark.parametrize(
    "key",
    [
        "ik_canary0123",
        "ifk_live_canary",
        "ifk_test_canary",
        "iat_canary0123",
        "irt_canary.0123",
        "sk-canary0123456789",
        "Api-Key: canary0123456789",
        "X-API-Key: canary0123456789",
        "Bearer canary.0123456789",
        "eyJcanary012345.canary012345",
    ],
)
def test_keys_are_masked_wherever_they_stand(key: str) -> None:
    for text in (key, f"a {key} b", f"/api/{key}/x", f'{{"error": "{key}"}}', f"key={key}&x=1"):
        assert holds_key(text)
        assert "canary" not in masked(text)
        assert len(masked(text)) == len(text)


@pytest.mark.parametrize("text", ["", "a kiosk_with_plants", "task-list", "ik_short", "risk-free", "house, with a key"])
def test_other_text_stays(text: str) -> None:
    assert not holds_key(text)
    assert masked(text) == text
