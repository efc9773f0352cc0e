"""Text from a manifest becomes text that may be shown: no keys, nothing that drives a terminal, not too long."""

from __future__ import annotations

import re

from iconbuild.model.masking import masked

_CONNECTION = r"base[_-]?url|url|host|hostname|endpoint|api[_-]?key|key|token|secret|password"
_FIELD = re.compile(rf"""(?i)((?:^|[\s{{,\-])["']?(?:{_CONNECTION})["']?\s*:\s+)(\S.*)""")
_FIELD_NAME = re.compile(rf"(?i)(?:{_CONNECTION})\Z")
_SHOWN = 60


def is_connection(name: str) -> bool:
    """Whether a field's name says that it holds a key or an address, which no manifest may."""
    return _FIELD_NAME.match(name) is not None


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
