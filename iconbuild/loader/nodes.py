"""Text becomes YAML's node graph: one document of bounded depth and size, and no tag is ever acted upon."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from iconbuild.errors import Where
from iconbuild.loader.findings import Findings
from iconbuild.loader.redact import sentence
from iconbuild.loader.scalars import hidden_color

if TYPE_CHECKING:
    from yaml.nodes import Node

MAX_DEPTH = 32
MAX_NODES = 400_000


class Kind(Enum):
    """The private tags of untagged nodes; an explicit tag is a string, so it is none of these."""

    PLAIN = "plain"
    QUOTED = "quoted"
    LIST = "list"
    TABLE = "table"


SCALARS: tuple[object, ...] = (Kind.PLAIN, Kind.QUOTED)


def kind_of(node: Node) -> object:
    """The node's Kind, or its explicit tag, which is a string."""
    return node.tag


class _LimitError(Exception):
    def __init__(self, code: str, message: str, mark: Any) -> None:
        super().__init__(message)
        self.code, self.message, self.mark = code, message, mark


def compose(findings: Findings) -> Node | None:
    """The root node of `findings.text`, None for an empty document; raises ManifestError where it is no YAML."""
    import yaml

    try:
        loader = _loader()(findings.text)
        try:
            root: Node | None = loader.get_single_node()
        finally:
            loader.dispose()
    except _LimitError as limit:
        findings.add(limit.code, limit.message, _where(findings, limit.mark))
        findings.fail()
    except yaml.MarkedYAMLError as error:
        _syntax(findings, error)
        findings.fail()
    except yaml.reader.ReaderError as error:
        _character(findings, error.reason)
        findings.fail()
    return root


@cache
def _loader() -> Any:
    """The strict composer, on libyaml where PyYAML has it."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return _strict(base)


def _strict(base: Any) -> Any:
    from yaml import SafeLoader
    from yaml.nodes import MappingNode, ScalarNode

    # libyaml refuses half characters ("\ud800") itself.
    halves = issubclass(base, SafeLoader)

    class StrictLoader(base):  # type: ignore[misc]
        """Composes only: resolves no tag by content, counts depth and nodes."""

        depth = 0
        nodes = 0

        def resolve(self, kind: type, value: str | None, implicit: Any) -> Kind:
            if kind is ScalarNode:
                if halves and value and any("\ud800" <= character <= "\udfff" for character in value):
                    raise _LimitError("M004", "half a character (a surrogate) in an escape", None)
                return Kind.PLAIN if implicit[0] else Kind.QUOTED
            return Kind.TABLE if kind is MappingNode else Kind.LIST

        def descend_resolver(self, parent: Any, index: Any) -> None:
            self.depth += 1
            self.nodes += 1
            if self.depth > MAX_DEPTH:
                raise _LimitError("M007", f"nested more than {MAX_DEPTH} levels deep", parent.start_mark)
            if self.nodes > MAX_NODES:
                raise _LimitError("M023", f"more than {MAX_NODES:,} values", parent.start_mark)

        def ascend_resolver(self) -> None:
            self.depth -= 1

    return StrictLoader


def _syntax(findings: Findings, error: Any) -> None:
    if error.context == "expected a single document in the stream":
        findings.add(
            "M006",
            "a manifest is one YAML document",
            _where(findings, error.problem_mark),
            remedy="put the second document into a manifest of its own",
        )
        return
    problem = error.problem or error.context or "cannot be read"
    context = f" {error.context}" if error.context and error.problem else ""
    where = _where(findings, error.problem_mark)
    findings.add("M003", f"not YAML: {sentence(problem + context)}", where, remedy=_swallowed(findings.text, where))


def _swallowed(text: str, where: Where) -> str:
    """The remedy where an unquoted colour began a comment, which took a bracket away with it."""
    for line in reversed(text.splitlines()[max(0, where.line - 2) : where.line]):
        before, colon, after = line.partition(": #")
        color = hidden_color("#" + after, 0) if colon and before.count("{") + before.count("[") else ""
        if color:
            return f'quote it: "{color}"; an unquoted # begins a comment'
    return ""


def _character(findings: Findings, reason: str) -> None:
    """libyaml names the byte, not the line: find the first character that YAML does not allow."""
    import re

    refused = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
    found = refused.search(findings.text)
    if found is None:
        findings.add("M003", f"not YAML: {sentence(reason)}", Where(findings.file, 1, 1))
        return
    before = findings.text[: found.start()]
    line, column = len((before + "x").splitlines()), len((before + "x").splitlines()[-1])
    offset = len(before.encode())
    message = f"control character U+{ord(found[0]):04X} at byte {offset}"
    findings.add("M004", message, Where(findings.file, line, column), remedy="delete it")


def _where(findings: Findings, mark: Any) -> Where:
    if mark is None:
        return Where(findings.file, 1, 1)
    # The end of the file is no place to look at: errors found there stand on the last line.
    last = max(1, findings.text.count("\n") + (not findings.text.endswith("\n")))
    if mark.line >= last:
        return Where(findings.file, last, 1)
    return Where(findings.file, mark.line + 1, mark.column + 1)
