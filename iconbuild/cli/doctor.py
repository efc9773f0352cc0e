"""`iconbuild doctor`: what is installed and found, and what is missing."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from iconbuild import __version__
from iconbuild.cli.artwork import engine_here
from iconbuild.cli.options import manifest_and_icons
from iconbuild.cli.speak import say_json
from iconbuild.errors import CredentialError, IconbuildError, ProviderError, UsageError
from iconbuild.pictures.avif import NO_AVIF, writes_avif
from iconbuild.report.inert import inert
from iconbuild.report.numbers import count
from iconbuild.report.text import table
from iconbuild.store.places import cache_dir, state_dir
from iconbuild.toolbox import PAID

_NEEDED = ("pyyaml", "jsonschema", "pillow", "numpy", "resvg_py", "py-phosphor-icons", "requests", "tenacity")
_OPTIONAL = {
    "rich": "progress bars: pip install 'iconbuild[progress]'",
    "keyring": "keys in the system's keyring: pip install 'iconbuild[keyring]'",
    "starlette": "`iconbuild sandbox`: pip install 'iconbuild[server]'",
    "uvicorn": "`iconbuild sandbox`: pip install 'iconbuild[server]'",
}
_KEYRING_PATIENCE = 3.0
"""Seconds."""
_TOOLS = ("make", "ninja", "cmake", "git")

Finding = tuple[str, str, str]
"""Subject, verdict (`ok`, `missing`, `note`), and words."""


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Print the findings; 1 where something needed is missing."""
    findings = [*_program(), *_packages(), *_places(), *_money(), *_tools()]
    broken = any(verdict == "missing" for _, verdict, _ in findings)
    if options.format == "json":
        keys = ("subject", "verdict", "about")
        say_json(
            {
                "command": "doctor",
                "findings": [dict(zip(keys, finding, strict=True)) for finding in findings],
                "ok": not broken,
            }
        )
    else:
        print("\n".join(table(("what", "verdict", "about"), findings, right=None)))
    return 1 if broken else 0


def _program() -> list[Finding]:
    return [
        ("iconbuild", "ok", __version__),
        ("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
    ]


def _packages() -> list[Finding]:
    findings: list[Finding] = []
    for name in _NEEDED:
        try:
            findings.append((name, "ok", version(name)))
        except PackageNotFoundError:
            findings.append((name, "missing", f"pip install {name}"))
    for name, remedy in _OPTIONAL.items():
        try:
            findings.append((name, "ok", version(name)))
        except PackageNotFoundError:
            findings.append((name, "note", f"not installed; {remedy}"))
    if find_spec("yaml") and not _has_libyaml():
        findings.append(("libyaml", "note", "PyYAML has no libyaml here: large manifests load ten times slower"))
    if find_spec("PIL") and not writes_avif():
        findings.append(("avif", "note", f"cannot be among `formats`: {NO_AVIF}"))
    return findings


def _has_libyaml() -> bool:
    return find_spec("yaml._yaml") is not None


def _places() -> list[Finding]:
    findings: list[Finding] = []
    folder = None
    try:
        folder = cache_dir()
        writable = os.access(_nearest(folder), os.W_OK)
        findings.append(("cache", "ok" if writable else "missing", folder if writable else f"{folder} is not writable"))
    except (IconbuildError, OSError) as error:
        findings.append(("cache", "missing", str(error)))
    try:
        path, _ = manifest_and_icons([])
        manifest = ("manifest", "ok", inert(path))
    except IconbuildError as error:
        manifest = ("manifest", "note", inert(error.message))
    return [*findings, manifest, *_artwork(folder)]


def _artwork(folder: str | None) -> list[Finding]:
    """The artwork that icons are searched in, with its licences, and what is wrong with the manifest's packs."""
    engine, error = engine_here(folder)
    broken: list[Finding] = []
    if isinstance(error, ProviderError):
        broken = [("artwork", "missing", inert(f"{error.message}; {error.remedy}"))]
    elif error is not None:
        broken = [("packs", "note", inert(f"not known: {error.message}"))]
    try:
        return [*(("artwork", "ok", inert(line)) for line in engine.licences()), *broken]
    except IconbuildError as error:
        return [("artwork", "missing", inert(f"{error.message}; {error.remedy}"))]


def _money() -> list[Finding]:
    """Where the ledger is and how it stands, and for each provider that takes money, whether there is a key."""
    findings: list[Finding] = []
    try:
        folder = state_dir()
        findings = [("state", *_state(folder)), ("ledger", *_ledger(folder))]
    except (IconbuildError, OSError) as error:
        findings.append(("ledger", "missing", inert(str(error))))
    for provider in sorted(PAID):
        findings += _account(provider)
    return findings


def _state(folder: str) -> tuple[str, str]:
    """How the folder stands that holds the ledger; it is made when something is bought."""
    if not os.access(_nearest(folder), os.W_OK):
        return "note", inert(f"{folder} is not writable: nothing can be bought")
    if not os.path.exists(folder):
        return "ok", inert(f"{folder} (made when something is bought)")
    if os.stat(folder).st_mode & 0o077:
        return "note", inert(f"{folder} can be seen by others: chmod 700 {folder}")
    return "ok", inert(folder)


def _ledger(folder: str) -> tuple[str, str]:
    from iconbuild.store.ledger.ledger import SqliteLedger

    attempts = SqliteLedger(folder).attempts()
    unknown = sum(each.state == "unknown" and not each.waived for each in attempts)
    bought = count(sum(each.state == "settled" for each in attempts), "purchase")
    if unknown:
        return "note", f"{bought}, {unknown} of unknown outcome: iconbuild ledger --all --unknown"
    return "ok", bought


def _account(provider: str) -> list[Finding]:
    """Where the key was found, and never the key; and the address, where that is not the usual one."""
    from iconbuild.credentials.find import find_key
    from iconbuild.providers.http import checked_base

    findings: list[Finding] = []
    try:
        found = find_key(provider, patience=_KEYRING_PATIENCE)
        findings.append((f"{provider} key", "ok", f"found in {found.source}"))
        findings += [(f"{provider} key", "note", inert(sentence)) for sentence in found.notes]
    except CredentialError as error:
        findings.append((f"{provider} key", "note", inert(f"{error.message}; {error.remedy}")))
    variable = f"ICONBUILD_{provider.upper()}_URL"
    address = os.environ.get(variable)
    if address:
        try:
            findings.append((f"{provider} address", "note", inert(f"{checked_base(address, variable)}, by {variable}")))
        except UsageError as error:
            findings.append((f"{provider} address", "missing", inert(f"{error.message}; {error.remedy}")))
    return findings


def _nearest(folder: str) -> str:
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return folder


def _tools() -> list[Finding]:
    found = {name: shutil.which(name) for name in _TOOLS}
    return [
        (name, "ok" if path else "note", path or "not found; only needed for its hook") for name, path in found.items()
    ]
