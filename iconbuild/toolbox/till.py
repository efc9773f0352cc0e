"""The concrete ledger, stores, keys and wires become a buyer; imported only for a provider that costs money."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from hashlib import sha256

from iconbuild.credentials.find import find_key
from iconbuild.model.money import Quote
from iconbuild.model.ports import Limit, Store
from iconbuild.model.purchase import Attempt
from iconbuild.model.session import Lock
from iconbuild.model.till import Errand, Memories
from iconbuild.model.trade import Remote
from iconbuild.model.values import ActionKey, Digest
from iconbuild.providers.iconly.provider import IconlyProvider
from iconbuild.purchasing.counter import Counter, Patience
from iconbuild.purchasing.desk import Desk
from iconbuild.purchasing.pause import Pause
from iconbuild.purchasing.recovery import Recovery, recover
from iconbuild.store.guard import exclusive, wait_limit
from iconbuild.store.ledger.ledger import SqliteLedger
from iconbuild.store.ledger.turns import SqliteTurns
from iconbuild.store.memory import Memory
from iconbuild.store.originals import OriginalsFolder
from iconbuild.store.places import CACHE_VARIABLE, STATE_VARIABLE, state_dir
from iconbuild.store.spool import Spool

REMOTES: dict[str, Callable[[], Remote]] = {"iconly": IconlyProvider}
"""The wire sides, by the providers' names."""
BASES = {"iconly": "https://iconly.ai/api"}
HEADERS = {"iconly": "X-API-Key"}
"""Where each provider is, and the header that carries its key."""
_HERE = ("http://127.0.0.1", "http://localhost", "http://[::1]")


class PaidTill:
    """The money of this user; `patience` and `margin` (seconds added to a provider's window) are for tests."""

    def __init__(self, cache: Store, *, patience: Patience | None = None, margin: float = 1.0) -> None:
        self._cache, self._patience, self._margin = cache, patience or patience_here(), margin

    @property
    def ledger(self) -> SqliteLedger:
        """The ledger of this user."""
        return SqliteLedger(state_dir())

    @property
    def spool(self) -> Spool:
        """The answers of this user that are not yet kept elsewhere."""
        return Spool(state_dir())

    def memory(self, root: str, prices: Mapping[ActionKey, Quote], lock: Lock) -> Memories:
        """The project's originals, the cache, and the originals of other projects that the ledger knows of."""

        def elsewhere(key: ActionKey) -> tuple[OriginalsFolder, Digest] | None:
            attempt = self.standing([key]).get(key)
            return (OriginalsFolder(attempt.order.originals), attempt.digest) if attempt and attempt.digest else None

        originals = OriginalsFolder(originals_of(root))
        return Memory(originals, self._cache, paid=prices, lock=lock, elsewhere=elsewhere)

    def recover(self) -> list[str]:
        """Finish what dead processes left; only where there is a ledger at all."""
        folder = state_dir()
        if not os.path.exists(folder):
            return []
        with exclusive(os.path.join(folder, "recovery"), waiting=lambda _: None, what="look at unfinished purchases"):
            return recover(Recovery(self.ledger, Spool(folder), _remote, OriginalsFolder))

    def standing(self, keys: Iterable[ActionKey]) -> Mapping[ActionKey, Attempt]:
        """What the ledger knows of these keys."""
        return self.ledger.standing(keys)

    def spent(self, project: str) -> Decimal:
        """What a project's budget counts already."""
        return self.ledger.spent(os.path.realpath(project))

    def open(self, errand: Errand) -> Desk:
        """A desk with the key of the errand's provider."""
        from iconbuild.providers.http import HttpWire, checked_base

        name = errand.provider
        found = find_key(name)
        variable = f"ICONBUILD_{name.upper()}_URL"
        base = checked_base(os.environ.get(variable) or BASES[name], variable)
        window = rehearsal_window(base)
        folder, account = state_dir(), sha256(f"{base}\n{found.secret.fingerprint}".encode()).hexdigest()[:16]
        originals = OriginalsFolder(originals_of(errand.root))
        counter = Counter(
            remote=REMOTES[name](),
            wire=HttpWire(base, HEADERS[name], found.secret),
            account=account,
            ledger=self.ledger,
            turns=SqliteTurns(folder, margin=self._margin if window is None else min(self._margin, window / 60)),
            spool=Spool(folder),
            originals=originals,
            folder=originals.folder,
            elsewhere=OriginalsFolder,
            cache=errand.cache,
            project=os.path.realpath(errand.project),  # a manifest has one budget by whatever name it is called
            limit=errand.limit if window is None else lambda pool: _shortened(errand.limit(pool), window),
            prices=errand.prices,
            budget=errand.budget,
            pause=Pause(),
            alone=_alone(os.path.join(folder, f"library-{account}")),
            patience=self._patience,
            retry_unknown=errand.retry_unknown,
            buy_lost=errand.buy_lost,
            superseded=errand.superseded,
            notes=(*found.notes, *_rehearsing(base)),
        )
        return Desk(counter)

    def asking(self, provider: str) -> Desk:
        """A desk that buys nothing, for questions about the account; raises CredentialError before any network."""
        here = os.getcwd()
        return self.open(Errand(provider, here, here, prices={}, cache=self._cache, limit=lambda _: None))


def _remote(name: str) -> Remote | None:
    return REMOTES[name]() if name in REMOTES else None


def originals_of(root: str) -> str:
    """The folder of what was bought for the manifest in `root`."""
    return os.path.join(root, ".iconbuild", "originals")


def patience_here() -> Patience:
    """How long answers and other processes are waited for: ICONBUILD_TIMEOUT, ICONBUILD_LOCK_TIMEOUT (seconds)."""
    patience = Patience(rival=wait_limit())
    text = os.environ.get("ICONBUILD_TIMEOUT", "")
    try:
        seconds = float(text)
    except ValueError:
        return patience
    return patience._replace(answer=seconds, free=seconds) if 0 < seconds < 86_400 else patience


def rehearsal_window(base: str) -> float | None:
    """The seconds of a limit's window at a sandbox that was started with another one; None at the real address.

    ICONBUILD_REHEARSAL_WINDOW is heeded only for a server on this machine: nobody can outrun a provider with it.
    """
    text = os.environ.get("ICONBUILD_REHEARSAL_WINDOW", "")
    if not base.startswith(_HERE):
        return None
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 < seconds < 86_400 else None


def _rehearsing(base: str) -> tuple[str, ...]:
    """A warning where pictures of a server on this machine would count as bought in the user's own ledger."""
    if not base.startswith(_HERE) or os.environ.get(STATE_VARIABLE):
        return ()
    advice = f"rehearse in a copy, with {STATE_VARIABLE} and {CACHE_VARIABLE} of its own"
    return (f"what is bought from {base} counts as bought for this project: {advice}",)


def _shortened(limit: Limit | None, window: float) -> Limit | None:
    return limit and limit._replace(window=window)


def _alone(folder: str) -> Callable[[], AbstractContextManager[None]]:
    """One thread of one process at a time."""
    threads = threading.Lock()

    @contextmanager
    def held() -> Iterator[None]:
        with threads, exclusive(folder, waiting=lambda _: None, what="look into the library"):
            yield

    return held
