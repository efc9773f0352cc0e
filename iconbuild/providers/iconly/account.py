"""The answer to the question for the balance becomes a Balance."""

from __future__ import annotations

from iconbuild.errors import BudgetError, CredentialError, ProviderError
from iconbuild.model.purchase import Balance, Refused, Reply
from iconbuild.providers.iconly.answers import judge_failure
from iconbuild.providers.iconly.body import amount, is_json, object_of, words

_PARTS = {"monthly": "monthly_tokens", "bonus": "bonus_tokens"}
_LATER = "nothing was spent; run the same command again later"


def balance_of(reply: Reply) -> Balance:
    """The tokens of the account; raises CredentialError for a refused key, ProviderError for anything else."""
    if reply.status != 200:
        raise _failure(reply)
    found = object_of(reply) if is_json(reply) else None
    total = amount(found.get("total_tokens")) if found else None
    if found is None or total is None:
        raise ProviderError("Iconly's answer has no usable `total_tokens`", remedy=f"{_LATER}; or update iconbuild")
    parts = {name: part for name, field in _PARTS.items() if (part := amount(found.get(field))) is not None}
    return Balance(total, parts)


def _failure(reply: Reply) -> CredentialError | ProviderError:
    judgement = judge_failure(reply)
    error = judgement.error if isinstance(judgement, Refused) else None
    if isinstance(error, (CredentialError, ProviderError)):
        return error
    if isinstance(error, BudgetError) and reply.status == 403:
        return CredentialError(f"Iconly does not tell this key its balance{words(reply)}", remedy=error.remedy)
    return ProviderError(f"Iconly did not tell the balance (status {reply.status}){words(reply)}", remedy=_LATER)
