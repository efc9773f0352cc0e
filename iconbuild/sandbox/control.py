"""The side for tests, below `/sandbox/`: the true list of charges, what was asked, and another scenario."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iconbuild.model.values import Json
from iconbuild.sandbox.answers import Refusal, answer
from iconbuild.sandbox.bodies import Fields, read_fields, read_json
from iconbuild.sandbox.books import PLANS, Funds
from iconbuild.sandbox.delivery import response
from iconbuild.sandbox.exchange import account_of
from iconbuild.sandbox.faults import NO_FAULT
from iconbuild.sandbox.house import House

_SETTLE = 0.03
"""Seconds in which what a killed client had sent before it died is read from its connection."""

Control = Callable[[House, Request], Awaitable[Json]]


async def _charges(house: House, request: Request) -> Json:
    """The charges, when of every request that has come by now it is known whether it is charged."""
    del request
    await asyncio.sleep(_SETTLE)
    await house.decided()
    charges = house.books.charges()
    totals = Counter[str]()
    for charge in charges:
        tokens = charge["tokens"]
        totals[str(charge["account"])] += tokens if isinstance(tokens, int) else 0
    return {"charges": list[Json](charges), "accounts": dict(totals), "total": totals.total()}


async def _requests(house: House, request: Request) -> Json:
    del request
    return house.visits.report()


async def _scenario(house: House, request: Request) -> Json:
    data = await read_json(request)
    if data is None:
        raise Refusal(400, "a scenario is a list of rules, or a table")
    try:
        house.rehearse(data)
    except ValueError as error:
        raise Refusal(400, str(error)) from error
    return {"success": True}


async def _accounts(house: House, request: Request) -> Json:
    """Set the account of the key in `X-API-Key`: plan, tokens and cap, each as it was if left out."""
    account, fields = account_of(request), await read_fields(request)
    fields.only(("plan", "monthly_tokens", "bonus_tokens", "token_cap"))
    held = house.books.funds(account)
    plan = fields.choice("plan", tuple(PLANS), held.plan)
    monthly = _amount(fields, "monthly_tokens", held.monthly if plan == held.plan else PLANS[plan].tokens)
    cap = _amount(fields, "token_cap", held.cap if plan == held.plan else PLANS[plan].tokens)
    funds = Funds(plan, monthly, _amount(fields, "bonus_tokens", held.bonus), cap)
    house.books.set(account, funds)
    return {"account": account, **funds._asdict()}


async def _reset(house: House, request: Request) -> Json:
    del request
    await house.decided()
    house.reset()
    return {"success": True}


def _amount(fields: Fields, name: str, default: int) -> int:
    return fields.whole(name, 0, 1_000_000_000) if name in fields.data else default


def _handler(house: House, control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        try:
            data = await control(house, request)
        except Refusal as refusal:
            return response(refusal.answer, NO_FAULT)
        return response(answer(data if isinstance(data, dict) else {}), NO_FAULT)

    return handle


def controls(house: House) -> list[Route]:
    """The control side's routes."""
    found = (
        ("GET", "charges", _charges),
        ("GET", "requests", _requests),
        ("POST", "scenario", _scenario),
        ("POST", "accounts", _accounts),
        ("POST", "reset", _reset),
    )
    return [Route(f"/sandbox/{name}", _handler(house, control), methods=[method]) for method, name, control in found]
