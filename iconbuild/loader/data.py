"""A node graph becomes plain values, typed by the fields they stand in; what no manifest may hold is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.loader.findings import Findings
from iconbuild.loader.nodes import SCALARS, Kind, kind_of
from iconbuild.loader.places import Places, mark_where
from iconbuild.loader.redact import is_connection, shown
from iconbuild.loader.scalars import NULLS, Field, field_kind, hidden_color, read_plain
from iconbuild.model.masking import holds_key
from iconbuild.model.values import Json

if TYPE_CHECKING:
    from yaml.nodes import Node

NAMED = frozenset(["icons", "templates", "themes", "profiles"])
"""Tables whose keys are names that people chose, and no fields."""

_BOUND = frozenset(["steps", "outputs", "themes"])
"""What stands below these is bound by steps and outputs, which have fields of their own."""

_TAG = ("!", "&")


class Reader:
    """Reads nodes of one manifest; every problem goes to `findings`."""

    def __init__(self, findings: Findings, places: Places) -> None:
        self.findings, self.places = findings, places
        text = findings.text
        # Values are searched one by one only where the text as a whole gives reason to; escapes can hide anything.
        self._suspicious = "\\" in text or "${" in text or holds_key(text)
        self._bang = "! " in text or "!\n" in text

    def table(self, node: Node, *, names: bool = False, bound: bool = False) -> dict[str, Json]:
        """A mapping; `names`: its keys are names, `bound`: it is part of a step or an output."""
        found: dict[str, Json] = {}
        for key_node, value_node in node.value:
            name = key_node.value
            if key_node.tag not in SCALARS or name == "<<" or name in found or (is_connection(name) and not names):
                if not self._odd_key(key_node, node):
                    if isinstance(name, str) and is_connection(name):
                        self._hide(value_node)
                    continue
                name = key_node.value
            if names:
                found[name] = self.read(value_node, key_node, "text", bound=bound)
            else:
                found[name] = self._field(name, key_node, value_node, bound)
        return found

    def read(self, node: Node, key: Node | None, kind: Field | None, *, bound: bool) -> Json:
        """Any value; `kind` is what its field holds. None stands for a value that was refused."""
        tag = kind_of(node)
        if tag is Kind.PLAIN or tag is Kind.QUOTED:
            text: str = node.value
            if self._suspicious:
                self._inspect(text, node)
            if tag is Kind.QUOTED or kind == "text":
                if tag is Kind.PLAIN and text in NULLS:
                    return self._empty(node, key)
                return text if not self._bang else self._untagged(text, node)
            return self._empty(node, key) if text in NULLS else read_plain(text, kind)
        if tag is Kind.TABLE:
            return self.table(node, bound=bound)
        if tag is Kind.LIST:
            return [self.read(item, None, kind, bound=bound) for item in node.value]
        return self._tagged(node)

    def _field(self, name: str, key: Node, node: Node, bound: bool) -> Json:
        inside = bound or name in _BOUND
        if name in NAMED and not bound and kind_of(node) is Kind.TABLE:
            return self.table(node, names=True, bound=inside)
        kind: Field | None = "text" if name in _BOUND else field_kind(name, bound=inside)
        return self.read(node, key, kind, bound=inside)

    def _odd_key(self, key: Node, table: Node) -> bool:
        """Say what is wrong with a key; whether it can be used all the same."""
        where = mark_where(self.findings.file, key)
        name = key.value if isinstance(key.value, str) else ""
        tag = kind_of(key)
        if tag in (Kind.LIST, Kind.TABLE):
            self.findings.add("M015", "a key must be text", where)
        elif tag not in SCALARS:
            self._tagged(key)
        elif name == "<<" and tag is Kind.PLAIN:
            remedy = "write the fields out, or put them into `defaults` or a template"
            self.findings.add("M009", "merge keys (`<<`) are not supported", where, remedy=remedy)
        elif is_connection(name):
            remedy = "use ICONBUILD_ICONLY_URL or ICONBUILD_ICONLY_KEY, or the variables of your provider"
            message = f"{shown(name)}: addresses and keys are not allowed in a manifest"
            self.findings.add("M025", message, where, remedy=remedy)
        else:
            first = next((other for other, _ in table.value if other.value == name), key)
            if first is key:
                return True
            line = first.start_mark.line + 1
            message = f"duplicate key {shown(name)}, first on line {line}"
            self.findings.add("M008", message, where, remedy=f"lines {line} and {where.line}: keep one")
        return False

    def _empty(self, node: Node, key: Node | None) -> Json:
        where = self.places.of(key, node)
        color = "" if node.value else hidden_color(self.findings.text, node.start_mark.index)
        if color:
            message, remedy = f'value is empty — quote it: "{color}"', "an unquoted # begins a comment"
        elif node.value:
            message = f"value is empty — {shown(node.value)} is YAML's word for nothing"
            remedy = f'quote it if you mean the word: "{node.value}"'
        else:
            message, remedy = "value is empty", "write a value, or delete the key"
        self.findings.add("M010", message, where, remedy=remedy)
        return None

    def _tagged(self, node: Node) -> Json:
        message = "tags are not supported"
        self.findings.add("M005", message, mark_where(self.findings.file, node), remedy="delete the tag")
        return None

    def _untagged(self, text: str, node: Node) -> Json:
        # The bare tag `!` leaves no trace in the graph.
        written = self.findings.text[node.start_mark.index :][:200].split(maxsplit=2)
        if "!" in written[:2] and written[0].startswith(_TAG):
            return self._tagged(node)
        return text

    def _hide(self, node: Node) -> None:
        start, end = node.start_mark, node.end_mark
        self.findings.hide(start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _inspect(self, text: str, node: Node) -> None:
        where = mark_where(self.findings.file, node)
        if holds_key(text):
            self._hide(node)
            remedy = "remove it, make a new key, and set ICONBUILD_ICONLY_KEY or use: iconbuild auth login"
            self.findings.add(
                "M024", "this value looks like an API key; keys never stand in a manifest", where, remedy=remedy
            )
        elif "${" in text:
            message = "`${...}` is not filled in: a manifest reads no variables"
            self.findings.add("M026", message, where, remedy="write the value out; keys belong in the environment")
