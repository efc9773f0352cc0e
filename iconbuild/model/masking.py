"""Text becomes text without keys: whatever looks like a key or a token is asterisks."""

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


def holds_key(text: str) -> bool:
    """Whether something in `text` looks like an API key or a token."""
    return _KEY.search(text) is not None


def masked(text: str) -> str:
    """`text` with everything that looks like a key as asterisks, of the same length so that carets stay right."""
    return _KEY.sub(lambda found: "*" * len(found[0]), text)
