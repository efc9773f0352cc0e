"""The other commands, each as people use it."""

from __future__ import annotations

import json
import shutil
import subprocess

import jsonschema
import pytest

from tests.system.project import REPOSITORY, TIMEOUT, Project, many
from tests.system.shapes import MATCH, fits, refused


@pytest.fixture
def built(project: Project) -> Project:
    """Three icons, built."""
    project.write(many(3))
    project.run("build").ok()
    return project


def test_validate(three: Project) -> None:
    assert three.run("validate").ok().out == "icons.yaml: valid, 3 icons, 3 files\n"
    three.edit("bell: bell", "bell: {subjct: bell}")
    refused(three.run("validate"), 2, "icons.yaml:6:10: error[M012]", "did you mean `subject`?")
    done = three.run("validate", "--format", "json")
    assert done.code == done.json["exit_code"] == 2
    assert done.json["valid"] is False
    assert done.json["problems"][0]["line"] == 6


def test_explain(built: Project) -> None:
    icon = built.run("explain", "bell").ok().out
    assert "icons.yaml:6" in icon
    assert "dist/bell-24.png" in icon
    assert "reuse" in icon
    for spelling in ("dist/bell-24.png", str(built.root / "dist/bell-24.png")):
        assert "bell" in built.run("explain", spelling).ok().out
    built.edit("bell: bell", "bell: alarm clock")
    changed = built.run("explain", "bell").ok().out
    assert "alarm clock" in changed
    assert "generate" in changed
    assert "subject" in changed
    assert "M017" in built.run("explain", "M017").ok().out
    refused(built.run("explain", "M999"), 2, "M999")
    refused(built.run("explain", "dist/bell-99.png"), 2, "did you mean")


def test_outputs(three: Project) -> None:
    names = ["dist/house-24.png", "dist/bell-24.png", "dist/heart-24.png"]
    assert three.run("outputs").ok().out.splitlines() == names
    assert three.run("outputs", "-0").ok().out.split("\0") == [*names, ""]
    assert three.run("outputs", "--absolute").ok().out.splitlines()[0] == str(three.root / names[0])
    assert three.run("outputs", "bell").ok().out.splitlines() == names[1:2]
    files = three.run("outputs", "--format", "json").ok().json["files"]
    assert [file["path"] for file in files] == names
    three.run("build").ok()
    assert sorted(str(path.relative_to(three.root)) for path in (three.root / "dist").iterdir()) == sorted(names)


def test_match(three: Project) -> None:
    done = three.run("match", "credit card", "--format", "json").ok()
    fits(done.json, MATCH)
    assert done.json["candidates"][0]["icon"] == "ph:credit-card"
    assert done.json["confident"] is True
    assert "ph:credit-card" in three.run("match", "credit card").ok().out
    assert three.run("match", "xqzjvw").code == 1
    assert three.run("match", "apple", "--strict").code == 10
    two = three.run("match", "sun and moon", "--format", "json").ok().json
    assert (two["candidates"][0]["icon"], two["with"], two["unknown"]) == ("ph:sun", "ph:moon", [])
    assert "with ph:moon" in three.run("match", "sun and moon").ok().out
    assert "not understood: `корзина`" in three.run("match", "корзина").out
    assert three.run("match", "корзина cart", "--format", "json").ok().json["unknown"] == ["корзина"]


def test_presets(three: Project) -> None:
    presets = three.run("presets", "--format", "json").ok().json["presets"]
    assert {"local", "iconly"} == {preset["provider"] for preset in presets}
    assert "duotone" in three.run("presets").ok().out


def test_schema_is_valid_and_accepts_the_example_sets(three: Project) -> None:
    import yaml

    schema = json.loads(three.run("schema").ok().out)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    for path in REPOSITORY.glob("example-sets/*/icons.yaml"):
        jsonschema.validate(yaml.safe_load(path.read_text()), schema)


def test_doctor(three: Project) -> None:
    done = three.run("doctor", "--format", "json").ok().json
    assert done["ok"] is True
    assert {finding["verdict"] for finding in done["findings"]} <= {"ok", "note"}
    assert str(three.cache) in three.run("doctor").ok().out


def test_cache(built: Project) -> None:
    assert built.run("cache", "dir").ok().out == f"{built.cache}\n"
    info = built.run("cache", "info", "--format", "json").ok().json
    assert info["actions"] >= 6
    assert info["bytes"] > 0
    blob = next(path for path in (built.cache / "v1/blobs").rglob("*") if path.is_file())
    blob.write_bytes(b"damage")
    litter = built.cache / "valid/.iconbuild-tmp-999999999-00aa11bb"
    litter.write_bytes(b"x")
    verified = built.run("cache", "verify", "--format", "json").ok().json
    assert verified["removed"] >= 1
    assert not blob.exists()
    assert not litter.exists()
    assert built.run("cache", "verify", "--format", "json").ok().json["removed"] == 0
    assert built.run("cache", "prune", "--older-than", "1", "--format", "json").ok().json["removed"] == 0
    assert built.run("cache", "prune", "--format", "json").ok().json["removed"] > 0
    assert built.run("cache", "info", "--format", "json").ok().json["bytes"] == 0
    assert "Signature: 8a477f597d28d172789f06886806bc55" in (built.cache / "CACHEDIR.TAG").read_text()
    refused(built.run("cache", "prune", "--older-than", "x"), 2, "--older-than")
    refused(built.run("cache", "burn"), 2, "burn")


def test_clean_removes_what_was_written_and_nothing_else(built: Project) -> None:
    (built.root / "dist/foreign.png").write_bytes(b"not of iconbuild")
    (built.root / "dist/bell-24.png").write_bytes(b"by hand")
    done = built.run("clean")
    assert done.code == 1
    assert "dist/bell-24.png" in done.out
    assert built.tree() == {"foreign.png": b"not of iconbuild", "bell-24.png": b"by hand"}
    (built.root / "dist/bell-24.png").unlink()
    (built.root / "dist/foreign.png").unlink()
    assert built.build() == 0
    assert built.run("clean").ok().out == "3 files removed\n"
    assert not (built.root / "dist").exists()


def test_init_writes_what_build_builds(project: Project) -> None:
    done = project.run("init").ok()
    assert done.out == "icons.yaml\n"
    text = project.manifest.read_text()
    project.run("validate").ok()
    project.run("build").ok()
    assert (project.root / "icons/index.html").exists()
    refused(project.run("init"), 2, "icons.yaml", "exists already")
    assert project.manifest.read_text() == text


def test_completion_in_a_real_bash(three: Project) -> None:
    script = three.run("completion", "bash").ok().out
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    subprocess.run(["bash", "-n"], input=script.encode(), check=True, timeout=TIMEOUT)
    launcher = three.base / "bin/iconbuild"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\nexec "{three.python}" -m iconbuild "$@"\n')
    launcher.chmod(0o755)

    def completed(*words: str) -> set[str]:
        called = f"COMP_WORDS=({' '.join(words)}) COMP_CWORD={len(words) - 1}; _iconbuild"
        line = f'{called}; printf "%s\\n" "${{COMPREPLY[@]}}"'
        env = {**three.env, "PATH": f"{launcher.parent}:{three.env['PATH']}"}
        done = subprocess.run(
            ["bash", "-c", f"{script}\n{line}"],
            cwd=three.root,
            env=env,
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
        )
        return set(done.stdout.decode().split())

    assert completed("iconbuild", "pl") == {"plan"}
    assert {"build", "plan", "validate", "doctor"} <= completed("iconbuild", "''")
    assert {"--max-tokens", "--check", "--format"} <= completed("iconbuild", "build", "--")
    assert completed("iconbuild", "build", "ic") == {"icons.yaml"}


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_of_other_shells_names_every_command(three: Project, shell: str) -> None:
    script = three.run("completion", shell).ok().out
    for command in ("build", "plan", "cache", "completion"):
        assert command in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script.encode(), check=True, timeout=TIMEOUT)


@pytest.mark.parametrize("path", ["icons.yaml", "icons.lock", "dist/bell-24.png"])
def test_a_plan_is_not_saved_over_the_project(built: Project, path: str) -> None:
    before = (built.root / path).read_bytes()
    refused(built.run("plan", "-o", path), 2, f"-o {path}", "nothing was written")
    assert (built.root / path).read_bytes() == before
    built.run("plan", "-o", "plan.json").ok()
    built.run("plan", "-o", "plan.json").ok()


def test_a_plan_is_not_saved_over_an_output_elsewhere(built: Project) -> None:
    out = built.base / "out"
    refused(built.run("plan", "--out-dir", str(out), "-o", str(out / "dist/bell-24.png")), 2, "an output")


def test_explain_looks_where_outputs_lie(built: Project) -> None:
    out = built.base / "out"
    state = [built.run("explain", "bell", "--out-dir", str(out), "--format", "json").ok().json["action"]]
    built.run("build", "--out-dir", str(out)).ok()
    state.append(built.run("explain", "bell", env={"ICONBUILD_OUT_DIR": str(out)}).ok().out.count("reuse"))
    assert state == ["restore", 1]
    built.run("explain", "--out-dir", str(out), str(out / "dist/bell-24.png")).ok()


def test_a_code_is_explained_in_any_case_and_an_icon_may_be_called_like_one(three: Project) -> None:
    assert three.run("explain", "m017").ok().out == three.run("explain", "M017").ok().out
    three.edit("bell: bell", "m017: bell")
    assert three.run("explain", "icons.yaml", "m017", "--format", "json").ok().json["icon"] == "m017"


def test_init_quotes_the_name_of_the_set(project: Project) -> None:
    for name in ("123", "no", "1e3"):
        odd = project.sibling(name)
        assert odd.run("init", "--format", "json").ok().json == {
            "schema_version": 1,
            "command": "init",
            "path": "icons.yaml",
        }
        assert odd.run("plan", "--format", "json").ok().json["name"] == name


ANSWERS = ["cache dir", "cache info", "doctor", "explain M017", "match bell", "outputs", "presets", "validate", "clean"]


@pytest.mark.parametrize("words", ANSWERS)
def test_every_answer_says_its_version_and_command(built: Project, words: str) -> None:
    answer = built.run(*words.split(), "--format", "json").ok().json
    assert list(answer)[:2] == ["schema_version", "command"]
    assert answer["schema_version"] == 1
    assert words.startswith(answer["command"])


def test_the_folder_of_the_cache_is_a_path_in_json(built: Project) -> None:
    assert built.run("cache", "dir", "--format", "json").ok().json["path"] == str(built.cache)


def test_pruning_by_age_spares_new_snapshots(built: Project) -> None:
    built.run("build", module="iconbuild").ok()
    snapshots = list((built.cache / "snapshots").iterdir())
    assert snapshots
    built.run("cache", "prune", "--older-than", "1").ok()
    assert list((built.cache / "snapshots").iterdir()) == snapshots
    assert "not written" in built.run("cache", "--help").ok().out
