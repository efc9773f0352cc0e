"""`iconbuild sandbox`: the remote APIs on this machine, for rehearsals and tests."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable

from iconbuild.cli.options import variable_text
from iconbuild.cli.speak import note
from iconbuild.errors import UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `sandbox`."""

    def option(name: str, metavar: str, kind: Callable[[str], object], default: object, about: str) -> None:
        given = variable_text(f"SANDBOX_{name.upper()}")
        parser.add_argument(
            f"--{name}", metavar=metavar, type=kind, default=default if given is None else given, help=about
        )

    option("port", "N", _whole(65_535), 0, "the port on 127.0.0.1; one that is free if left out")
    option("plan", "PLAN", _plan, "pro", "what accounts begin with: free or pro")
    option("tokens", "N", _whole(1_000_000_000), None, "monthly tokens of an account, in place of its plan's")
    option("bonus", "N", _whole(1_000_000_000), 0, "bonus tokens of an account")
    option("latency", "S", _seconds, 0.0, "seconds that a generation takes at least")
    option("window", "S", _seconds, 60.0, "seconds in which the rate limits count")
    option("db", "FILE", str, None, "keep accounts, charges and icons in this file; in memory if left out")
    option("scenario", "FILE", str, None, "faults and templates, as YAML or JSON")


def run(options: argparse.Namespace) -> int:
    """Serve until a signal comes; the first line on stdout is the address."""
    try:
        from iconbuild.sandbox.serve import serve
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn", "h11", "anyio"):
            raise
        remedy = "install it: pip install 'iconbuild[server]'"
        raise UsageError(f"the sandbox needs {error.name}, which is not installed", remedy=remedy) from error
    from iconbuild.loader.plain import load_plain
    from iconbuild.sandbox.house import Settings

    scenario = load_plain(options.scenario) if options.scenario else None
    settings = Settings(
        plan=options.plan,
        tokens=options.tokens,
        bonus=options.bonus,
        latency=options.latency,
        window=options.window,
        scenario=scenario,
    )
    if options.db:
        settings = settings._replace(database=options.db)

    def announce(address: str) -> None:
        # Whoever reads the address may end us at once: nothing is said after it.
        note(f"Iconly's API is at {address}/api: set ICONBUILD_ICONLY_URL to that; Ctrl-C ends it", options)
        print(address, flush=True)

    return 128 + signal.SIGINT if serve(settings, options.port, announce) == signal.SIGINT else 0


def _whole(most: int) -> Callable[[str], int]:
    def kind(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or len(text) > 12 or int(text) > most:
            raise argparse.ArgumentTypeError(f"a whole number up to {most:,} is needed, not {text[:40]!r}")
        return int(text)

    return kind


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"seconds from 0 to 86,400 are needed, not {text[:40]!r}")
    return value


def _plan(text: str) -> str:
    if text not in ("free", "pro"):
        raise argparse.ArgumentTypeError(f"free or pro, not {text[:40]!r}")
    return text
