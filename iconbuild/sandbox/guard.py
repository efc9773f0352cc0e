"""Only this machine's own programs and pages are answered: other hosts, origins and sites are refused."""

from __future__ import annotations

import re

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from iconbuild.sandbox.answers import JSON_MEDIA, Refusal

_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.ASCII)


class Guard:
    """Stands before an application, so that no page elsewhere can reach it through a browser or a false name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400 or 403, or hand the request on."""
        refusal = _refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
            return
        answer = refusal.answer
        await Response(answer.body, answer.status, media_type=JSON_MEDIA)(scope, receive, send)


def _refusal(scope: Scope) -> Refusal | None:
    hosts = _values(scope, b"host")
    if len(hosts) != 1 or not _LOOPBACK.fullmatch(hosts[0]):
        return Refusal(400, "unknown host")
    if any(origin != f"http://{hosts[0]}" for origin in _values(scope, b"origin")):
        return Refusal(403, "foreign origin")
    if "cross-site" in _values(scope, b"sec-fetch-site"):
        return Refusal(403, "foreign site")
    return None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip().lower() for key, value in scope["headers"] if key == name]
