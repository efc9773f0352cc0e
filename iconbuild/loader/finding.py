"""What the schema found, as a sentence that can be said of every icon with the same mistake."""

from __future__ import annotations

from typing import NamedTuple

from iconbuild.loader.closest import did_you_mean
from iconbuild.loader.places import Path
from iconbuild.loader.redact import shown
from iconbuild.model.ports import Vocabulary
from iconbuild.model.values import Json

SINGULAR = {"icons": "icon", "templates": "template", "themes": "theme", "profiles": "profile"}


class Finding(NamedTuple):
    """One sentence. `text` may hold {place}; `at_key` points at the key and not at its value."""

    code: str
    text: str
    path: Path
    remedy: str = ""
    at_key: bool = False
    word_of: str | None = None
    """`step` or `output` where the key is no field but a word of the vocabulary."""
    excuses: str | None = None
    missing: str | None = None

    def message(self, path: Path) -> str:
        """The sentence for the icon at `path`, which may be another one with the same mistake."""
        return self.text.replace("{place}", place_words(path[:-1] if self.at_key and not self.missing else path))

    def remedy_for(self, vocabulary: Vocabulary) -> str:
        """The remedy; the nearest word of the vocabulary where it is about one."""
        if self.word_of is None:
            return self.remedy
        return did_you_mean(str(self.path[-1]), vocabulary.steps if self.word_of == "step" else vocabulary.outputs)


def place_words(path: Path) -> str:
    """` in icon `cart``, ` in `budget``, or nothing at the top."""
    if len(path) >= 2 and path[0] in SINGULAR:
        return f" in {SINGULAR[str(path[0])]} {shown(path[1])}"
    return f" in {shown(path[0])}" if path and isinstance(path[0], str) else ""


def field_words(path: Path, of_icon: str) -> str:
    """The last key of a path, quoted; a list's entry goes by its list, an icon's own value by `of_icon`."""
    names = [part for part in path if isinstance(part, str)]
    if len(path) == 2 and path[0] == "icons":
        return of_icon
    return shown(names[-1]) if names else "the manifest"


def found_words(value: Json) -> str:
    """What was written, in words or quoted."""
    if isinstance(value, bool):
        return shown(str(value).lower())
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else shown(value)


def article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
