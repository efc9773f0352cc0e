"""One document as many texts: the same manifest with other comments, order, quotes and layout."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from random import Random

from iconbuild.model.values import Json

_PLAIN = re.compile(r"[a-z][a-z/-]*( [a-z]+)*")
_WORDS_OF_YAML = frozenset(["on", "off", "yes", "no", "true", "false", "null", "y", "n"])
ORDERED = frozenset(["icons", "themes"])
"""Tables of which the order means something: in sprites, pages and sequences."""


class Scribe:
    """Writes documents; what is left open by the format is decided by `luck`."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck

    def write(self, document: Mapping[str, Json]) -> str:
        """The document as YAML."""
        lines: list[str] = ["---"] if self._often(4) else []
        self._table(document, "", lines, ordered=False)
        return "\n".join(line for line in lines for line in self._commented(line)) + "\n"

    def _often(self, chances: int) -> bool:
        return self._luck.randrange(chances) == 0

    def _commented(self, line: str) -> list[str]:
        before = ["", "# what: the next line says"] if self._often(6) else []
        return [*before, f"{line}  # {self._luck.choice(['why', 'a: b', '{', '- x'])}" if self._often(4) else line]

    def _table(self, table: Mapping[str, Json], pad: str, lines: list[str], *, ordered: bool) -> None:
        names = list(table)
        if not ordered:
            self._luck.shuffle(names)
        for name in names:
            value = table[name]
            head = f"{pad}{self._text(name, key=True)}:"
            if isinstance(value, (Mapping, list)) and value and self._often(2):
                lines.append(head)
                self._block(name, value, pad + " " * self._luck.choice([1, 2, 4]), lines)
            else:
                lines.append(f"{head} {self._flow(name, value)}")

    def _block(self, name: str, value: Mapping[str, Json] | list[Json], pad: str, lines: list[str]) -> None:
        if isinstance(value, Mapping):
            self._table(value, pad, lines, ordered=name in ORDERED)
        else:
            lines.extend(f"{pad}- {self._flow('', item)}" for item in value)

    def _flow(self, name: str, value: Json) -> str:
        if isinstance(value, Mapping):
            names = list(value)
            if name not in ORDERED:
                self._luck.shuffle(names)
            return f"{{{', '.join(f'{self._text(key, key=True)}: {self._flow(key, value[key])}' for key in names)}}}"
        if isinstance(value, (list, tuple)):
            return f"[{', '.join(self._flow('', item) for item in value)}]"
        return self._text(value) if isinstance(value, str) else json.dumps(value)

    def _text(self, text: str, *, key: bool = False) -> str:
        forms = [json.dumps(text, ensure_ascii=False), "'" + text.replace("'", "''") + "'"]
        if key or (_PLAIN.fullmatch(text) and text not in _WORDS_OF_YAML):
            forms.append(text)
        return self._luck.choice(forms)
