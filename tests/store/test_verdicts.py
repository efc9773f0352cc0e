from __future__ import annotations

from pathlib import Path

from iconbuild.store.verdicts import KnownVerdicts, ReadOnlyVerdicts

DIGEST, OTHER = "a" * 64, "b" * 64


def test_what_was_valid_is_known_to_everybody(tmp_path: Path) -> None:
    KnownVerdicts(str(tmp_path / "cache")).remember(DIGEST)
    for verdicts in (KnownVerdicts(str(tmp_path / "cache")), ReadOnlyVerdicts(str(tmp_path / "cache"))):
        assert verdicts.known(DIGEST)
        assert not verdicts.known(OTHER)
    KnownVerdicts(str(tmp_path / "cache")).remember(DIGEST)


def test_commands_that_write_nothing_keep_nothing(tmp_path: Path) -> None:
    verdicts = ReadOnlyVerdicts(str(tmp_path / "cache"))
    verdicts.remember(DIGEST)
    assert not verdicts.known(DIGEST)
    assert list(tmp_path.iterdir()) == []
