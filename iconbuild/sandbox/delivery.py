"""An answer and a rule become what goes over the line: late, slowly, in part, or not at all."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from iconbuild.sandbox.answers import Answer
from iconbuild.sandbox.faults import Rule
from iconbuild.sandbox.transport import Line

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_TICK = 0.05  # seconds between two pieces of an answer that drips


def spoiled(answer: Answer, rule: Rule) -> Answer:
    """The answer with what a rule puts in the place of its parts."""
    body, media = answer.body, answer.media
    if rule.image is not None or rule.omit or rule.rename:
        body = _refielded(body, rule)
    if rule.html is not None:
        body, media = rule.html.encode(), "text/html; charset=utf-8"
    if rule.body is not None:
        body = rule.body.encode()
    return Answer(rule.status or answer.status, body, rule.content_type or media, {**answer.headers, **rule.headers})


def _refielded(body: bytes, rule: Rule) -> bytes:
    fields = json.loads(body)
    if rule.image is not None:
        fields["image_data"] = rule.image
    for name in rule.omit:
        fields.pop(name, None)
    return json.dumps({rule.rename.get(name, name): value for name, value in fields.items()}).encode()


def response(answer: Answer, rule: Rule) -> Response:
    """What the server is to send."""
    if rule.breaks:
        return Broken(answer, rule)
    headers = {**answer.headers, "content-type": answer.media}
    return Response(answer.body, answer.status, headers)


class Broken(Response):
    """An answer that is written past HTTP's rules, and whose connection ends with it."""

    def __init__(self, answer: Answer, rule: Rule) -> None:
        super().__init__(status_code=answer.status)
        self._answer, self._rule = answer, rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write what the rule leaves of the answer, then wait until the other side is gone."""
        line: Line = scope["state"]["line"]
        rule = self._rule
        if not rule.hang:
            if not rule.reset or rule.cut is not None:
                await self._write(line)
            if rule.reset:
                line.reset()
            else:
                line.close()
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _write(self, line: Line) -> None:
        data = _head(self._answer, self._rule) + _shown(self._answer.body, self._rule)
        if self._rule.drip is None:
            line.write(data)
            return
        step = max(1, round(self._rule.drip * _TICK))
        for start in range(0, len(data), step):
            if line.gone:
                return
            line.write(data[start : start + step])
            await asyncio.sleep(max(_TICK, step / self._rule.drip))


def _shown(body: bytes, rule: Rule) -> bytes:
    """What is sent of the body, in its framing: one chunk whose end is missing where it is cut."""
    part = body if rule.cut is None else body[: rule.cut]
    if rule.framing != "chunked":
        return part
    return b"%x\r\n%b%b" % (len(body), part, b"\r\n0\r\n\r\n" if rule.cut is None else b"")


def _head(answer: Answer, rule: Rule) -> bytes:
    framing = {"length": f"content-length: {len(answer.body)}", "chunked": "transfer-encoding: chunked", "close": ""}
    lines = [
        f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, '')}",
        f"content-type: {answer.media}",
        *(f"{name}: {value}" for name, value in answer.headers.items()),
        *filter(None, [framing[rule.framing]]),
        "connection: close",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
