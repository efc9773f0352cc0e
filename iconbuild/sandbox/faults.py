"""A scenario becomes rules: which requests are answered badly, how often, and in what way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from iconbuild.model.values import Json

Charging = Literal["usual", "early", "late", "never"]
Framing = Literal["length", "chunked", "close"]


class Rule(NamedTuple):
    """What is done to the answer of a good request that it matches; without any field after `times`: nothing."""

    path: str = ""
    """An endpoint's path, with or without `/api`; "" is any."""
    subject: str = ""
    """A part of the request's subject."""
    after: int = 0
    """So many matches are let through first."""
    times: int = 1
    """So many are treated then; -1: all."""
    status: int | None = None
    """With one from 300 nothing is drawn, and nothing charged unless `charge` says when."""
    body: str | None = None
    content_type: str | None = None
    html: str | None = None
    """A body of type text/html."""
    headers: Mapping[str, str] = {}
    """Sent beside the others."""
    image: str | None = None
    """What stands in `image_data`."""
    omit: tuple[str, ...] = ()
    """Fields that are left out of the answer."""
    rename: Mapping[str, str] = {}
    """Fields of the answer that have other names."""
    delay: float = 0.0
    """Seconds between the charge and the answer."""
    hang: bool = False
    """The answer never comes."""
    cut: int | None = None
    """The connection ends after so many bytes of the body, or before so many at its end (below 0)."""
    reset: bool = False
    """The connection is broken off with RST: after `cut` bytes, or before anything is said."""
    drip: float | None = None
    """Bytes of the answer, head included, in a second."""
    framing: Framing = "length"
    """How the end of the body is told; `close`: by the end of the connection alone."""
    charge: Charging | None = None
    """When the answer is ready (usual), when the request has come (early), `charge_delay` after it (late), or never."""
    charge_delay: float = 1.5
    """Seconds after which the balance of a late charge drops; the answer still tells the old one."""
    price: int | None = None
    """Tokens that are charged instead of the tariff's."""

    @property
    def fails(self) -> bool:
        """Whether the answer is no success, so that there is nothing to draw and by itself nothing to charge."""
        return self.status is not None and self.status >= 300

    @property
    def charging(self) -> Charging:
        """When the work is charged for."""
        return self.charge or ("never" if self.fails else "usual")

    @property
    def breaks(self) -> bool:
        """Whether the answer goes another way than through HTTP as it should be."""
        return self.hang or self.reset or self.cut is not None or self.drip is not None or self.framing != "length"

    def matches(self, path: str, subject: str) -> bool:
        """Whether a request to the endpoint `path` is meant."""
        wanted = self.path.strip("/").removeprefix("api/")
        return (not wanted or wanted == path.strip("/").removeprefix("api/")) and self.subject in subject


NO_FAULT = Rule()

_MOST = 1_000_000_000
_WHOLE = {"after": (0, _MOST), "times": (-1, _MOST), "status": (200, 599), "cut": (-_MOST, _MOST), "price": (0, _MOST)}
_REAL = {"delay": (0, 3600), "charge_delay": (0, 3600), "drip": (1, _MOST)}
_WORDS: Mapping[str, tuple[str, ...]] = {"charge": get_args(Charging), "framing": get_args(Framing)}
_TEXTS = frozenset(["path", "subject", "body", "content_type", "html", "image"])
_TRUTHS = frozenset(["hang", "reset"])
_TABLES = frozenset(["headers", "rename"])


class Scenario:
    """The rules in their order and how often each has matched; the first that is due is followed."""

    def __init__(self, rules: tuple[Rule, ...] = ()) -> None:
        self._rules, self._seen = rules, [0] * len(rules)

    def rule(self, path: str, subject: str) -> Rule:
        """What is to be done with this request, which counts as a match of each rule up to the one that is due."""
        for place, rule in enumerate(self._rules):
            if not rule.matches(path, subject):
                continue
            self._seen[place] += 1
            turn = self._seen[place] - rule.after
            if turn > 0 and (rule.times < 0 or turn <= rule.times):
                return rule
        return NO_FAULT


def read_rules(data: Json) -> tuple[Rule, ...]:
    """Rules from a list of tables; raises ValueError with a sentence."""
    if not isinstance(data, (list, tuple)):
        raise ValueError("`rules` is a list")
    return tuple(_rule(place, table) for place, table in enumerate(data, 1))


def _rule(place: int, table: Json) -> Rule:
    if not isinstance(table, Mapping):
        raise ValueError(f"rule {place} is no table")
    fields: dict[str, object] = {}
    for name, value in table.items():
        if name not in Rule._fields:
            raise ValueError(f"rule {place}: there is no field `{name}`; there are {', '.join(Rule._fields)}")
        wrong = _wrong(name, value)
        if wrong:
            raise ValueError(f"rule {place}: `{name}` is {wrong}")
        fields[name] = tuple(value) if isinstance(value, list) else value
    return Rule(**fields)  # type: ignore[arg-type]


def _wrong(name: str, value: Json) -> str:
    """What a field holds, where `value` is none such; mostly ""."""
    if name in _WHOLE or name in _REAL:
        least, most = _WHOLE.get(name) or _REAL[name]
        number = isinstance(value, int if name in _WHOLE else (int, float)) and not isinstance(value, bool)
        fits = number and isinstance(value, (int, float)) and least <= value <= most
        return "" if fits else f"a {'whole ' if name in _WHOLE else ''}number from {least} to {most}"
    if name in _WORDS:
        return "" if value in _WORDS[name] else f"one of {', '.join(_WORDS[name])}"
    if name in _TRUTHS:
        return "" if isinstance(value, bool) else "true or false"
    if name in _TEXTS:
        return "" if isinstance(value, str) else "a text"
    if name in _TABLES:
        return "" if isinstance(value, Mapping) and _one_line(value.values()) else "a table of texts on one line"
    return "" if isinstance(value, (list, tuple)) and _one_line(value) else "a list of texts"


def _one_line(values: Iterable[Json]) -> bool:
    return all(isinstance(value, str) and value.isprintable() for value in values)
