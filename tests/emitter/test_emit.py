from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iconbuild.disk import TEMP_PREFIX
from iconbuild.emitter.emit import Emitter, differing, preflight
from iconbuild.emitter.index import Index
from iconbuild.emitter.survey import survey
from iconbuild.emitter.tree import Tree
from iconbuild.errors import FilesystemError, StoreError
from iconbuild.model.artifact import PNG, Artifact
from iconbuild.model.outcome import Emitted
from iconbuild.model.session import Found
from iconbuild.model.values import ActionKey
from iconbuild.model.work import Target
from tests.builders import digest_of


class Site:
    """A user's tree; `want` says which bytes each path is to hold."""

    def __init__(self, folder: Path) -> None:
        self.root, self._memory = folder / "root", folder / "memory"
        self.root.mkdir()
        self.tree = Tree(str(self.root))
        self._bytes: dict[str, bytes] = {}

    @property
    def index(self) -> Index:
        """The index as another process would read it."""
        return Index(str(self._memory), "me")

    def targets(self, want: dict[str, bytes]) -> list[Target]:
        """A target a path; equal bytes have equal recipes."""
        return [Target(path=path, key=_key(data), icon=None, kind="files") for path, data in want.items()]

    def made(self, want: dict[str, bytes]) -> dict[ActionKey, Artifact]:
        """An artifact a recipe."""
        self._bytes |= {digest_of(data): data for data in want.values()}
        return {_key(data): Artifact(digest=digest_of(data), media=PNG, size=len(data)) for data in want.values()}

    def look(self, want: dict[str, bytes]) -> dict[str, Found]:
        """What is there."""
        return dict(survey(self.targets(want), self.tree, self.index, ()))

    def emit(
        self,
        want: dict[str, bytes],
        *,
        lost: tuple[str, ...] = (),
        force: bool = False,
        read: Callable[[Artifact], bytes] | None = None,
    ) -> Emitted:
        """Bring the tree to it; nothing could be made for the paths in `lost`."""
        made = self.made({path: data for path, data in want.items() if path not in lost})
        return Emitter(self.tree, self.index).materialize(
            self.targets(want), self.look(want), made, read or self.read, force=force
        )

    def read(self, artifact: Artifact) -> bytes:
        """The bytes of an artifact."""
        return self._bytes[artifact.digest]

    def files(self) -> dict[str, bytes]:
        """Everything in the tree."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}

    def edit(self, path: str, data: bytes) -> None:
        """Somebody writes a file."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)
        os.utime(self.root / path, ns=(1, 1))


def _key(data: bytes) -> ActionKey:
    return ActionKey(digest_of(b"recipe of " + data))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty tree."""
    made = Site(tmp_path)
    with made.tree:
        yield made


TWO = {"dist/a.png": b"one", "dist/b.png": b"two"}


def test_a_first_build_writes_everything(site: Site) -> None:
    assert site.emit(TWO) == Emitted(written=("dist/a.png", "dist/b.png"))
    assert site.files() == TWO
    assert {path: entry.digest for path, entry in site.index.entries.items()} == {
        path: digest_of(data) for path, data in TWO.items()
    }


def test_a_second_build_touches_nothing(site: Site) -> None:
    site.emit(TWO)
    before = {path: site.tree.stamp(path) for path in TWO}
    assert site.emit(TWO) == Emitted(unchanged=2)
    assert {path: site.tree.stamp(path) for path in TWO} == before


def test_only_what_changed_is_written(site: Site) -> None:
    site.emit(TWO)
    stamp = site.tree.stamp("dist/b.png")
    assert site.emit(TWO | {"dist/a.png": b"new"}) == Emitted(written=("dist/a.png",), unchanged=1)
    assert site.files()["dist/a.png"] == b"new"
    assert site.tree.stamp("dist/b.png") == stamp


def test_another_recipe_with_the_same_bytes_writes_nothing(site: Site) -> None:
    site.emit({"a.png": b"one"})
    stamp = site.tree.stamp("a.png")
    other = ActionKey("f" * 64)
    target = Target(path="a.png", key=other, icon=None, kind="files")
    found = survey([target], site.tree, site.index, ())
    made = {other: site.made({"a.png": b"one"})[_key(b"one")]}
    emitted = Emitter(site.tree, site.index).materialize([target], found, made, site.read, force=False)
    assert emitted == Emitted(unchanged=1)
    assert site.tree.stamp("a.png") == stamp
    assert survey([target], site.tree, site.index, ())["a.png"].state == "placed"


def test_what_somebody_edited_is_kept_and_said(site: Site) -> None:
    site.emit(TWO)
    site.edit("dist/a.png", b"by hand")
    assert site.emit(TWO | {"dist/b.png": b"new"}) == Emitted(written=("dist/b.png",), kept=("dist/a.png",))
    assert site.files() == {"dist/a.png": b"by hand", "dist/b.png": b"new"}
    assert site.emit(TWO | {"dist/b.png": b"new"}) == Emitted(unchanged=1, kept=("dist/a.png",))


def test_force_replaces_it(site: Site) -> None:
    site.edit("dist/a.png", b"by hand")
    assert site.emit(TWO, force=True).written == ("dist/a.png", "dist/b.png")
    assert site.files() == TWO
    assert "dist/a.png" in site.index.entries


def test_foreign_bytes_that_are_the_right_ones_are_adopted(site: Site) -> None:
    site.edit("dist/a.png", b"one")
    assert site.emit(TWO) == Emitted(written=("dist/b.png",), unchanged=1)
    assert site.index.owns("dist/a.png", digest_of(b"one"))


def test_a_touched_file_gets_its_new_stamp_into_the_index(site: Site) -> None:
    site.emit(TWO)
    os.utime(site.root / "dist/a.png", ns=(1, 1))
    assert site.emit(TWO) == Emitted(unchanged=2)
    assert site.index.entries["dist/a.png"].stamp == site.tree.stamp("dist/a.png")


def test_what_could_not_be_made_is_missing_and_what_was_there_stays(site: Site) -> None:
    site.emit(TWO)
    changed = {"dist/a.png": b"new one", "dist/b.png": b"new two"}
    assert site.emit(changed, lost=("dist/a.png",)) == Emitted(written=("dist/b.png",), missing=("dist/a.png",))
    assert site.files() == {"dist/a.png": b"one", "dist/b.png": b"new two"}
    assert site.emit(changed) == Emitted(written=("dist/a.png",), unchanged=1)


def test_failing_half_way_remembers_what_was_written(site: Site) -> None:
    def read(artifact: Artifact) -> bytes:
        if artifact.digest == digest_of(b"two"):
            raise StoreError("gone")
        return site.read(artifact)

    with pytest.raises(StoreError, match="gone"):
        site.emit({**TWO, "dist/c.png": b"three"}, read=read)
    assert site.files() == {"dist/a.png": b"one"}
    assert set(site.index.entries) == {"dist/a.png"}
    assert site.emit({**TWO, "dist/c.png": b"three"}) == Emitted(written=("dist/b.png", "dist/c.png"), unchanged=1)


def test_litter_in_the_folders_that_are_written_is_cleared(site: Site, tmp_path: Path) -> None:
    litter = f"dist/{TEMP_PREFIX}{2**22 + 1}-0badcafe"  # beyond the largest process id
    site.edit(litter, b"half")
    site.emit(TWO)
    assert site.files() == TWO


def test_orphans_are_what_is_listed_there_and_not_asked_for(site: Site) -> None:
    site.emit(TWO)
    site.edit("dist/foreign.png", b"theirs")
    emitter = Emitter(site.tree, site.index)
    assert emitter.orphans(site.targets({"dist/a.png": b"one"})) == ["dist/b.png"]
    assert emitter.orphans(site.targets(TWO)) == []
    (site.root / "dist/b.png").unlink()
    assert emitter.orphans([]) == ["dist/a.png"]


@pytest.mark.parametrize("kind", ["folder", "link", "link above"])
def test_what_is_no_file_any_more_is_no_orphan(site: Site, tmp_path: Path, kind: str) -> None:
    site.emit({"dist/a.png": b"one"})
    (site.root / "dist/a.png").unlink()
    if kind == "folder":
        (site.root / "dist/a.png").mkdir()
    elif kind == "link":
        (site.root / "dist/a.png").symlink_to(tmp_path)
    else:
        (site.root / "dist").rmdir()
        (site.root / "dist").symlink_to(tmp_path)
    with Tree(str(site.root)) as tree:
        assert Emitter(tree, site.index).orphans([]) == []


def test_pruning_removes_ours_and_keeps_what_was_edited(site: Site) -> None:
    site.emit({**TWO, "dist/sub/c.png": b"three"})
    site.edit("dist/a.png", b"by hand")
    os.utime(site.root / "dist/b.png", ns=(1, 1))
    emitter = Emitter(site.tree, site.index)
    assert emitter.remove(emitter.orphans([])) == ["dist/b.png", "dist/sub/c.png"]
    assert site.files() == {"dist/a.png": b"by hand"}
    assert not (site.root / "dist/sub").exists()
    assert set(site.index.entries) == {"dist/a.png"}


def test_pruning_forgets_what_has_gone(site: Site) -> None:
    site.emit(TWO)
    (site.root / "dist/a.png").unlink()
    assert Emitter(site.tree, site.index).remove(["dist/a.png"]) == []
    assert set(site.index.entries) == {"dist/b.png"}


def test_check_tells_what_would_change(site: Site) -> None:
    site.emit(TWO)
    want = {"dist/a.png": b"one", "dist/b.png": b"new", "dist/c.png": b"three", "dist/d.png": b"lost"}
    made = site.made({path: data for path, data in want.items() if data != b"lost"})
    assert differing(site.targets(want), site.look(want), made) == ["dist/b.png", "dist/c.png", "dist/d.png"]
    site.edit("dist/c.png", b"three")
    assert differing(site.targets(want), site.look(want), made) == ["dist/b.png", "dist/d.png"]


def test_a_folder_that_cannot_take_files_is_told_before_anything_is_spent(site: Site) -> None:
    preflight(site.targets(TWO), site.tree)
    site.edit("dist", b"a file")
    with pytest.raises(FilesystemError, match="cannot open the output folder dist"):
        preflight(site.targets(TWO), site.tree)
    assert site.files() == {"dist": b"a file"}
