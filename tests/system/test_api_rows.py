"""API responses that prove that nothing ran (A01 to A05, A14, A25), or that the picture is there (A13): safety.md 5."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from iconbuild.report.numbers import count
from tests.providers.http.peer import Peer, resetting
from tests.system.paid import Shop, plain
from tests.system.project import TIMEOUT, WORDS
from tests.system.rows import GENERATE, HOUSE, PAIR, asked, failed, goes_on, is_calm, noise, states, webp

Rule = dict[str, Any]


def test_a01_all_processes_wait_as_long_as_was_asked(shop: Shop) -> None:
    shop.faults({**HOUSE, "status": 429, "headers": {"Retry-After": "3"}})
    shop.project.write(plain("house"))
    other = shop.project.sibling("other", cache="other-cache")
    other.write(plain("bell"))
    with ThreadPoolExecutor() as threads:
        first = threads.submit(shop.run, "build")
        deadline = time.monotonic() + TIMEOUT
        while 429 not in [each["status"] for each in asked(shop)]:
            assert time.monotonic() < deadline
        other.run("build", env=shop.env, module="iconbuild").ok()
        first.result().ok()
    limited, *later = asked(shop)
    assert (limited["status"], [each["status"] for each in later]) == (429, [200, 200])
    assert min(each["time"] for each in later) - limited["time"] >= 3
    assert shop.spent() == 12


def test_a02_a_429_that_does_not_say_how_long(shop: Shop) -> None:
    """Nothing, negative, a word, no number, a day: each is told to another account, and waits a part of the window."""
    waits = dict(zip(WORDS, ["", "-5", "soon", "nan", "86400"], strict=False))
    rule = {**GENERATE, "status": 429}
    shop.faults(
        *({**rule, "subject": word, "headers": {"Retry-After": wait} if wait else {}} for word, wait in waits.items())
    )
    buyers = {word: Shop(shop.project.sibling(word, cache=f"{word}-cache"), shop.sandbox) for word in waits}
    for word, buyer in buyers.items():
        buyer.project.write(plain(word))
    with ThreadPoolExecutor(len(buyers)) as threads:
        for run in threads.map(lambda buyer: buyer.run("build"), buyers.values()):
            run.ok()
    for buyer in buyers.values():
        first, second = asked(buyer)
        assert (first["status"], second["status"]) == (429, 200)
        assert 7 <= second["time"] - first["time"] <= 60
        assert buyer.spent() == 6


def test_a04_a_429_that_never_ends(shop: Shop) -> None:
    shop.faults({**HOUSE, "status": 429, "headers": {"Retry-After": "1"}, "times": -1})
    shop.project.write(PAIR)
    run = shop.project.run("build", env=shop.env, module="tests.system.hurried")
    assert run.code == 1
    assert "seconds: too many calls" in run.err
    assert "run the same command again later; what was bought is kept" in run.err
    assert sorted(shop.project.tree()) == ["bell-24.png"]
    assert shop.spent() == 6
    assert states(shop) == {"house": "void", "bell": "settled"}
    goes_on(shop, 12)


REFUSALS: dict[str, tuple[Rule, int, str]] = {
    "A05 402": ({"status": 402, "body": '{"error":"insufficient_funds"}'}, 4, "not enough tokens (insufficient_funds)"),
    "A05 403": ({"status": 403, "body": '{"error":"Insufficient tokens"}'}, 4, "top it up"),
    "C07 scope": ({"status": 403, "body": '{"error":"missing scope icons:write"}'}, 5, "does not allow this"),
    "401": ({"status": 401, "body": '{"error":"Invalid API key"}'}, 5, "refuses the key (Invalid API key)"),
}
"""What ends all buying at once (P8): a rule for all generations, the exit code, and words."""


@pytest.mark.parametrize("name", REFUSALS)
def test_what_ends_all_buying_at_once(shop: Shop, name: str) -> None:
    rule, code, words = REFUSALS[name]
    shop.faults({**GENERATE, **rule, "times": -1, "after": 1})
    run = failed(shop, code, words, "nothing was charged", text=plain(*WORDS[:11]))
    sent = [each["status"] for each in asked(shop)]
    assert len(sent) <= 10, "what has not left stays here"
    assert sent.count(200) == 1
    assert "spent: 6 tokens" in run.out
    assert shop.spent() == 6
    assert sorted(set(states(shop).values())) == ["settled", "void"]
    goes_on(shop, 6 * 11)


@pytest.mark.parametrize(
    ("status", "reason", "code", "words"),
    [
        (402, "daily_limit", 4, "not enough tokens (daily_limit)"),
        (404, "", 6, "its API has changed"),
        (405, "", 6, "its API has changed"),
    ],
)
def test_other_answers_that_end_all_buying(shop: Shop, status: int, reason: str, code: int, words: str) -> None:
    shop.faults({**GENERATE, "status": status, "body": json.dumps({"error": reason}), "times": -1})
    failed(shop, code, words, "nothing was charged")
    assert shop.spent() == 0
    assert set(states(shop).values()) == {"void"}


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_icon_harms_no_other(shop: Shop, status: int) -> None:
    shop.faults({**HOUSE, "status": status, "body": '{"error":"subject is too odd"}'})
    failed(shop, 1, "refuses the request (subject is too odd)", "nothing was charged")
    assert sorted(shop.project.tree()) == ["bell-24.png"]
    assert states(shop) == {"house": "void", "bell": "settled"}
    goes_on(shop, 12)


@pytest.mark.parametrize(
    ("status", "path"), [*((status, "generate-icon") for status in (302, 307, 308)), (307, "tokens")]
)
def test_a14_a_redirect_is_not_followed(shop: Shop, status: int, path: str) -> None:
    with Peer(resetting) as stranger:
        shop.faults({"path": path, "status": status, "headers": {"Location": f"{stranger.base}/{path}/"}, "times": -1})
        failed(shop, 6, f"refused redirect: Iconly answered with status {status}")
        assert stranger.connections == 0
    assert shop.spent() == 0
    goes_on(shop, 12)


ODD = {
    "terminal": "\x1b[31mred\x1b]0;title\x07\x9b2J\x08\x7f",
    "direction": "abc \u202egnp.exe\u2066 \u200b\u2028x",
    "markup": "[/red][bold]x[/bold] <script>alert(1)</script>",
    "CI": "line\n::error file=x::boo\r\n##[error]boo\n::set-output name=a::b",
    "long": "words and words " * 500,
}


@pytest.mark.parametrize("form", ["human", "github", "ndjson"])
def test_a25_words_of_the_server_are_inert(shop: Shop, form: str) -> None:
    """As refusals, which are told at once, and as unknown outcomes, whose words the ledger keeps."""
    cases = [(text, status) for text in ODD.values() for status in (422, 500)]
    rules = [
        {**GENERATE, "subject": word, "status": status, "body": json.dumps({"error": text})}
        for word, (text, status) in zip(WORDS, cases, strict=False)
    ]
    shop.faults(*rules)
    shop.project.write(plain(*WORDS[: len(rules)]))
    run = shop.run("build", "--format", form, "--progress", "plain")
    assert run.code in (1, 9)
    is_calm(replace(run, err=run.err.replace("\n::error::", "\n")) if form == "github" else run)
    assert all(len(line) < 600 for line in run.err.splitlines())
    assert "\\u001b[31mred" in run.err
    ledger = shop.run("ledger")
    is_calm(ledger)
    assert all(len(attempt["note"]) <= 400 for attempt in shop.attempts())
    assert shop.spent() == 0


def _answer(**fields: object) -> str:
    return json.dumps({"image_data": webp(noise()), "monthly_tokens": 1, **fields})


PRICES: dict[str, Rule] = {
    "missing": {"omit": ["remaining_tokens"]},
    "renamed": {"rename": {"remaining_tokens": "tokens_left"}},
    "negative": {"body": _answer(remaining_tokens=-5)},
    "truth": {"body": _answer(remaining_tokens=True)},
    "endless": {"body": '{"remaining_tokens": 1e999, ' + _answer()[1:]},
}


@pytest.mark.parametrize("name", PRICES)
def test_a13_a_balance_that_is_none_keeps_the_picture(shop: Shop, name: str) -> None:
    shop.faults({**HOUSE, **PRICES[name]})
    shop.project.write(plain("house"))
    run = shop.run("build").ok()
    assert "spent: 6 tokens (estimate)" in run.out
    (attempt,) = shop.attempts()
    assert (attempt["state"], attempt["price"], attempt["spent"]) == ("settled", "unknown", 6)
    assert "price not told" in shop.run("ledger").ok().out
    goes_on(shop, 6)


def test_a13_a_balance_that_went_up(shop: Shop) -> None:
    shop.faults({**HOUSE, "body": _answer(remaining_tokens=999_999)})
    shop.project.write(plain("house"))
    shop.run("build").ok()
    (attempt,) = shop.attempts()
    assert (attempt["price"], attempt["spent"]) == ("unknown", 6)
    goes_on(shop, 6)


@pytest.mark.parametrize("price", [7, 12, 18])
def test_a13_a_higher_price_ends_the_buying_and_keeps_the_picture(shop: Shop, price: int) -> None:
    """By one token, and by once and twice the price of the plan (P6)."""
    text = plain("house", "bell", more="anchor: house\n")
    shop.faults({**HOUSE, "price": price})
    run = failed(
        shop, 4, f"holds {count(price - 6, 'token')} less than the plan says", "nothing more is bought", text=text
    )
    assert "what was bought is kept" in run.err
    assert shop.spent() == price
    assert sorted(shop.project.tree()) == ["house-24.png"]
    goes_on(shop, price + 20)
