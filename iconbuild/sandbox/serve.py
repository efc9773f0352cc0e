"""Settings become a running server on loopback; its address is said, and a signal ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from iconbuild.collector import collector
from iconbuild.errors import UsageError
from iconbuild.sandbox.app import application
from iconbuild.sandbox.house import House, Settings
from iconbuild.sandbox.transport import Protocol

HOST = "127.0.0.1"
_PATIENCE = 1
"""Seconds that answers still on their way are given at the end."""


def serve(settings: Settings, port: int, announce: Callable[[str], None]) -> int:
    """Serve until a signal comes; `announce` is given the address. Returns the number of the signal.

    Raises UsageError for a port that cannot be had and a scenario that makes no sense, StoreError for a bad database.
    """
    try:
        house = House(settings)
    except ValueError as error:
        raise UsageError(f"the scenario: {error}") from error
    with _listening(port) as listener, collector(on=True):
        announce(f"http://{HOST}:{listener.getsockname()[1]}")
        server = _Server(
            uvicorn.Config(
                application(house),
                http=Protocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                timeout_keep_alive=30,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        server.run([listener])
    house.close()
    return server.ended_by


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            remedy = "--port 0 takes one that is free"
            raise UsageError(f"--port {port}: {error.strerror}", remedy=remedy) from error
        listener.listen(128)
        yield listener


class _Server(uvicorn.Server):
    """Notes the signal that ends it, where uvicorn would raise it once more."""

    ended_by = 0

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Within it a signal ends the server, a second one without patience."""
        heeded = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        # A job in the background ignores Ctrl-C.
        heard = [number for number in heeded if signal.getsignal(number) != signal.SIG_IGN]
        before = {number: signal.signal(number, self.handle_exit) for number in heard}
        try:
            yield
        finally:
            for number, former in before.items():
                signal.signal(number, former)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop listening; at the second signal also stop waiting."""
        del frame
        self.force_exit = self.should_exit
        self.should_exit, self.ended_by = True, sig
