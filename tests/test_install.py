"""What an installed package has to carry: its schema, tariffs, page style and tables, from a wheel and editable."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

for _name in ("hatchling", "editables"):
    pytest.importorskip(_name, reason="packages are built without isolation, by what the group dev installs")

REPOSITORY = Path(__file__).parents[1]
PROGRAM = """
import sys
from importlib.resources import files
import iconbuild
from iconbuild.loader.schema import schema_text
from iconbuild.providers.tariff import load_tariff
from iconbuild.providers.local.provider import LocalProvider
package = files("iconbuild")
assert '"iconbuild manifest"' in schema_text()
assert [load_tariff(name).provider for name in ("iconly", "local")] == ["iconly", "local"]
assert "{" in (package / "outputs" / "page.css").read_text(encoding="utf-8")
assert "{" in (package / "providers" / "local" / "search" / "overrides.json").read_text(encoding="utf-8")
assert LocalProvider().match("house", 1).candidates[0].icon.startswith("ph:house")
sys.stdout.write(iconbuild.__file__)
"""
MANIFEST = "icons: {home: house}\noutputs:\n  - files: dist\n  - html: dist/index.html\n"


def pip(*words: str) -> None:
    """Run pip; nothing is fetched."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_NO_INPUT": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """A folder with a wheel, and `lib` with the wheel installed."""
    with TemporaryDirectory() as name:
        pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", name, str(REPOSITORY))
        (wheel,) = Path(name).glob("iconbuild-*.whl")
        pip("install", "--no-deps", "--no-compile", "--target", f"{name}/lib", str(wheel))
        yield Path(name)


def python(folder: Path, path: list[str], *words: str) -> str:
    """Run Python in `folder` with `path` and the libraries of this environment, but without the repository."""
    libraries = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ICONBUILD_CACHE_DIR": str(folder / "cache"),
        "PYTHONPATH": os.pathsep.join([*path, *dict.fromkeys(libraries)]),
        "PYTHONWARNINGS": "error",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-S", "-P", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_wheel_carries_everything(built: Path, tmp_path: Path) -> None:
    assert python(tmp_path, [str(built / "lib")], "-c", PROGRAM) == str(built / "lib" / "iconbuild" / "__init__.py")


def test_a_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    kept = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "iconbuild").rglob("*") if path.is_file()}
    schemas = {f"iconbuild/schemas/{path.name}" for path in (REPOSITORY / "schemas").iterdir()}
    assert set(names) == {name for name in kept if "__pycache__" not in name} | schemas


def test_an_installed_program_builds(built: Path, tmp_path: Path) -> None:
    (tmp_path / "icons.yaml").write_text(MANIFEST)
    said = python(tmp_path, [str(built / "lib")], "-m", "iconbuild", "build", "--progress", "none")
    assert "2 files written" in said
    assert (tmp_path / "dist" / "home-64.png").read_bytes().startswith(b"\x89PNG")
    assert (built / "lib" / "bin" / "iconbuild").exists()


def test_an_editable_install_finds_the_schemas_of_the_repository(tmp_path: Path) -> None:
    pip(
        "install", "--no-deps", "--no-build-isolation", "--editable", str(REPOSITORY), "--target", str(tmp_path / "lib")
    )
    (link,) = (tmp_path / "lib").glob("*.pth")
    found = python(tmp_path, [], "-c", f"import site; site.addsitedir({str(link.parent)!r})\n{PROGRAM}")
    assert found == str(REPOSITORY / "iconbuild" / "__init__.py")
    assert not (REPOSITORY / "iconbuild" / "schemas").exists()
