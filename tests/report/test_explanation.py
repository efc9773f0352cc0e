"""What is said of one icon and of one file."""

from __future__ import annotations

from pathlib import Path

from iconbuild.report.explanation import file_json, icon_json
from tests.report.project import Folder

REMOTE = """\
provider: iconly
icons:
  fox: {subject: a fox, refine: art/fox.png, steps: [crop: 5, smart-remove-bg: true, thickness: 2]}
  bee: {subject: a bee, refine: {icon_id: 6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11}}
outputs: dist
"""


def drawn(folder: Folder) -> Folder:
    """The folder with a picture in it."""
    (folder.path / "art").mkdir()
    Path(folder.path / "art" / "fox.png").write_bytes(b"a picture")
    return folder


def test_a_file_names_the_steps_of_its_picture_wherever_they_run(folder: Folder) -> None:
    for where, on in (("machine", ["canvas", "crop", "smart-remove-bg", "canvas", "thickness"]), ("provider", None)):
        seen = (folder if where == "provider" else drawn(folder)).preview(f"steps-on: {where}\n{REMOTE}")
        target = next(each for each in seen.plan.targets if each.icon == "fox")
        steps = file_json(seen, target)["steps"]
        assert isinstance(steps, list)
        assert [step.split()[0] for step in steps] == (on or ["crop", "smart-remove-bg", "thickness"])
        assert [step.endswith(" at iconly") for step in steps].count(True) == (1 if on else 3)


def test_an_icon_names_the_picture_that_it_is_made_from(folder: Folder) -> None:
    seen = drawn(folder).preview(REMOTE)
    said = [icon_json(seen, icon, [])["values"] for icon in seen.manifest.icons]
    files = [values["refine"] for values in said]  # type: ignore[index]
    assert [each["value"] for each in files] == ["art/fox.png", "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"]
    assert files[0]["where"] == "icons.yaml:3:33"
