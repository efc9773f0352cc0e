"""A house becomes an application: Iconly under `/api`, saved icons, the side for tests, and errors in one form."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iconbuild.sandbox.answers import Refusal
from iconbuild.sandbox.control import controls
from iconbuild.sandbox.delivery import response
from iconbuild.sandbox.endpoints import ENDPOINTS
from iconbuild.sandbox.exchange import handler
from iconbuild.sandbox.faults import NO_FAULT
from iconbuild.sandbox.gallery import gallery
from iconbuild.sandbox.guard import Guard
from iconbuild.sandbox.house import House


def application(house: House) -> Starlette:
    """What uvicorn serves."""
    iconly = [Route(end.path, handler(house, end), methods=[end.method]) for end in ENDPOINTS]
    app = Starlette(
        routes=[*iconly, *gallery(house), *controls(house)],
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: _refused(house), Exception: _failed},
    )
    # Every documented path ends in a slash; one without it is another path.
    app.router.redirect_slashes = False
    return app


def _refused(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What answers unknown paths and wrong methods."""

    async def handle(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        house.visits.strayed(request.url.path, error.status_code)
        given = Refusal(error.status_code, str(error.detail)).answer
        return response(given._replace(headers=error.headers or {}), NO_FAULT)

    return handle


async def _failed(_: Request, error: Exception) -> Response:
    traceback.print_exception(error, file=sys.stderr)
    return response(Refusal(500, "the sandbox failed; its own words are on stderr").answer, NO_FAULT)
