"""`iconbuild sandbox` as people start it: options, the first line, a file to keep, a scenario, and its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.serving import Sandbox, sandbox_process
from tests.system.project import REPOSITORY, Project


def test_plan_tokens_and_bonus(key: str) -> None:
    with sandbox_process(plan="free", bonus=7) as free:
        told = free.call("GET", "/api/tokens/", key=key).json()
    assert told == {"monthly_tokens": 300, "bonus_tokens": 7, "total_tokens": 307}
    with sandbox_process(tokens=10) as small:
        answer = small.generate("house", key=key).json()
        assert (answer["remaining_tokens"], answer["token_cap"]) == (4, 10)


def test_a_file_keeps_everything(tmp_path: Path, key: str) -> None:
    database = tmp_path / "sandbox.db"
    with sandbox_process(db=database) as first:
        assert first.generate("house", key=key).status_code == 200
        charges = first.charges()
    with sandbox_process(db=database) as second:
        assert second.charges() == charges
        assert second.balance(key=key) == 2494
        second.reset()
        assert (second.charges(), second.balance(key=key)) == ([], 2500)
    assert key.encode() not in database.read_bytes()


SCENARIO = """\
rules:
  - {path: /api/generate-icon/, subject: "no", status: 503, times: -1}   # "no" is a text
templates:
  6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11: {style: glyph, tokens: 8}
"""


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_scenario_file(tmp_path: Path, key: str, form: str) -> None:
    file = tmp_path / f"scenario.{form}"
    number = "6f1c0e0a-3c1e-4d55-9a53-2f1d5e0b7c11"
    rules = [{"path": "generate-icon", "subject": "no", "status": 503, "times": -1}]
    templates = {number: {"style": "glyph", "tokens": 8}}
    file.write_text(SCENARIO if form == "yaml" else json.dumps({"rules": rules, "templates": templates}))
    with sandbox_process(scenario=file) as made:
        assert made.generate("nose", key=key).status_code == 503
        assert made.generate("bell", key=key, template_id=number).json()["remaining_tokens"] == 2492
        made.scenario([])
        assert made.generate("nose", key=key, template_id=number).status_code == 200
        made.reset()
        assert made.generate("nose", key=key).status_code == 503


def test_latency(key: str) -> None:
    with sandbox_process(latency=0.4) as slow:
        answers = [slow.generate("house", key=key), slow.call("GET", "/api/tokens/", key=key)]
        assert answers[0].elapsed.total_seconds() >= 0.4
        assert answers[1].json()["total_tokens"] == 2494


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_without_a_word(number: int, code: int, key: str) -> None:
    sandbox = Sandbox(latency=30)
    line = socket.create_connection(sandbox.address.removeprefix("http://").split(":"))
    with line:
        body = b'{"subject": "house"}'
        line.sendall(b"POST /api/generate-icon/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
        line.sendall(f"X-API-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        assert sandbox.requests()["generations"][0]["status"] == "open"
        sandbox.process.send_signal(number)
        words = sandbox.ended()
    assert (sandbox.process.returncode, words) == (code, "")


def test_what_it_says(project: Project) -> None:
    process = subprocess.Popen(
        project.command(["sandbox", "--port", "0"], "iconbuild"),
        env=project.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline()
    process.terminate()
    out, err = process.communicate()
    assert address.startswith("http://127.0.0.1:")
    assert out == ""
    assert err.splitlines() == [
        f"Iconly's API is at {address.strip()}/api: set ICONBUILD_ICONLY_URL to that; Ctrl-C ends it"
    ]


BAD: dict[str, tuple[list[str], str]] = {
    "port": (["--port", "70000"], "a whole number up to 65,535"),
    "plan": (["--plan", "max"], "free or pro"),
    "tokens": (["--tokens", "-1"], "a whole number"),
    "window": (["--window", "nan"], "seconds from 0"),
    "host": (["--host", "0.0.0.0"], "unrecognized arguments"),
    "rule": (["--scenario", "bad.yaml"], "the scenario: rule 1: there is no field `stauts`"),
    "no file": (["--scenario", "none.yaml"], "none.yaml is no file"),
    "tag": (["--scenario", "tag.yaml"], "tags are not supported"),
    "text": (["--scenario", "text.json"], "the scenario"),
}


@pytest.mark.parametrize(("options", "words"), BAD.values(), ids=BAD.keys())
def test_options_that_make_no_sense(project: Project, options: list[str], words: str) -> None:
    (project.root / "bad.yaml").write_text("- {stauts: 500}\n")
    (project.root / "tag.yaml").write_text("- !!python/object/apply:os.system [date]\n")
    (project.root / "text.json").write_text('"rules"')
    done = project.run("sandbox", *options, module="iconbuild")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_variable_stands_for_an_option(project: Project) -> None:
    done = project.run("sandbox", module="iconbuild", env={"ICONBUILD_SANDBOX_PLAN": "max"})
    assert done.code == 2
    assert "free or pro" in done.err


def test_a_port_that_is_taken(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = project.run("sandbox", "--port", str(taken.getsockname()[1]), module="iconbuild")
    assert done.code == 2
    assert "Address already in use" in done.err


def test_a_file_that_is_no_database(project: Project) -> None:
    (project.root / "notes.txt").write_text("no database, and longer than a header is " * 10)
    done = project.run("sandbox", "--db", "notes.txt", module="iconbuild")
    assert (done.code, done.out) == (8, "")
    assert "notes.txt" in done.err


def test_without_the_server_it_says_what_to_install() -> None:
    program = "import sys\nsys.modules['uvicorn'] = None\nfrom iconbuild.cli import main\nsys.exit(main(['sandbox']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'iconbuild[server]'" in done.stderr
