from __future__ import annotations

import json
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.errors import BudgetError, CredentialError, IconbuildError, ProviderError, WorkError
from iconbuild.model.purchase import GENERATE, Delivered, Limited, Refused, Reply, Unclear
from iconbuild.providers.iconly.answers import judge
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.providers.iconly.replies import JSON, drawn, reply

CANARY = "ik_canary0123456789abcdefCANARY"


def error_of(answer: Reply) -> IconbuildError:
    """The error of an answer that is judged to be a refusal."""
    judgement = judge(answer)
    assert isinstance(judgement, Refused)
    return judgement.error


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (301, "", ProviderError),
        (302, "", ProviderError),
        (307, "", ProviderError),
        (308, "", ProviderError),
        (304, "", ProviderError),
        (400, "subject is required", WorkError),
        (413, "too large", WorkError),
        (422, "unknown flag", WorkError),
        (401, "Invalid API key", CredentialError),
        (402, "insufficient_funds", BudgetError),
        (402, "daily_limit", BudgetError),
        (403, "Insufficient tokens", BudgetError),
        (403, "Insufficient tokens. Upgrade your plan.", BudgetError),
        (403, "INSUFFICIENT CREDITS", BudgetError),
        (403, "Your balance is too low", BudgetError),
        (403, "Monthly quota is used up", BudgetError),
        (403, "Not enough: token 5 required", BudgetError),
        (403, "This feature requires a paid plan", CredentialError),
        (403, "Not available in your tier", CredentialError),
        (403, "No active subscription", CredentialError),
        (403, "Token lacks the scope icons:write", CredentialError),
        (403, "insufficient scope", CredentialError),
        (403, "Invalid token", CredentialError),
        (403, "Insufficient permissions", CredentialError),
        (403, "no", CredentialError),
        (403, "", CredentialError),
        (404, "not found", ProviderError),
        (405, "", ProviderError),
    ],
)
def test_a_refusal_by_its_status_and_words(status: int, said: str, kind: type[IconbuildError]) -> None:
    error = error_of(reply({"error": said} if said else b"", status))
    assert type(error) is kind
    assert error.remedy
    assert said in error.message or status < 400


@pytest.mark.parametrize(
    "body", [b"", b"<html>insufficient tokens</html>", b'{"error": {"token": 1}}', b"[1]", b"\xff"]
)
def test_a_403_that_says_nothing_readable_is_about_the_key(body: bytes) -> None:
    error = error_of(Reply(403, {"content-type": "text/html"}, body))
    assert isinstance(error, CredentialError)
    assert "html" not in error.message


@pytest.mark.parametrize(
    "status", [100, 101, 103, 201, 202, 204, 206, 299, 408, 409, 418, 499, 500, 502, 503, 504, 0, -1, 999]
)
def test_what_proves_nothing_is_unclear_also_with_a_good_picture(status: int) -> None:
    judgement = judge(drawn()._replace(status=status))
    assert isinstance(judgement, Unclear)
    assert str(status) in judgement.why
    assert judgement.stops is None


def test_a_html_error_shows_no_html() -> None:
    judgement = judge(reply(b"<html><script>alert(1)</script></html>", 502, type_="text/html"))
    assert judgement == Unclear("Iconly answered with status 502")


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("5", 5.0),
        ("120", 120.0),
        ("0.5", 0.5),
        (" 7 ", 7.0),
        ("121", None),
        ("0", None),
        ("0.0", None),
        ("-5", None),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("1e1", None),
        ("1_0", None),
        ("\u0665", None),
        ("", None),
        ("9" * 5000, None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
    ],
)
def test_how_long_a_429_asks_to_wait(header: str, wait: float | None) -> None:
    assert judge(reply({"error": "slow down"}, 429, retry_after=header)) == Limited(wait)


def test_a_429_without_a_header() -> None:
    assert judge(reply(b"", 429)) == Limited(None)


@pytest.mark.parametrize(
    ("type_", "good"),
    [
        (JSON, True),
        ("application/json; charset=utf-8", True),
        ("Application/JSON;charset=UTF-8", True),
        ("text/html", False),
        ("application/jsonp", False),
        ("text/plain; application/json", False),
        ("", False),
    ],
)
def test_the_type_has_to_be_json(type_: str, good: bool) -> None:
    answer = drawn()
    judgement = judge(answer._replace(headers={"content-type": type_} if type_ else {}))
    assert isinstance(judgement, Delivered if good else Unclear)


def test_what_is_no_whole_json_object_is_unclear() -> None:
    whole = drawn().body
    bodies = [b"", b"<html>", b"null", b"[]", b'"x"', b"3", b"\xff\xfe", b"{" * 5, b"[" * 200_000, b'{"a":' * 100_000]
    bodies += [whole[:length] for length in range(0, len(whole), 7)]
    for body in bodies:
        judgement = judge(reply(body))
        assert isinstance(judgement, Unclear)
        assert judgement.stops is None


@pytest.mark.parametrize("fields", [{"image_data": None}, {"image_data": 3}, {"image_data": ["x"]}, {"image_data": {}}])
def test_an_answer_without_the_picture_ends_all_paid_work(fields: dict[str, object]) -> None:
    judgement = judge(drawn(**fields))
    assert isinstance(judgement, Unclear)
    assert isinstance(judgement.stops, ProviderError)
    assert "`image_data`" in judgement.stops.message


def test_a_renamed_field_is_named() -> None:
    judgement = judge(reply({"image": "x", "remaining_tokens": 3}))
    assert isinstance(judgement, Unclear)
    assert judgement.stops is not None
    assert "`image_data`" in judgement.stops.message


@pytest.mark.parametrize(
    ("value", "remaining"),
    [
        ("293", Decimal(293)),
        ("0", Decimal(0)),
        ("293.5", Decimal("293.5")),
        ("-1", None),
        ("true", None),
        ("null", None),
        ('"293"', None),
        ("[293]", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e999", None),
        ("9" * 5000, None),
        ("1e15", None),
    ],
)
def test_the_balance_after_it_where_that_makes_sense_and_the_picture_in_any_case(
    value: str, remaining: Decimal | None
) -> None:
    body = drawn(remaining_tokens="?").body.replace(b'"?"', value.encode())
    judgement = judge(reply(body))
    assert isinstance(judgement, Delivered)
    assert judgement.remaining == remaining


def test_without_a_balance_there_is_still_a_picture() -> None:
    body = json.loads(drawn().body)
    del body["remaining_tokens"]
    judgement = judge(reply(body))
    assert isinstance(judgement, Delivered)
    assert judgement.remaining is None


NASTY = f"\x1b]0;x\x07\x1b[31m\u202e[/red]\n::error::\r\t\x9b{CANARY} %69k key={CANARY}"


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 413, 422, 500])
def test_words_from_outside_drive_nothing_and_hold_no_key(status: int) -> None:
    for said in (
        NASTY,
        NASTY * 100,
        f"bad key {CANARY}",
        CANARY.replace("_", "%5F"),
        f"Bearer:{CANARY.encode().hex()}",
    ):
        judgement = judge(reply({"error": said}, status))
        text = judgement.error.render() if isinstance(judgement, Refused) else str(judgement)
        assert [char for char in text.replace("\n", "") if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")] == []
        for form in (CANARY, CANARY[3:], CANARY.encode().hex(), CANARY[:12]):
            assert form not in text
        assert len(text) < 600


@pytest.mark.parametrize("said", ["", "  ", 3, None, {"a": 1}, ["x"]])
def test_words_that_are_none_are_left_out(said: object) -> None:
    assert "(" not in error_of(reply({"error": said}, 400)).message


HEADERS = st.dictionaries(st.sampled_from(["content-type", "retry-after"]), st.sampled_from([JSON, "5"]) | st.text())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
OBJECTS = st.dictionaries(st.sampled_from(["image_data", "remaining_tokens", "error", "x"]), VALUES)
BODIES = st.binary() | OBJECTS.map(lambda value: json.dumps(value).encode())


@settings(max_examples=300)
@given(st.integers() | st.sampled_from([200, 400, 403, 429, 500]), HEADERS, BODIES)
def test_any_answer_has_a_meaning(status: int, headers: dict[str, str], body: bytes) -> None:
    provider = IconlyProvider()
    for task in (GENERATE, "crop", "library", "account"):
        judgement = provider.judge(task, Reply(status, headers, body))
        assert isinstance(judgement, Refused | Limited | Unclear)
        if isinstance(judgement, Limited):
            assert judgement.wait is None or 0 < judgement.wait <= 120


@settings(max_examples=200)
@given(st.data())
def test_a_good_answer_with_any_byte_changed_has_a_meaning(data: st.DataObject) -> None:
    body = bytearray(drawn().body)
    place = data.draw(st.integers(0, len(body) - 1))
    body[place] = data.draw(st.integers(0, 255))
    assert isinstance(judge(reply(bytes(body))), Delivered | Unclear)
