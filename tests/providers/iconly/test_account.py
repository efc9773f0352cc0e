from __future__ import annotations

from decimal import Decimal

import pytest

from iconbuild.errors import CredentialError, IconbuildError, ProviderError
from iconbuild.model.purchase import Balance, Message
from iconbuild.providers.iconly.provider import IconlyProvider
from tests.providers.iconly.replies import reply

ICONLY = IconlyProvider()
SAMPLE = {"monthly_tokens": 280, "bonus_tokens": 13, "total_tokens": 293}


def test_the_question() -> None:
    assert ICONLY.balance_message() == Message("GET", "/tokens/", b"")


def test_the_balance_and_its_parts() -> None:
    parts = {"monthly": Decimal(280), "bonus": Decimal(13)}
    assert ICONLY.balance(reply(SAMPLE)) == Balance(Decimal(293), parts, "token")
    assert ICONLY.balance(reply({"total_tokens": 0, "bonus_tokens": "x"})) == Balance(Decimal(0), {}, "token")


@pytest.mark.parametrize("total", [None, "293", True, -1, [], 1e300])
def test_a_total_that_is_none(total: object) -> None:
    with pytest.raises(ProviderError, match="`total_tokens`"):
        ICONLY.balance(reply({**SAMPLE, "total_tokens": total}))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, {"error": "Invalid API key"}, CredentialError),
        (403, {"error": "Insufficient tokens"}, CredentialError),
        (403, {"error": "plan"}, CredentialError),
        (302, b"", ProviderError),
        (400, {"error": "what?"}, ProviderError),
        (402, b"", ProviderError),
        (404, b"", ProviderError),
        (429, b"", ProviderError),
        (500, b"<html>", ProviderError),
        (204, b"", ProviderError),
    ],
)
def test_answers_without_a_balance(status: int, body: object, kind: type[IconbuildError]) -> None:
    with pytest.raises(kind) as caught:
        ICONLY.balance(reply(body, status))
    assert "<html>" not in caught.value.render()


@pytest.mark.parametrize("answer", [reply(b"<html>"), reply(SAMPLE, type_="text/html"), reply([293]), reply(b"")])
def test_an_answer_that_is_no_json_object(answer: object) -> None:
    with pytest.raises(ProviderError):
        ICONLY.balance(answer)  # type: ignore[arg-type]
