"""A server that sells icons as Iconly does, by a script: orders become pictures, charges and every kind of bad answer.

Run as `python -m tests.torture.shop`: the first line on stdout is its port. A process of its own, so that nothing that
is done to a client touches it. Every key is an account with a script of its own; the charges are the truth that every
test of money asks for.
"""

from __future__ import annotations

import json
import socket
import struct
import sys
import threading
import time
from base64 import b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

HIGH_FOR = ("attached_image", "icon_id", "iconify", "use_as_reference")
EXTRA = {"color": 2, "detail-medium": 1, "detail-high": 2}


class Sale(NamedTuple):
    """What was charged: from `visible` on (monotonic seconds) the balance shows it."""

    subject: str
    tokens: int
    visible: float


class Account:
    """One customer: tokens, the script of what happens to the next orders, and what was charged."""

    def __init__(self, tokens: int, late: float, script: list[dict[str, Any]], always: dict[str, Any]) -> None:
        self.tokens, self.late, self.script, self.always = tokens, late, script, always
        self.orders = 0
        self.sales: list[Sale] = []
        self._lock = threading.Lock()

    def turn(self) -> dict[str, Any]:
        """What happens to the next order."""
        with self._lock:
            self.orders += 1
            return self.script.pop(0) if self.script else self.always

    def sell(self, subject: str, tokens: int) -> bool:
        """Charge, unless there are too few tokens."""
        with self._lock:
            if sum(sale.tokens for sale in self.sales) + tokens > self.tokens:
                return False
            self.sales.append(Sale(subject, tokens, time.monotonic() + self.late))
            return True

    def remaining(self, at: float | None = None) -> int:
        """The balance: after everything, or as it is shown at a moment."""
        with self._lock:
            return self.tokens - sum(sale.tokens for sale in self.sales if at is None or sale.visible <= at)


def price(order: dict[str, Any]) -> int:
    """Tokens for an order by the documented tariff."""
    high = order.get("model") == "high" or any(order.get(field) for field in HIGH_FOR)
    return (20 if high else 6) + sum(EXTRA.get(flag, 0) for flag in order.get("flags") or [])


def drawn(subject: str, number: int) -> bytes:
    """A WebP picture that is another one each time it is sold."""
    seed = sha256(f"{subject} {number}".encode()).digest()
    picture = Image.new("RGBA", (64, 64))
    canvas = ImageDraw.Draw(picture)
    for step in range(4):
        left, top = seed[step] % 32, seed[step + 4] % 32
        canvas.ellipse((left, top, left + 24, top + 24), outline=(seed[step + 8], 40, seed[step + 12], 255), width=3)
    out = BytesIO()
    picture.save(out, "WEBP", lossless=True)
    return out.getvalue()


class Counter(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    accounts: dict[str, Account]

    def do_GET(self) -> None:
        """The balance, or (from the tests) the truth."""
        path, _, key = self.path.partition("?key=")
        if path == "/control/account":
            account = self.accounts[key]
            sales = [[sale.subject, sale.tokens] for sale in account.sales]
            self._answer(200, {"orders": account.orders, "sales": sales})
        elif (known := self._account()) and path == "/api/tokens/":
            shown = known.remaining(time.monotonic())
            self._answer(200, {"monthly_tokens": shown, "bonus_tokens": 0, "total_tokens": shown})
        elif known:
            self._answer(404, {"error": "not found"})

    def do_POST(self) -> None:
        """An order, or (from the tests) a new account or a new script."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            self.close_connection = True  # the client died while it sent: no order
            return
        asked = json.loads(body)
        if self.path == "/control/account":
            key = asked.pop("key")
            self.accounts[key] = Account(**asked)
            self._answer(200, {})
        elif self.path == "/control/script":
            self.accounts[asked["key"]].script = asked["script"]
            self._answer(200, {})
        elif (account := self._account()) and self.path == "/api/generate-icon/":
            self._generate(account, asked)
        elif account:
            self._answer(404, {"error": "not found"})

    def _account(self) -> Account | None:
        account = self.accounts.get(self.headers.get("X-API-Key", ""))
        if account is None:
            self._answer(401, {"error": "Invalid API key"})
        return account

    def _generate(self, account: Account, order: dict[str, Any]) -> None:
        turn = account.turn()
        status = turn.get("status", 200)
        if turn.get("charge", status == 200) and not account.sell(order["subject"], price(order)):
            self._answer(403, {"error": "Insufficient tokens"})
            return
        time.sleep(turn.get("delay", 0))
        if status != 200:
            self._answer(status, {"error": turn.get("error", "as the script says")}, turn)
            return
        left = account.remaining()
        image = b64encode(drawn(order["subject"], len(account.sales))).decode()
        balance = {"remaining_tokens": left, "monthly_tokens": left, "bonus_tokens": 0, "token_cap": account.tokens}
        self._answer(200, {"image_data": image, **balance}, turn)

    def _answer(self, status: int, data: dict[str, Any], turn: dict[str, Any] | None = None) -> None:
        """Send an answer as well or as badly as `turn` says: `body`, `cut`, `reset`, `drip`."""
        turn = turn or {}
        body = turn["body"].encode() if "body" in turn else json.dumps(data).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", turn.get("type", "application/json"))
            self.send_header("Content-Length", str(len(body)))
            for name, value in turn.get("headers", {}).items():
                self.send_header(name, value)
            self.end_headers()
            if "drip" in turn:
                for number in range(len(body)):
                    self.wfile.write(body[number : number + 1])
                    time.sleep(turn["drip"])
                return
            self.wfile.write(body[: turn.get("cut", len(body))])
        except OSError:
            self.close_connection = True  # a client that is dead misses its answer, and is charged all the same
            return
        if "cut" in turn or turn.get("reset"):
            self.close_connection = True
        if turn.get("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def handle(self) -> None:
        """All requests of the connection; clients are killed at any moment."""
        try:
            super().handle()
        except (OSError, ValueError):
            self.close_connection = True

    def finish(self) -> None:
        """Let go of the connection, whatever state it is in."""
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Eight clients may come at once."""

    request_queue_size = 128
    daemon_threads = True


def main() -> None:
    """Sell until the one that started this closes stdin."""
    Counter.accounts = {}
    server = Server(("127.0.0.1", 0), Counter)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
