"""`iconbuild completion SHELL`: a script that completes commands, options and manifests."""

from __future__ import annotations

import argparse

from iconbuild.cli.commands import COMMANDS

_BASH = """\
_iconbuild() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{commands}" -- "$word"))
  elif [[ "$word" == -* ]]; then
    local options="$(iconbuild "${{COMP_WORDS[1]}}" --help 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)"
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}}
complete -o filenames -F _iconbuild iconbuild
"""
_ZSH = """\
#compdef iconbuild
_iconbuild() {{
  local -a commands
  commands=({described})
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    local -a options
    options=(${{(f)"$(iconbuild $words[2] --help 2>/dev/null | grep -oE -- '--[a-z-]+' | sort -u)"}})
    _alternative 'options:option:compadd -a options' 'files:file:_files'
  fi
}}
compdef _iconbuild iconbuild
"""
_FISH = """\
function __iconbuild_options
  iconbuild (commandline -opc)[2] --help 2>/dev/null | string match -ra -- '--[a-z-]+' | sort -u
end
complete -c iconbuild -n __fish_use_subcommand -f
{lines}
complete -c iconbuild -n 'not __fish_use_subcommand' -F -a '(__iconbuild_options)'
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of `completion`."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    print(_script(options.shell), end="")
    return 0


def _script(shell: str) -> str:
    if shell == "bash":
        return _BASH.format(commands=" ".join(COMMANDS))
    if shell == "zsh":
        return _ZSH.format(described=" ".join(f"'{name}:{_plain(summary)}'" for name, summary in COMMANDS.items()))
    lines = "\n".join(
        f"complete -c iconbuild -n __fish_use_subcommand -f -a {name} -d '{_plain(summary)}'"
        for name, summary in COMMANDS.items()
    )
    return _FISH.format(lines=lines)


def _plain(text: str) -> str:
    """Free of the characters that quoting would need."""
    return text.replace("'", "").replace(":", ",")
