from __future__ import annotations

from pathlib import Path

import pytest

from iconbuild.errors import PictureError, WorkError
from iconbuild.executor.perform import perform, perform_on
from iconbuild.model.artifact import PNG, SVG, Payload
from iconbuild.model.values import Params
from iconbuild.model.work import Action, Apply, Import
from iconbuild.pictures.opened import Opened
from tests.builders import digest_of, icon, manifest, planned, step, toolbox

DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 3h9v9z"/></svg>'
SCRIPT = DRAWN.replace(b"<path", b"<script>alert(1)</script><path")


def imported(folder: Path, data: bytes, *, digest: str | None = None) -> Payload:
    (folder / "a.svg").write_bytes(data)
    work = Import(path="a.svg", digest=digest or digest_of(data))  # type: ignore[arg-type]
    return perform(Action(work, (), "a.svg", "import"), (), toolbox(), str(folder))


def test_artwork_is_its_bytes(tmp_path: Path) -> None:
    payload = imported(tmp_path, DRAWN)
    assert (payload.data, payload.media) == (DRAWN, SVG)
    assert payload.facts == Params()


def test_artwork_that_changed_after_planning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match=r"a\.svg changed while it was being built") as caught:
        imported(tmp_path, DRAWN, digest=digest_of(b"before"))
    assert "run the same command again" in caught.value.remedy


@pytest.mark.parametrize("data", [b"no picture", SCRIPT, b"\x89PNG\r\n\x1a\n", b"\x89PNG", b'{"iconbuild-scene": 1}'])
def test_artwork_that_is_none_is_cut_short_or_is_active_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(PictureError):
        imported(tmp_path, data)


def test_artwork_that_has_gone_is_refused(tmp_path: Path) -> None:
    work = Import(path="gone.svg", digest=digest_of(b""))
    with pytest.raises(WorkError, match=r"cannot read gone\.svg: No such file"):
        perform(Action(work, (), "gone.svg", "import"), (), toolbox(), str(tmp_path))


def test_each_kind_of_work_finds_its_tool() -> None:
    tools = toolbox()
    made = manifest(icon("home", subject="house", steps=(step("crop", 5),)), provider="local")
    draw, *others = planned(made).actions.values()
    pictures = [Opened(perform(draw, [], tools, "/nowhere"))]
    for action in others:
        pictures.append(perform_on(action, pictures[-1], tools))
    assert [action.pool for action in others] == ["steps", "steps", "files"]
    assert [picture.payload.media for picture in pictures] == [SVG, PNG, PNG, PNG]


def test_a_step_of_another_version_is_not_run() -> None:
    action = Action(Apply("crop", 99, Params({"percent": 5})), (digest_of(b""),), "x", "steps")  # type: ignore[arg-type]
    with pytest.raises(PictureError, match="no step `crop` in version 99"):
        perform_on(action, Opened(Payload(DRAWN, SVG)), toolbox())


def test_an_unknown_tool_is_a_fault() -> None:
    action = Action(Apply(tool="no-such", version=1, params=Params()), (), "x", "files")
    with pytest.raises(KeyError, match="no-such"):
        perform(action, (), toolbox(), "/nowhere")
