"""Prints files over 250 lines and functions over 60: a mirror, not a wall."""

import ast
import pathlib
import statistics

LONGEST_FILE, LONGEST_FUNCTION = 250, 60


def main() -> None:
    """Print the offenders and the medians."""
    lengths, bodies = [], []
    for path in sorted(pathlib.Path("iconbuild").rglob("*.py")):
        text = path.read_text()
        lines = text.count("\n")
        lengths.append(lines)
        if lines > LONGEST_FILE:
            print(f"{path}: {lines} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                bodies.append(length)
                if length > LONGEST_FUNCTION:
                    print(f"{path}:{node.lineno}: {node.name} has {length} lines")
    print(
        f"{len(lengths)} files, median {statistics.median(lengths):g} lines; "
        f"{len(bodies)} functions, median {statistics.median(bodies):g} lines"
    )


if __name__ == "__main__":
    main()
