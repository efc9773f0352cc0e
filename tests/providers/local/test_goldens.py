"""Drawings as reviewable text; ICONBUILD_UPDATE_GOLDENS=1 writes them anew (then raise REVISION and say so)."""

import os

import pytest

from iconbuild.model.manifest import IconSpec
from iconbuild.providers.local import LocalProvider
from tests.providers.local.support import HERE, drawn, icon, svg

FOLDER = HERE / "golden"
CASES = {
    "line-chart-bar": icon("bar chart"),
    "line-info-dots": icon(None, pinned="ph:info"),
    "line-bell-low": icon("bell", flags=("detail-low",)),
    "glyph-gear": icon("gear", "glyph"),
    "outline-users": icon("users", "outline"),
    "outline-lock-dots": icon(None, "outline", pinned="ph:lock"),
    "duotone-credit-card": icon("credit card", "duotone"),
    "duotone-house-blue": icon("house", "duotone", color="#3b82f6"),
    "duotone-t-shirt-high": icon("t-shirt", "duotone", flags=("detail-high",)),
}


def check(name: str, data: bytes) -> None:
    path = FOLDER / f"{name}.svg"
    if os.environ.get("ICONBUILD_UPDATE_GOLDENS") == "1":
        path.write_bytes(data)
    assert data.decode() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "spec"), CASES.items(), ids=CASES)
def test_drawings(provider: LocalProvider, name: str, spec: IconSpec) -> None:
    check(name, drawn(provider, spec).data)


def test_a_drawing_that_follows_an_anchor(provider: LocalProvider) -> None:
    anchor = svg('<rect x="40" y="40" width="176" height="176" fill="#fde68a" stroke="#7c2d12" stroke-width="24"/>')
    check("duotone-bell-following", drawn(provider, icon("bell", "duotone"), anchor).data)


def test_every_golden_has_a_test() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {*CASES, "duotone-bell-following"}
