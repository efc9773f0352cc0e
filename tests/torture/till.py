"""The tests' side of the shop: it is started, accounts are opened with a script, and the truth is asked for."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple

from tests.torture.canary import CANARY

Fault = Mapping[str, Any]
"""What happens to one order: status, charge, delay, cut, reset, drip, body, type, headers, error; {} is a sale."""


class Truth(NamedTuple):
    """What an account really bought."""

    orders: int
    sales: tuple[tuple[str, int], ...]
    """Subject and tokens of every charge, also of those that the balance does not show yet."""

    @property
    def counts(self) -> Counter[str]:
        """How often each subject was charged."""
        return Counter(subject for subject, _ in self.sales)

    @property
    def tokens(self) -> int:
        """All that was charged."""
        return sum(tokens for _, tokens in self.sales)


class Shop(NamedTuple):
    """A running shop."""

    port: int

    @property
    def url(self) -> str:
        """The base address of its API."""
        return f"http://127.0.0.1:{self.port}/api"

    def open(self, *, tokens: int = 2500, late: float = 0, script: Sequence[Fault] = (), always: Fault = {}) -> str:  # noqa: B006 - never changed
        """A new account: its key. `script` is for the first orders, `always` for all after them."""
        key = CANARY + secrets.token_hex(16)
        account = {"key": key, "tokens": tokens, "late": late, "script": list(script), "always": always}
        self._ask("POST", "/control/account", account)
        return key

    def script(self, key: str, *script: Fault) -> None:
        """What happens to the next orders of an account."""
        self._ask("POST", "/control/script", {"key": key, "script": script})

    def truth(self, key: str) -> Truth:
        """What an account really bought."""
        told = self._ask("GET", f"/control/account?key={key}")
        return Truth(told["orders"], tuple((subject, tokens) for subject, tokens in told["sales"]))

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, json.dumps(body))
            reply = connection.getresponse()
            told = reply.read()
            assert reply.status == 200, (path, reply.status, told)
            return json.loads(told)
        finally:
            connection.close()


@contextmanager
def opened() -> Iterator[Shop]:
    """A shop that is open for as long as it is needed."""
    command = [sys.executable, "-m", "tests.torture.shop"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    try:
        yield Shop(int(process.stdout.readline()))
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()
