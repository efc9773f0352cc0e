"""One request to an endpoint becomes its answer: key, limit, fields, fault, picture, charge, in this order."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from iconbuild.model.secret import Secret
from iconbuild.model.values import canonical
from iconbuild.sandbox.answers import Answer, Refusal, answer
from iconbuild.sandbox.bodies import Fields, read_fields
from iconbuild.sandbox.books import Sale
from iconbuild.sandbox.delivery import response, spoiled
from iconbuild.sandbox.endpoints import Caller, Endpoint, Job
from iconbuild.sandbox.faults import NO_FAULT, Rule
from iconbuild.sandbox.house import House

_KEY = re.compile(r"ik_[A-Za-z0-9_-]{4,200}")
BROKEN_OFF = 0


def account_of(request: Request) -> str:
    """The fingerprint of the account whose key came; raises Refusal (401)."""
    key = request.headers.get("x-api-key", "")
    if not _KEY.fullmatch(key):
        raise Refusal(401, "Invalid API key" if key else "Missing API key")
    return Secret(key).fingerprint


def handler(house: House, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """What answers the requests to one endpoint."""

    async def handle(request: Request) -> Response:
        with house.undecided() as decision:
            try:
                account = account_of(request)
            except Refusal as refusal:
                house.visits.strayed(endpoint.path, refusal.status)
                return response(refusal.answer, NO_FAULT)
            visit, allowed = _arrive(house, endpoint, account)
            rule = NO_FAULT
            try:
                if not allowed:
                    raise Refusal(429, "Rate limit exceeded")
                caller = Caller(account, house.books.funds(account), f"http://{request.headers['host']}")
                fields = await read_fields(request) if endpoint.method == "POST" else Fields({})
                job = endpoint.prepare(house, caller, fields)
                rule = house.scenario.rule(endpoint.path, job.subject)
                given = spoiled(await _done(house, endpoint, caller, fields, job, rule), rule)
            except Refusal as refusal:
                given, rule = refusal.answer, NO_FAULT
            except ClientDisconnect:  # nobody reads this
                given, rule = Refusal(400, "the request broke off").answer, NO_FAULT
            decision.set_result(None)
            await asyncio.sleep(rule.delay)
            house.visits.answered(visit, BROKEN_OFF if rule.hang or rule.reset else given.status)
            return response(given, rule)

    return handle


def _arrive(house: House, endpoint: Endpoint, account: str) -> tuple[int, bool]:
    limit = house.tariff.limits.get(endpoint.pool)
    calls = limit.calls if limit else None
    return house.visits.arrive(account, endpoint.path, endpoint.pool, calls, house.settings.window)


async def _done(house: House, endpoint: Endpoint, caller: Caller, fields: Fields, job: Job, rule: Rule) -> Answer:
    """The work, and the charge for it when the rule says; raises Refusal."""
    tokens = job.tokens if rule.price is None or not job.tokens else rule.price
    if caller.funds.total < tokens:
        raise Refusal(403, "Insufficient tokens")
    sale = Sale(caller.account, endpoint.path, job.subject, sha256(canonical(fields.data).encode()).hexdigest())
    charging = rule.charging if tokens else "never"
    funds = caller.funds
    if charging == "early":
        funds = house.books.charge(sale, tokens)
    ready = time.monotonic() + (house.settings.latency if endpoint.pool == "generation" else 0.0)
    picture = b"" if rule.fails else await asyncio.to_thread(job.draw)
    await asyncio.sleep(ready - time.monotonic())
    if charging == "usual":
        funds = house.books.charge(sale, tokens)
    elif charging == "late":
        funds = house.books.charge(sale, tokens, delay=rule.charge_delay)
    if rule.fails:
        return answer({"error": "Server error"})
    return answer(job.reply(picture, funds))
