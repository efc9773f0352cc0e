"""Clients that were written from Iconly's documentation alone run against the sandbox by its address."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import pytest
import requests

from tests.sandbox.pictures import opened
from tests.sandbox.serving import TIMEOUT, Sandbox, sandbox_process

SIX = ("analytics dashboard", "team users", "settings gear", "credit card billing", "chat support", "bell notification")
FIFTEEN = (
    "wireless headphones", "running shoe", "wrist watch", "laptop computer", "camera", "coffee mug", "backpack",
    "sunglasses", "smartphone", "desk lamp", "book", "bicycle", "guitar", "suitcase", "umbrella",
)  # fmt: skip
PAUSE = 0.2
"""What a client waits where the documentation advises 15 s; the window is as much shorter."""


@pytest.fixture(scope="module")
def hurried() -> Iterator[Sandbox]:
    with sandbox_process(window=1) as made:
        yield made


class Client:
    """A reader of the guide: a session, a key, waiting after 429, each icon after the first with a reference."""

    def __init__(self, base: str, key: str) -> None:
        self.base, self.session = base, requests.Session()
        self.session.trust_env = False
        self.session.headers["X-API-Key"] = key

    def post(self, path: str, **fields: object) -> dict[str, object]:
        for _ in range(100):
            answer = self.session.post(f"{self.base}{path}", json=fields, timeout=TIMEOUT)
            if answer.status_code != 429:
                break
            time.sleep(PAUSE)
        data = answer.json()
        assert answer.status_code == 200, data
        assert answer.headers["content-type"] == "application/json"
        assert isinstance(data, dict)
        return data

    def tokens(self) -> dict[str, int]:
        data: dict[str, int] = self.session.get(f"{self.base}/tokens/", timeout=TIMEOUT).json()
        return data

    def chain(self, subjects: Sequence[str], preset: str) -> list[dict[str, object]]:
        made = [self.post("/generate-icon/", subject=subjects[0], preset_id=preset)]
        for subject in subjects[1:]:
            fields = {"attached_image": made[0]["image_data"], "use_as_reference": True}
            made.append(self.post("/generate-icon/", subject=subject, preset_id=preset, **fields))
        return made


@pytest.mark.parametrize(
    ("subjects", "preset", "cost", "side"), [(SIX, "duotone", 124, 512), (FIFTEEN, "product", 361, 1024)]
)
def test_the_documented_sums(
    hurried: Sandbox, key: str, subjects: Sequence[str], preset: str, cost: int, side: int
) -> None:
    client = Client(hurried.api, key)
    with client.session:
        before = client.tokens()
        made = client.chain(subjects, preset)
        after = client.tokens()
    assert before == {"monthly_tokens": 2500, "bonus_tokens": 0, "total_tokens": 2500}
    assert after["total_tokens"] == 2500 - cost == made[-1]["remaining_tokens"]
    charged = [charge for charge in hurried.charges() if charge["subject"] in subjects and charge["tokens"]]
    assert sum(charge["tokens"] for charge in charged) == cost
    assert [charge["subject"] for charge in charged] == list(subjects)
    assert {opened(str(icon["image_data"])).size for icon in made} == {(side, side)}
    assert len({icon["image_data"] for icon in made}) == len(subjects)


def test_an_icon_from_prompt_to_library(sandbox: Sandbox, key: str) -> None:
    client = Client(sandbox.api, key)
    with client.session:
        made = client.post("/generate-icon/", subject="shopping cart", style="line", color="#3b82f6")
        assert set(made) == {"image_data", "remaining_tokens", "monthly_tokens", "bonus_tokens", "token_cap"}
        assert (made["remaining_tokens"], made["token_cap"]) == (2494, 2500)
        image = made["image_data"]
        for path, fields in (
            ("/recolor/", {"color": "#0f172a"}),
            ("/adjust-thickness/", {"thickness": 2}),
            ("/smooth-edges/", {"strength": 3, "algorithm": "contour"}),
            ("/crop-recenter/", {"crop_percent": 10}),
            ("/remove-bg/", {"strength": 2}),
            ("/smart-remove-bg/", {}),
        ):
            done = client.post(path, image_data=image, **fields)
            assert set(done) == {"image_data"}
            image = done["image_data"]
        assert opened(str(image)).size == (512, 512)
        saved = client.post(
            "/library/add/", name="Shopping Cart", image_data=image, style="line", is_colored=False, detail_level="none"
        )
        listed = client.session.get(f"{sandbox.api}/library/list/", timeout=TIMEOUT).json()["icons"]
        presets = client.session.get(f"{sandbox.api}/prompt-templates/", timeout=TIMEOUT).json()
        assert client.tokens()["total_tokens"] == 2500 - 6 - 1
    assert saved["css_class"] == "ci ci-shopping-cart"
    assert [icon["id"] for icon in listed] == [saved["icon_id"]]
    assert {"slug": "duotone", "name": "Duotone"} in presets["presets"]
