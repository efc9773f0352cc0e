"""The three rate classes: so many requests in any window of an account, and 429 beyond that."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from iconbuild.sandbox.database import open_database
from iconbuild.sandbox.visits import Visits
from tests.sandbox.pictures import ring
from tests.sandbox.serving import Sandbox, sandbox_process

CLASSES = {
    10: [("generate-icon", {"subject": ""}), ("smart-remove-bg", {})],
    30: [("recolor", {}), ("adjust-thickness", {}), ("smooth-edges", {}), ("crop-recenter", {}), ("remove-bg", {})],
    20: [("library/add", {})],
}


@pytest.mark.parametrize("limit", CLASSES)
def test_a_class_has_its_limit_whatever_its_endpoints_answer(sandbox: Sandbox, key: str, limit: int) -> None:
    before = sandbox.requests()["limited"]
    kinds = CLASSES[limit]
    answers = [
        sandbox.call("POST", f"/api/{path}/", fields, key=key)
        for path, fields in (kinds[turn % len(kinds)] for turn in range(limit + 2))
    ]
    assert [answer.status_code for answer in answers] == [400] * limit + [429] * 2
    assert list(answers[-1].json()) == ["error"]
    assert "retry-after" not in answers[-1].headers
    assert sandbox.requests()["limited"] == before + 2
    others = {"generate-icon": {"subject": "house"}, "recolor": {"image_data": ring(), "color": "#000000"}}
    free = [sandbox.call("POST", f"/api/{path}/", data, key=key) for path, data in others.items()]
    assert [answer.status_code for answer in free] == [429 if limit == 10 else 200, 429 if limit == 30 else 200]
    assert sandbox.call("GET", "/api/tokens/", key=key).status_code == 200
    assert sandbox.call("POST", f"/api/{kinds[0][0]}/", {}, key=f"{key}x").status_code == 400


@pytest.fixture(scope="module")
def hurried() -> Iterator[Sandbox]:
    with sandbox_process(window=2) as made:
        yield made


def test_the_window_slides(hurried: Sandbox, key: str) -> None:
    def ask() -> int:
        return hurried.call("POST", "/api/generate-icon/", {}, key=key).status_code

    begun = time.monotonic()
    assert [ask() for _ in range(5)] == [400] * 5
    time.sleep(1.0)
    second = [ask() for _ in range(5)]
    assert second == [400] * 5
    if time.monotonic() - begun < 1.9:  # on a machine that is this busy the first five may have left the window
        assert ask() == 429
    time.sleep(max(0.0, begun + 2.3 - time.monotonic()))
    assert ask() == 400


def test_what_reaches_no_account_is_counted_too(hurried: Sandbox) -> None:
    hurried.call("GET", "/api/tokens/", key="sk-0")
    hurried.call("GET", "/api/nowhere/")
    counts = hurried.requests()["counts"]
    assert (counts["/api/tokens/"]["401"], counts["/api/nowhere/"]["404"]) == (1, 1)


def test_any_window_holds_no_more_than_the_limit() -> None:
    with closing(open_database()) as database:
        visits = Visits(database)
        taken: list[float] = []
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            if visits.arrive("a", "/x/", "generation", 7, 0.1)[1]:
                taken.append(database.execute("SELECT max(clock) FROM visits").fetchone()[0])
        assert len(taken) >= 14
        assert all(later - earlier >= 0.1 for earlier, later in zip(taken, taken[7:], strict=False))
