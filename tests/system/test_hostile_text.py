"""Text from outside, and streams that are narrow or closed, end in plain text and the right exit code."""

from __future__ import annotations

import pytest

from tests.system.project import Project


def test_github_annotations_for_a_bad_manifest(three: Project) -> None:
    three.edit("bell: bell", "bell: {subjct: 100% of it}")
    done = three.run("build", "--format", "github")
    assert done.code == 2
    lines = done.err.splitlines()
    assert lines[0].startswith("::error file=icons.yaml,line=6,col=")
    assert "M012" in lines[0]
    assert all(line.startswith("::") for line in lines)


def test_a_manifests_name_cannot_add_a_property_or_a_command(three: Project) -> None:
    odd = three.root / "a,title=x::error::b\x1b[31m.yaml"
    odd.write_text("icons: {}\n")
    done = three.run("validate", odd.name, "--format", "github")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert done.err.splitlines()[0].count("::") == 2


HOSTILE = "\x1b]0;owned\x07\x1b[31m\x9b31m\u202ered\u2066 [/red] ::error::x"


@pytest.mark.parametrize("form", ["human", "json", "ndjson", "markdown", "github"])
@pytest.mark.parametrize("command", ["build", "plan", "validate", "explain house", "outputs"])
def test_text_from_outside_drives_no_terminal(project: Project, form: str, command: str) -> None:
    """P36: in a subject, where YAML escapes could bring it in, and in the messages of a provider."""
    escaped = HOSTILE.encode("unicode_escape").decode()
    for manifest in (
        f'icons:\n  house: "house {escaped}"\noutputs: dist\n',
        f'icons:\n  house: {{subject: house, "{escaped}": 1}}\noutputs: dist\n',
        f'icons:\n  house: house\n  "{escaped}": bell\noutputs: dist\n',
        f'name: "{escaped}"\nicons:\n  house: house\noutputs: dist\n',
        f'icons:\n  house: house\noutputs: "{escaped}"\n',
        f"icons:\n  house: {HOSTILE}\noutputs: dist\n",
    ):
        project.write(manifest)
        done = project.run(*command.split(), "--format", form)
        assert "Traceback" not in done.err
        for text in (done.out, done.err):
            for char in "\x1b\x07\x9b\u202e\u2066":
                assert char not in text, (manifest, text)
            assert not any(line.startswith("::error::x") for line in text.splitlines())


def test_a_stream_that_cannot_hold_a_character_gets_an_escape(three: Project) -> None:
    three.edit("name: many", 'name: "größe 図"')
    for arguments in (["plan"], ["build"], ["build"], ["build"], ["validate"], ["plan", "--format", "json"]):
        done = three.run(*arguments, env={"PYTHONIOENCODING": "ascii"}).ok()
        assert done.out.isascii()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
@pytest.mark.parametrize("command", ["build", "plan", "--version", "schema"])
def test_a_stream_that_is_closed_from_the_start(three: Project, closed: str, command: str) -> None:
    for _ in range(2):
        three.run(command, prefix=["sh", "-c", f'exec "$@" {closed}', "sh"]).ok()
    if command == "build":
        assert len(three.tree()) == 3
        for data in three.tree().values():
            assert data.startswith(b"\x89PNG")
