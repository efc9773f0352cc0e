"""Text from a manifest becomes text that may be shown: no keys, nothing that drives a terminal, not too long."""

from __future__ import annotations

import re

_KEY = re.compile(
    r"""(?<![A-Za-z0-9])(?:
        ik_[A-Za-z0-9_-]{8,}
      | ifk_(?:live|test)_[A-Za-z0-9_-]{4,}
      | i[ar]t_[A-Za-z0-9_.-]{8,}
      | sk-[A-Za-z0-9_-]{16,}
      | (?:gh[pousr]_|github_pat_|glpat-|xox[abp]-|AKIA)[A-Za-z0-9_-]{12,}
      | eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_.-]{10,}
      | [Aa][Pp][Ii]-?[Kk][Ee][Yy][:=\s]+[A-Za-z0-9_-]{16,}
      | Bearer\s+[A-Za-z0-9_.-]{16,}
    )""",
    re.VERBOSE,
)
_CONNECTION = r"base[_-]?url|url|host|hostname|endpoint|api[_-]?key|key|token|secret|password"
_FIELD = re.compile(rf"""(?i)((?:^|[\s{{,\-])["']?(?:{_CONNECTION})["']?\s*:\s+)(\S.*)""")
_FIELD_NAME = re.compile(rf"(?i)(?:{_CONNECTION})\Z")
_SHOWN = 60


def holds_key(text: str) -> bool:
    """Whether something in `text` looks like an API key or a token."""
    return _KEY.search(text) is not None


def is_connection(name: str) -> bool:
    """Whether a field's name says that it holds a key or an address, which no manifest may."""
    return _FIELD_NAME.match(name) is not None


def masked(text: str) -> str:
    """`text` with everything that looks like a key as asterisks, of the same length so that carets stay right."""
    return _KEY.sub(lambda found: "*" * len(found[0]), text)


def masked_line(line: str) -> str:
    """A source line to show: keys and the values of connection fields masked, unprintable characters replaced."""
    line = _FIELD.sub(lambda found: found[1] + "*" * len(found[2]), masked(line))
    return line if line.isprintable() else "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)


def shown(value: object) -> str:
    """A value as messages quote it: in backticks, on one line, printable, at most 60 characters."""
    text = masked(str(value)[: _SHOWN * 4]).replace("\n", " ").replace("\t", " ")
    text = "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text)
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[:_SHOWN]}`..."


def sentence(text: str) -> str:
    """A message that others made, as it may be shown."""
    return "".join(c if c.isprintable() else " " for c in masked(text[:2000]))[:300]
