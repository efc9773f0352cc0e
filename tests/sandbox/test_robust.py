"""Whatever is sent in whatever field: an answer in the documented form, and never a fault of the server's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.pictures import ring
from tests.sandbox.serving import Sandbox, sandbox_process

NAMES = (
    "subject", "style", "color", "flags", "model", "preset_id", "template_id", "attached_image", "icon_id", "iconify",
    "use_as_reference", "image_data", "thickness", "strength", "algorithm", "crop_percent", "name", "is_colored",
    "detail_level",
)  # fmt: skip
PATHS = (
    "generate-icon", "recolor", "adjust-thickness", "smooth-edges", "crop-recenter", "remove-bg", "smart-remove-bg",
    "library/add",
)  # fmt: skip
PLAUSIBLE = ("line", "#fff", "house", "high", "duotone", "color", "gaussian", ring(size=32), 0, 3, True, ["color"])
VALUES = st.one_of(
    st.sampled_from(PLAUSIBLE),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    ),
)


@pytest.fixture(scope="module")
def unlimited() -> Iterator[Sandbox]:
    with sandbox_process(window=0, tokens=1_000_000) as made:
        yield made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(PATHS), fields=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_any_fields(unlimited: Sandbox, path: str, fields: dict[str, object]) -> None:
    required = {"subject": "house"} if path == "generate-icon" else {"image_data": ring(size=32), "name": "x"}
    for data in (fields, {**required, **fields}):
        answer = unlimited.call("POST", f"/api/{path}/", data)
        assert answer.status_code in (200, 400, 403), answer.text
        assert ("error" in answer.json()) == (answer.status_code != 200)
