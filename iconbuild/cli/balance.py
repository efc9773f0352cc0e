"""`iconbuild balance`: what the account holds, asked for now and remembered in the ledger."""

from __future__ import annotations

import argparse

from iconbuild.cli.options import manifest_and_icons
from iconbuild.cli.speak import note, say_data
from iconbuild.errors import UsageError
from iconbuild.report.numbers import count, plain
from iconbuild.toolbox import COMPARED, PAID, money, workplace


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `balance`."""
    about = "the provider (default: that of the manifest here, if it takes money)"
    parser.add_argument("provider", nargs="?", metavar="PROVIDER", help=about)


def run(options: argparse.Namespace) -> int:
    """Ask and print; raises CredentialError before any network, ProviderError where nobody answers."""
    provider = options.provider or _provider_here()
    if provider not in PAID:
        raise UsageError(f"there is no account at `{provider}`", remedy=f"there are some at {', '.join(sorted(PAID))}")
    desk = money().asking(provider)
    for sentence in desk.notes:
        note(sentence, options)
    balance = desk.balance()
    parts = {name: plain(part) for name, part in balance.parts.items()}
    if options.format in ("json", "ndjson"):
        data = {"provider": provider, "unit": balance.unit, "total": plain(balance.total), "parts": parts}
        say_data({"command": "balance", **data}, options)
    else:
        made_of = f" ({', '.join(f'{name} {part}' for name, part in parts.items())})" if parts else ""
        total = count(plain(balance.total), "token") if balance.unit == "token" else f"${balance.total:.2f}"
        print(f"{provider}: {total}{made_of}")
    return 0


def _provider_here() -> str:
    """The provider of the manifest that is found here, where that takes money."""
    try:
        path, _ = manifest_and_icons([])
    except UsageError:
        return COMPARED
    from iconbuild.loader.load import load

    found = load(path, vocabulary=workplace(remember=False).tools.vocabulary).provider
    return found if found in PAID else COMPARED
