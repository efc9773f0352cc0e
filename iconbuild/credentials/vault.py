"""The system's keyring becomes a key, or a note why it tells none; it never holds up a run."""

from __future__ import annotations

from importlib import import_module
from threading import Thread

SERVICE = "iconbuild"


def vault_key(provider: str, patience: float) -> tuple[str | None, tuple[str, ...]]:
    """The key that the keyring keeps for `provider`, None where there is none, and notes.

    The package `keyring` is optional. It may ask somebody to unlock the keyring, and there may be nobody: `patience`
    are the seconds that it gets.
    """
    answers: list[tuple[str | None, tuple[str, ...]]] = []
    asking = Thread(target=lambda: answers.append(_asked(provider)), daemon=True)
    asking.start()
    asking.join(patience)
    if not answers:
        return None, (f"the keyring did not answer within {patience:g} s; ICONBUILD_KEYRING=0 leaves it out",)
    return answers[0]


def _asked(provider: str) -> tuple[str | None, tuple[str, ...]]:
    try:
        return import_module("keyring").get_password(SERVICE, provider) or None, ()
    except ModuleNotFoundError:
        return None, ()
    except Exception as error:  # a backend of whatever system this is may raise anything
        return None, (f"the keyring cannot be used ({type(error).__name__})",)
