"""`python -m tests.counting ARGS...`: the real program, with every call to the local provider counted in a file.

COUNT_FILE    one line `subject pid` is appended per generation, so the count survives kill -9
COUNT_HOLD    `subject=path`: before that generation, make `path.reached` and wait until `path` is there
COUNT_FAIL    `subject`: that generation fails
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from decimal import Decimal

from iconbuild.cli import main
from iconbuild.errors import WorkError
from iconbuild.model.artifact import Payload
from iconbuild.model.manifest import IconSpec
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit, Provider, Task
from iconbuild.model.values import Params

_LONGEST_HOLD = 60.0


class Counting:
    """A provider around a provider that writes down each generation, and waits or fails where it is told to."""

    def __init__(self, inner: Provider, *, file: str, hold: str = "", fail: str = "") -> None:
        self._inner, self._file, self._fail = inner, file, fail
        self._held, _, self._gate = hold.partition("=")

    @property
    def name(self) -> str:
        """The inner provider's."""
        return self._inner.name

    def request(self, icon: IconSpec, *, reference: bool) -> Params:
        """The inner provider's."""
        return self._inner.request(icon, reference=reference)

    def quote(self, request: Params, declared: Decimal | None = None) -> Quote:
        """The inner provider's."""
        return self._inner.quote(request, declared)

    def limit(self, pool: str) -> Limit | None:
        """The inner provider's."""
        return self._inner.limit(pool)

    def task(self, name: str) -> Task | None:
        """The inner provider's."""
        return self._inner.task(name)

    def check_task(self, name: str, params: Params) -> str:
        """The inner provider's."""
        return self._inner.check_task(name, params)

    def equipped(self, root: str, packs: Sequence[str]) -> Provider:
        """This counter around the inner provider with packs."""
        inner = self._inner.equipped(root, packs)
        return Counting(inner, file=self._file, hold=f"{self._held}={self._gate}", fail=self._fail)

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The inner provider's."""
        return self._inner.witnesses

    def drawable_as_svg(self, request: Params, *, one_ink: bool = False) -> bool:
        """The inner provider's."""
        return self._inner.drawable_as_svg(request, one_ink=one_ink)

    def unheeded(self, icon: IconSpec, *, reference: bool) -> list[str]:
        """The inner provider's."""
        return self._inner.unheeded(icon, reference=reference)

    def doubt(self, request: Params) -> str | None:
        """The inner provider's."""
        return self._inner.doubt(request)

    def generate(self, request: Params, reference: Payload | None) -> Payload:
        """Wait, count, fail or draw, in this order."""
        subject = str(request["subject"])
        if self._gate and subject == self._held:
            self._wait()
        self._count(subject)
        if subject == self._fail:
            raise WorkError(f"`{subject}` fails because the test wants it", remedy="nothing to do")
        return self._inner.generate(request, reference)

    def _count(self, subject: str) -> None:
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, f"{subject}\t{os.getpid()}\n".encode())
        finally:
            os.close(descriptor)

    def _wait(self) -> None:
        with open(f"{self._gate}.reached", "w", encoding="utf-8") as file:
            file.write(str(os.getpid()))
        deadline = time.monotonic() + _LONGEST_HOLD
        while not os.path.exists(self._gate):
            if time.monotonic() > deadline:
                raise WorkError(f"`{self._held}` was held for {_LONGEST_HOLD:g} seconds")
            time.sleep(0.005)


def run(arguments: Sequence[str]) -> int:
    """The program's exit code."""
    from iconbuild.store.places import cache_dir
    from iconbuild.toolbox import PROVIDERS

    chosen = {name: make(cache_dir()) for name, make in PROVIDERS.items()}
    local = Counting(
        chosen["local"],
        file=os.environ["COUNT_FILE"],
        hold=os.environ.get("COUNT_HOLD", ""),
        fail=os.environ.get("COUNT_FAIL", ""),
    )
    return main(arguments, providers={**chosen, "local": local})


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
