"""`python -m tests.system.hurried ARGS...`: the real program, which puts up with a provider's limit for two seconds."""

from __future__ import annotations

import sys

from iconbuild.cli import main
from iconbuild.purchasing.counter import Patience
from iconbuild.toolbox import till

if __name__ == "__main__":
    till.patience_here = lambda: Patience(limited=2.0)
    sys.exit(main(sys.argv[1:]))
