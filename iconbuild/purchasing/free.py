"""A call that costs nothing becomes its answer: tried again where that does no harm."""

from __future__ import annotations

from collections.abc import Mapping

from iconbuild.errors import WorkError
from iconbuild.model.purchase import BrokenOffError, Limited, Message, Reply, Unclear
from iconbuild.purchasing.counter import Counter
from iconbuild.purchasing.sending import send_in_turn, stand_back

_PAUSE = 1.0


class Arriving:
    """An answer that is kept in memory."""

    def __init__(self) -> None:
        self._status, self._headers, self._body = 0, dict[str, str](), bytearray()

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """The status and the headers."""
        self._status, self._headers = status, dict(headers)

    def write(self, data: bytes) -> None:
        """The next piece of the body."""
        self._body += data

    def reply(self) -> Reply:
        """All that arrived."""
        return Reply(self._status, self._headers, bytes(self._body))


def call_free(counter: Counter, message: Message, pool: str, task: str) -> Reply:
    """The answer to a free call.

    What breaks off or fails at the server is tried again, but for uploads, which may have done their work. Raises
    BrokenOffError after the last try, WorkError for a limit that never ends, ProviderError, HaltedError.
    """
    tries = 1 if pool == "upload" and message.method == "POST" else counter.patience.tries
    waited = 0.0
    while True:
        tries -= 1
        try:
            reply = send_in_turn(counter, message, Arriving, pool, sending=_unnoted, deadline=counter.patience.free)
        except BrokenOffError:
            if tries <= 0:
                raise
            counter.pause.sleep(_PAUSE)
            continue
        judgement = counter.remote.judge(task, reply)
        if isinstance(judgement, Limited):
            tries += 1
            waited += stand_back(counter, pool, judgement.wait)
            if waited > counter.patience.limited:
                raise WorkError("the provider says again and again that there were too many calls", remedy="try later")
        elif isinstance(judgement, Unclear) and reply.status >= 500 and tries > 0:
            counter.pause.sleep(_PAUSE)
        else:
            return reply


def _unnoted() -> None:
    """Nobody has to know that a free call is being sent."""
