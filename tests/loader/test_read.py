"""The file itself: what is no file, too large, or no UTF-8 text is refused without hanging."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from iconbuild.errors import FilesystemError, ManifestError
from iconbuild.loader.load import load
from iconbuild.loader.read import MAX_BYTES
from tests.loader.loading import OUTPUT, VOCABULARY

GOOD = "icons: {cart: shopping cart}" + OUTPUT


def refused(path: str | Path) -> str:
    with pytest.raises(ManifestError) as caught:
        load(str(path), vocabulary=VOCABULARY)
    assert caught.value.exit_code == 2
    return caught.value.render()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "icons.yaml"
    path.write_bytes(data)
    return path


def test_missing(tmp_path: Path) -> None:
    text = refused(tmp_path / "icons.yaml")
    assert "icons.yaml:1:1: error[M001]: there is no such manifest" in text
    assert "iconbuild init" in text


def test_below_a_file(tmp_path: Path) -> None:
    assert "M001" in refused(written(tmp_path, b"") / "icons.yaml")


def test_folder(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_nul_in_the_path() -> None:
    assert "NUL" in refused("icons\0.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "icons.yaml")
    assert "is a named pipe" in refused(tmp_path / "icons.yaml")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in the file system")
def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("icons.yaml")
        assert "is a socket" in refused("icons.yaml")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no /dev/zero on this system")
def test_endless_device() -> None:
    assert "is a device" in refused("/dev/zero")


def test_too_large(tmp_path: Path) -> None:
    assert "larger than 1,048,576 bytes" in refused(written(tmp_path, b"#" * (MAX_BYTES + 1)))


def test_largest(tmp_path: Path) -> None:
    padding = b"#" * (MAX_BYTES - len(GOOD))
    assert load(str(written(tmp_path, GOOD.encode() + padding)), vocabulary=VOCABULARY).icons


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.encode())
    path.chmod(0)
    with pytest.raises(FilesystemError):
        load(str(path), vocabulary=VOCABULARY)


def test_symbolic_loop(tmp_path: Path) -> None:
    (tmp_path / "icons.yaml").symlink_to("icons.yaml")
    with pytest.raises(FilesystemError, match="cannot read"):
        load(str(tmp_path / "icons.yaml"), vocabulary=VOCABULARY)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"icons:\n  cart: caf\xe9\n", "icons.yaml:2:12: error[M004]: not UTF-8 at byte 18 (0xe9)"),
        (b"\xef\xbb\xbficons:\n  cart: caf\xe9\n", "icons.yaml:2:12: error[M004]: not UTF-8 at byte 21 (0xe9)"),
        (b"icons:\n  cart: a\0b\n", "icons.yaml:2:10: error[M004]: NUL at byte 16"),
        ("icons: {cart: a}".encode("utf-16"), "icons.yaml:1:1: error[M004]: the manifest is UTF-16"),
        ("icons: {cart: a}".encode("utf-16-le"), "error[M004]: NUL at byte 1"),
        ("icons:\n  cart: a\u2028b\n".encode(), "icons.yaml:2:10: error[M004]: line separator U+2028 at byte 16"),
        ("icons:\n  cart: a\u0007b\n".encode(), "icons.yaml:2:10: error[M004]: control character U+0007 at byte 16"),
        (b"icons:\n  cart: \xed\xa0\x80\n", "not UTF-8 at byte 15"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"\n\xff", "icons.yaml:2:1: error[M004]: not UTF-8 at byte 1"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in refused(written(tmp_path, data))


def test_byte_order_mark_is_no_character(tmp_path: Path) -> None:
    manifest = load(str(written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())), vocabulary=VOCABULARY)
    assert manifest.icons[0].where.column == 9


def test_windows_line_ends(tmp_path: Path) -> None:
    text = "icons:\r\n  cart: shopping cart\r\n  user: person\r\noutputs: dist\r\n"
    manifest = load(str(written(tmp_path, text.encode())), vocabulary=VOCABULARY)
    assert [icon.subject for icon in manifest.icons] == ["shopping cart", "person"]
    assert manifest.icons[1].where.line == 3


def test_the_bytes_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.encode())
    manifest = load(str(path), vocabulary=VOCABULARY)
    assert manifest.text == GOOD.encode()
    assert manifest.file == str(path)
    assert manifest.path == str(path)
