"""Saved icons become files at their addresses and a page that shows them all, whatever their names hold."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iconbuild.sandbox.answers import Answer, Refusal
from iconbuild.sandbox.delivery import response
from iconbuild.sandbox.faults import NO_FAULT
from iconbuild.sandbox.house import House
from iconbuild.sandbox.shelf import Saved

_STYLE = (
    "body{font:16px system-ui,sans-serif;margin:2rem}ul{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}"
    "li{width:9rem;overflow-wrap:anywhere}img{width:6rem;height:6rem;display:block}"
)
_POLICY = (
    f"default-src 'none'; img-src 'self'; style-src 'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)
_QUIET = {"x-content-type-options": "nosniff", "cache-control": "no-store", "referrer-policy": "no-referrer"}


def gallery(house: House) -> list[Route]:
    """The routes of the page and of the icons' own addresses."""
    return [
        Route("/library", _page(house), methods=["GET"]),
        Route("/cdn/{account}/{slug}.webp", _icon(house), methods=["GET"]),
    ]


def _page(house: House) -> Callable[[Request], Awaitable[Response]]:
    async def handle(_: Request) -> Response:
        page = Answer(200, _html(house.shelf.icons()).encode(), "text/html; charset=utf-8", _QUIET)
        return response(page._replace(headers={**_QUIET, "content-security-policy": _POLICY}), NO_FAULT)

    return handle


def _icon(house: House) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        data = house.shelf.data(request.path_params["account"], slug=request.path_params["slug"])
        if data is None:
            return response(Refusal(404, "Not found").answer, NO_FAULT)
        return response(Answer(200, data, "image/webp", _QUIET), NO_FAULT)

    return handle


def _html(icons: Sequence[Saved]) -> str:
    items = "\n".join(
        f'<li><img src="/cdn/{saved.account}/{saved.slug}.webp" alt=""><b>{escape(saved.name)}</b><br>'
        f"<code>{escape(saved.css_class)}</code></li>"
        for saved in icons
    )
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Library</title><style>{_STYLE}</style>\n'
        f"<h1>Library</h1>\n<p>{len(icons)} saved</p>\n<ul>\n{items}\n</ul>\n</html>\n"
    )
