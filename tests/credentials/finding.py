"""Looking for a key in tests: what is found or refused, and that neither shows a key."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

import pytest

from iconbuild.credentials.find import Found, find_key
from iconbuild.errors import CredentialError

CANARY = "ik_CANARYcanary0123456789"
OTHER = "ik_OTHERcanary0123456789"
KEY, FILE = "ICONBUILD_ICONLY_KEY", "ICONBUILD_ICONLY_KEY_FILE"
KEPT, RING = "ICONBUILD_CREDENTIALS_FILE", "ICONBUILD_KEYRING"
NO_RING = {RING: "0"}
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")


def written(path: Path, text: str, mode: int = 0o600) -> str:
    """A file with this text and mode; its path."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def refused(environ: dict[str, str]) -> CredentialError:
    """Why there is no key; exit 5, and neither key is told by anything about it."""
    with pytest.raises(CredentialError) as caught:
        find_key("iconly", environ, patience=0.2)
    assert caught.value.exit_code == 5
    everything = [*traceback.format_exception(caught.value), caught.value.render(), str(caught.value.__context__)]
    assert "anary" not in "".join(everything)
    return caught.value


def found(environ: dict[str, str]) -> Found:
    """The key, which shows in nothing that is printed."""
    result = find_key("iconly", environ, patience=0.2)
    assert "anary" not in repr(result)
    return result
