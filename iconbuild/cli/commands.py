"""The commands and their one line of help; each is a module of this folder, imported only when it runs."""

from __future__ import annotations

COMMANDS = {
    "build": "make the icons and write the files; only what changed is made again",
    "plan": "what a build would do and cost; spends nothing, opens no socket",
    "validate": "check the manifest and say every problem at once",
    "explain": "why an icon or file will be made again, where each value comes from, what a code means",
    "outputs": "the paths that a build would write",
    "init": "write a commented manifest to start from",
    "presets": "what the providers can draw, and what it costs",
    "match": "what the embedded engine would choose for a subject",
    "schema": "the JSON Schema of the manifest, for editors",
    "doctor": "what is installed and found",
    "apply": "steps on pictures that exist already, without a manifest",
    "cache": "where the cache is, what it holds; prune and verify it",
    "clean": "remove the files that iconbuild wrote",
    "sandbox": "the remote APIs on this machine, for rehearsals and tests",
    "ledger": "what was spent, on what, and what is unknown; `ledger resolve` decides",
    "balance": "what the account holds",
    "completion": "a completion script for bash, zsh or fish",
}


def overview() -> str:
    """The help of the program as a whole."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {summary}" for name, summary in COMMANDS.items()]
    return (
        "usage: iconbuild COMMAND [options]\n\n"
        "Builds icon sets from a manifest: a cost plan first, then only what changed.\n\n"
        + "\n".join(lines)
        + "\n\n`iconbuild COMMAND --help` shows the options of a command; `iconbuild --version` the version.\n"
    )
