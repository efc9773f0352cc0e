"""A provider's name becomes its key: the environment, a file, the keyring, or a credentials file, in this order."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import NamedTuple

from iconbuild.credentials.guarded import guarded_text
from iconbuild.credentials.shape import checked_key
from iconbuild.credentials.vault import vault_key
from iconbuild.errors import CredentialError
from iconbuild.model.inert import inert
from iconbuild.model.secret import Secret

CREDENTIALS_FILE = "ICONBUILD_CREDENTIALS_FILE"
KEYRING = "ICONBUILD_KEYRING"
_OFF = frozenset(["0", "no", "false", "off"])


class Found(NamedTuple):
    """A key; `source` says where it was found, `notes` what somebody may want to know. None of them holds the key."""

    secret: Secret
    source: str
    notes: tuple[str, ...]


def find_key(provider: str, environ: Mapping[str, str] = os.environ, *, patience: float = 15.0) -> Found:
    """The key of `provider`; `patience` are the seconds that the keyring gets to answer.

    The first source that is set decides: where its key is malformed or its file is not in order, no other is asked.
    Raises CredentialError for that, and where no source has a key.
    """
    variable = f"ICONBUILD_{provider.upper()}_KEY"
    ring_off = environ.get(KEYRING, "").lower() in _OFF
    if environ.get(variable, "").strip():
        found = _found(provider, environ[variable], variable)
        return found if ring_off else _compared(provider, found, min(patience, 2.0))
    path = environ.get(f"{variable}_FILE")
    if path:
        return _found(provider, guarded_text(path, f"{variable}_FILE", mounted=True), f"{variable}_FILE")
    kept, notes = (None, ()) if ring_off else vault_key(provider, patience)
    if kept is not None:
        return _found(provider, kept, "the keyring")
    path = environ.get(CREDENTIALS_FILE)
    kept = _filed(provider, path) if path else None
    if kept is not None:
        found = _found(provider, kept, CREDENTIALS_FILE)
        return found._replace(notes=found.notes + notes)
    raise _missing(provider, variable, ring_off, path, notes)


def _found(provider: str, text: str, source: str) -> Found:
    secret, notes = checked_key(provider, text, source)
    return Found(secret, source, notes)


def _compared(provider: str, found: Found, patience: float) -> Found:
    """Say so where the keyring has another key than the one that is used."""
    kept, _ = vault_key(provider, patience)
    if kept is None or kept.strip() == found.secret.reveal():
        return found
    note = f"{found.source} and the keyring hold different keys; the one in {found.source} is used"
    return found._replace(notes=(*found.notes, note))


def _filed(provider: str, path: str) -> str | None:
    """The key in a credentials file, None where it has none for `provider`."""
    text = guarded_text(path, CREDENTIALS_FILE)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None  # what was raised holds the whole text: it goes no further
    entry = content.get(provider, {}) if isinstance(content, dict) else None
    key = entry.get("key") if isinstance(entry, dict) else False
    if key is not None and not isinstance(key, str):
        raise CredentialError(
            f"{CREDENTIALS_FILE}: {inert(path)} is damaged; it was left as it is, and nothing was sent",
            remedy=_repair(path),
        )
    return key


def _repair(path: str) -> str:
    shape = 'it has to hold {"iconly": {"key": "..."}}'
    backup = f"{path}.bak"
    return f"{shape}; an older version is kept in {inert(backup)}" if os.path.exists(backup) else shape


def _missing(provider: str, variable: str, ring_off: bool, path: str | None, notes: tuple[str, ...]) -> CredentialError:
    ring = f"the keyring (switched off by {KEYRING})" if ring_off else f"the keyring (`iconbuild`, `{provider}`)"
    file = f"{CREDENTIALS_FILE} (its file has none)" if path else CREDENTIALS_FILE
    tried = ", ".join([variable, f"{variable}_FILE", ring, file])
    remedy = "; ".join([f"looked in this order: {tried}", *notes, "nothing was sent"])
    return CredentialError(f"there is no key for {provider}", remedy=remedy)
