"""What every registered output has to keep, whatever it makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from iconbuild.model.publishing import IconSet
from iconbuild.model.values import Json, canonical
from iconbuild.outputs.registry import OUTPUTS
from tests.outputs.samples import icon_set, made, wants

VALUES: dict[str, list[Json]] = {
    "files": [
        "dist/icons",
        {"dir": "dist", "formats": ["webp", "png"], "sizes": [16, 24], "scales": [1, 2]},
        {"dir": "dist", "formats": ["avif", "ico"], "sizes": [16, 24]},
    ],
    "sprite": ["dist/s.webp", {"file": "s.png", "css": "s.css", "json": "s.json", "size": 16, "scales": [1, 3]}],
    "html": ["dist/index.html", {"file": "i.html", "title": "Ours", "sizes": [16]}],
    "library": ["dist/library.html", {"file": "l.html", "name": "acme-{icon}"}],
}
SETS = [icon_set(), icon_set("light", "dark"), icon_set(names=("disc",))]
CASES = [
    pytest.param(name, value, icons, id=f"{name}-{at}-{'+'.join(icons.themes) or len(icons.icons)}")
    for name in OUTPUTS
    for at, value in enumerate(VALUES[name])
    for icons in SETS
]


def test_outputs_are_registered_under_their_own_names() -> None:
    assert list(OUTPUTS) == ["files", "sprite", "html", "library"]
    assert all(output.name == name and output.version >= 1 for name, output in OUTPUTS.items())


@pytest.mark.parametrize("name", OUTPUTS)
@pytest.mark.parametrize(
    "value", [None, True, 3, 1.5, "", [], ["dist"], {}, {"no-such-key": 1}, "/abs.png", "../up.png"]
)
def test_nonsense_is_refused_with_a_sentence(name: str, value: Json) -> None:
    with pytest.raises(ValueError, match=r"`.+`"):
        OUTPUTS[name].bind(value)


@pytest.mark.parametrize(("name", "value", "icons"), CASES)
def test_what_is_wanted_is_stable_relative_and_known(name: str, value: Json, icons: IconSet) -> None:
    output = OUTPUTS[name]
    found = wants(output, value, icons)
    assert found == wants(output, value, icons)
    paths = [wanted.path for wanted in found]
    assert len({path.casefold() for path in paths}) == len(paths) > 0
    known = {(icon.name, theme) for icon in icons.icons for theme in icons.themes}
    for wanted in found:
        path = PurePosixPath(wanted.path)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert str(path) == wanted.path
        assert set(wanted.inputs) <= known
        assert canonical(wanted.params)


@pytest.mark.parametrize(("name", "value", "icons"), CASES)
def test_equal_recipes_give_equal_bytes_and_others_do_not(name: str, value: Json, icons: IconSet) -> None:
    output = OUTPUTS[name]
    found = wants(output, value, icons)
    bytes_of = {}
    for wanted in found:
        payload = made(output, wanted)
        assert payload == made(output, wanted)
        assert payload.spent is None
        bytes_of.setdefault((wanted.params, wanted.inputs), payload.data)
        assert bytes_of[wanted.params, wanted.inputs] == payload.data
    assert len(set(bytes_of.values())) == len(bytes_of)


def test_planning_imports_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from iconbuild.outputs.registry import OUTPUTS\n"
        "from tests.outputs.samples import icon_set, wants\n"
        f"for name, values in {VALUES!r}.items():\n"
        "    assert all(wants(OUTPUTS[name], value, icon_set('dark')) for value in values)\n"
        "heavy = {'PIL.Image', 'numpy', 'resvg_py', 'yaml', 'jsonschema', 'iconbuild.pictures.decode'}\n"
        "print(*sorted(heavy & set(sys.modules)), sep=', ', end='')\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
