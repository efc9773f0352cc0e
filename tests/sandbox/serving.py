"""The sandbox as a real process for any test: started, asked for its true list of charges, stopped."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import requests

from tests.system.project import REPOSITORY

TIMEOUT = 60.0
KEY = "ik_sandbox_key_0001"
"""A well-formed key, if one account is enough."""


class Sandbox:
    """A running sandbox. Options are those of the command: `Sandbox(window=6, plan="free")`.

    A key that nobody used before is an account of its own, so that tests may share one sandbox.
    """

    def __init__(self, **options: object) -> None:
        words = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ICONBUILD_")}
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process runs
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iconbuild", "sandbox", "-q", *words],
            env={**inherited, "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "error"},
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().decode().strip()
        if not self.address:
            raise AssertionError(self.ended())

    @property
    def api(self) -> str:
        """The value for ICONBUILD_ICONLY_URL."""
        return f"{self.address}/api"

    def environment(self, key: str = KEY) -> dict[str, str]:
        """The variables with which the program buys here."""
        return {"ICONBUILD_ICONLY_URL": self.api, "ICONBUILD_ICONLY_KEY": key}

    def call(
        self,
        method: str,
        path: str,
        data: object = None,
        *,
        key: str | None = KEY,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """One request with a JSON body, on a connection of its own."""
        sent = {**({"X-API-Key": key} if key else {}), **(headers or {})}
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                method, f"{self.address}{path}", json=data, headers=sent, timeout=TIMEOUT, allow_redirects=False
            )

    def generate(self, subject: str, *, key: str = KEY, **fields: object) -> requests.Response:
        """Order an icon."""
        return self.call("POST", "/api/generate-icon/", {"subject": subject, **fields}, key=key)

    def charges(self) -> list[dict[str, Any]]:
        """Every charge ever made, oldest first: account, endpoint, tokens, subject, request, time, due.

        What has reached the server by now is waited for until it is known whether it is charged.
        """
        return list(self._get("charges")["charges"])

    def total(self, account: str | None = None) -> int:
        """The tokens that were charged, of one account (a fingerprint) or of all."""
        answer = self._get("charges")
        return int(answer["accounts"].get(account, 0) if account else answer["total"])

    def requests(self) -> dict[str, Any]:
        """`counts` by endpoint and status ("0": broken off), `limited` (429s) and `generations` with their times."""
        return self._get("requests")

    def scenario(self, rules: Sequence[Mapping[str, object]], templates: Mapping[str, object] | None = None) -> None:
        """Follow other rules from now on, and have other templates where some are given."""
        data = {"rules": list(rules), **({"templates": templates} if templates is not None else {})}
        self._post("scenario", data)

    def account(self, *, key: str = KEY, **fields: object) -> dict[str, Any]:
        """Set an account's `plan`, `monthly_tokens`, `bonus_tokens`, `token_cap`; all of it, and its fingerprint."""
        return self._post("accounts", fields, key)

    def balance(self, *, key: str = KEY) -> int:
        """What an account holds."""
        return int(self.call("GET", "/api/tokens/", key=key).json()["total_tokens"])

    def reset(self) -> None:
        """Forget accounts, charges, requests and icons, and follow the first scenario again."""
        self._post("reset", {})

    def stop(self) -> None:
        """End it; fails if anything went wrong inside."""
        if self.process.returncode is None:
            self.process.terminate()
            words = self.ended()
            assert self.process.returncode == 0, (self.process.returncode, words)
            assert words == ""

    def ended(self) -> str:
        """Wait for its end; what it said on stderr."""
        try:
            self.process.wait(TIMEOUT)
        finally:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self._errors.seek(0)
            words = self._errors.read().decode()
            self._errors.close()
        return words

    def _get(self, name: str) -> dict[str, Any]:
        return _read(self.call("GET", f"/sandbox/{name}"))

    def _post(self, name: str, data: object, key: str = KEY) -> dict[str, Any]:
        return _read(self.call("POST", f"/sandbox/{name}", data, key=key))


def _read(answer: requests.Response) -> dict[str, Any]:
    data: dict[str, Any] = answer.json()
    assert answer.status_code == 200, data
    return data


@contextmanager
def sandbox_process(**options: object) -> Iterator[Sandbox]:
    """A sandbox while a test lasts; as a fixture: `with sandbox_process() as made: yield made`."""
    sandbox = Sandbox(**options)
    try:
        yield sandbox
    finally:
        sandbox.stop()
