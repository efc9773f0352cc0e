from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID

import pytest

from iconbuild.errors import BudgetError, CredentialError, IconbuildError, ProviderError, WorkError
from iconbuild.model.artifact import JSON, WEBP, Payload
from iconbuild.model.purchase import BrokenOffError, Message, NotSentError, Reply
from iconbuild.model.values import Params, canonical
from iconbuild.model.work import Action, Delegate
from iconbuild.providers.iconly.library import slug_of
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.providers.iconly.replies import reply, text_of, webp

ICONLY = IconlyProvider()
PICTURE = Payload(webp(), WEBP)
TO_SAVE = Params({"name": "shopping_cart", "style": "line", "is_colored": False, "detail_level": "none"})
SAVE = Action(Delegate("iconly", "library", 1, TO_SAVE), (), "cart", "upload")
Fault = Exception | Reply | None


class Shelf:
    """A library as Iconly documents it. `faults` are what happens to the saves, in order: before the work is done
    (`early`), or after it."""

    def __init__(self, *faults: Fault, early: bool = False) -> None:
        self.icons: list[dict[str, object]] = []
        self.calls: list[str] = []
        self._faults, self._early = list(faults), early

    def __call__(self, message: Message, pool: str) -> Reply:
        self.calls.append(message.path)
        if message.method == "GET":
            assert (message, pool) == (Message("GET", "/library/list/"), "processing")
            return self.listed()
        assert (message.path, pool) == ("/library/add/", "upload")
        fault = self._faults.pop(0) if self._faults else None
        if fault is not None and self._early:
            return _happens(fault)
        answer = self.add(json.loads(message.body))
        return answer if fault is None else _happens(fault)

    def listed(self) -> Reply:
        return reply({"icons": self.icons})

    def add(self, body: dict[str, object]) -> Reply:
        plain, taken = slug_of(str(body["name"])), {icon["slug"] for icon in self.icons}
        slug = next(slug for n in range(1, 99) if (slug := plain if n == 1 else f"{plain}-{n}") not in taken)
        made = {
            "id": str(UUID(int=len(self.icons) + 1)),
            "name": body["name"],
            "slug": slug,
            "css_class": f"ci ci-{slug}",
            "url": f"https://cdn.iconly.ai/u/{slug}.webp",
        }
        self.icons.insert(0, made)
        return reply({"success": True, "icon_type": "image", "icon_id": made["id"], **made})

    def saves(self) -> int:
        return self.calls.count("/library/add/")


def _happens(fault: Exception | Reply) -> Reply:
    if isinstance(fault, Reply):
        return fault
    raise fault


def save(shelf: Callable[[Message, str], Reply]) -> dict[str, str]:
    payload = ICONLY.save(SAVE, [PICTURE], shelf)
    assert payload.media == JSON
    told = json.loads(payload.data)
    assert payload.data == canonical(told).encode()
    assert isinstance(told, dict)
    return told


TOLD = {
    "css_class": "ci ci-shopping-cart",
    "icon_id": str(UUID(int=1)),
    "slug": "shopping-cart",
    "url": "https://cdn.iconly.ai/u/shopping-cart.webp",
}
CUT = BrokenOffError("cut")


def test_what_is_missing_is_saved_and_what_is_there_is_told_the_same() -> None:
    shelf = Shelf()
    assert save(shelf) == TOLD
    assert save(shelf) == TOLD
    assert shelf.calls == ["/library/list/", "/library/add/", "/library/list/"]


def test_the_documented_fields_are_sent() -> None:
    bodies = []

    class Noting(Shelf):
        def add(self, body: dict[str, object]) -> Reply:
            bodies.append(body)
            return super().add(body)

    save(Noting())
    assert bodies == [{**TO_SAVE.data, "image_data": text_of(webp())}]


@pytest.mark.parametrize(
    "fault",
    [
        CUT,
        reply(b"", 500),
        reply(b"<html>", 502),
        reply(b"<html>", type_="text/html"),
        reply(b'{"succ'),
        reply({}, 201),
    ],
)
def test_a_save_of_unknown_outcome_is_looked_for_and_not_sent_again(fault: Fault) -> None:
    shelf = Shelf(fault)
    assert save(shelf) == TOLD
    assert (shelf.saves(), len(shelf.icons)) == (1, 1)


@pytest.mark.parametrize("fault", [CUT, reply(b"", 503)])
def test_a_save_that_is_proved_to_have_failed_is_sent_once_more_and_no_oftener(fault: Fault) -> None:
    shelf = Shelf(fault, early=True)
    assert save(shelf) == TOLD
    assert (shelf.saves(), len(shelf.icons)) == (2, 1)
    shelf = Shelf(fault, fault, fault, early=True)
    with pytest.raises(WorkError, match="could not be saved"):
        save(shelf)
    assert (shelf.saves(), len(shelf.icons)) == (2, 0)


def test_the_first_of_several_is_told() -> None:
    shelf = Shelf()
    save(shelf)
    for _ in range(2):
        shelf.add(dict(TO_SAVE))
    assert [icon["slug"] for icon in shelf.icons] == ["shopping-cart-3", "shopping-cart-2", "shopping-cart"]
    assert save(shelf) == TOLD


def test_slugs_that_are_made_otherwise_are_found_by_name() -> None:
    class Other(Shelf):
        def add(self, body: dict[str, object]) -> Reply:
            answer = super().add({**body, "name": "warenkorb"})
            self.icons[0]["name"] = body["name"]
            return answer

    shelf = Other()
    told = save(shelf)
    assert told["slug"] == "warenkorb"
    assert save(shelf) == told
    assert shelf.saves() == 1


def test_somebody_who_was_faster_is_told_of_and_no_suffix() -> None:
    class Racing(Shelf):
        def add(self, body: dict[str, object]) -> Reply:
            if not self.icons:
                super().add(body)
            return super().add(body)

    assert save(Racing()) == TOLD


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (reply({"error": "bad name"}, 400), WorkError),
        (reply({"success": False, "error": "storage is full"}), WorkError),
        (reply({"success": "yes"}), WorkError),
        (reply(b"", 429), WorkError),
        (NotSentError("no network"), WorkError),
        (reply({"error": "no"}, 401), CredentialError),
        (reply({"error": "a paid plan is needed"}, 403), CredentialError),
        (reply({"error": "Insufficient tokens"}, 403), BudgetError),
        (reply(b"", 404), ProviderError),
        (reply(b"", 302), ProviderError),
    ],
)
def test_a_refused_save_is_not_sent_again(fault: Fault, kind: type[IconbuildError]) -> None:
    shelf = Shelf(fault, early=True)
    with pytest.raises(kind) as caught:
        save(shelf)
    assert type(caught.value) is kind
    assert (shelf.saves(), shelf.icons) == (1, [])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply({}), ProviderError),
        (reply({"icons": None}), ProviderError),
        (reply({"icons": ["x"]}), ProviderError),
        (reply({"icons": [{"name": "x"}]}), ProviderError),
        (reply({"icons": [{"slug": "x", "name": 3}]}), ProviderError),
        (reply([]), ProviderError),
        (reply(b"<html>", type_="text/html"), ProviderError),
        (reply(b"", 404), ProviderError),
        (reply(b"", 401), CredentialError),
        (reply(b"", 500), WorkError),
        (reply(b"", 429), WorkError),
        (CUT, WorkError),
        (NotSentError("no network"), WorkError),
    ],
)
def test_nothing_is_saved_where_the_library_cannot_be_read(
    answer: Exception | Reply, kind: type[IconbuildError]
) -> None:
    class Closed(Shelf):
        def listed(self) -> Reply:
            return _happens(answer)

    shelf = Closed()
    with pytest.raises(kind):
        save(shelf)
    assert shelf.saves() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("css_class", "ci ci-x onload=alert(1)"),
        ("css_class", "ci-x"),
        ("css_class", None),
        ("css_class", "ci ci-x\n"),
        ("id", "1"),
        ("id", None),
        ("url", "https://cdn.iconly.ai.evil.com/x.webp"),
        ("url", "https://evil.com/x.webp"),
        ("url", "http://cdn.iconly.ai/x.webp"),
        ("url", "https://user@cdn.iconly.ai/x.webp"),
        ("url", "javascript:alert(1)"),
        ("url", 'https://cdn.iconly.ai/x"onload='),
        ("url", "https://127.0.0.1.evil.com/x"),
        ("url", None),
    ],
)
def test_values_of_another_shape_are_not_handed_on(field: str, value: object) -> None:
    shelf = Shelf()
    save(shelf)
    shelf.icons[0][field] = value
    with pytest.raises(ProviderError, match=r"`(css_class|icon_id|url)`"):
        save(shelf)
    assert shelf.saves() == 1


@pytest.mark.parametrize(
    "url",
    ["https://cdn.iconly.ai/a/b-1.webp", "https://iconly.ai/x", "http://127.0.0.1:8080/cdn/x.webp", "http://[::1]:1/x"],
)
def test_addresses_of_the_provider_and_of_a_rehearsal_are_handed_on(url: str) -> None:
    shelf = Shelf()
    save(shelf)
    shelf.icons[0]["url"] = url
    assert save(shelf)["url"] == url


@pytest.mark.parametrize(
    ("name", "slug"),
    [("shopping-cart", "shopping-cart"), ("Shopping_Cart 2", "shopping-cart-2"), ("_a__b_", "a-b"), ("X", "x")],
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug
