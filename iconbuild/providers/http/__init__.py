"""The one door to the network: a message goes out once, to one host, and its whole answer comes back in time."""

from __future__ import annotations

from iconbuild.providers.http.address import checked_base
from iconbuild.providers.http.wire import MAX_ANSWER, HttpWire

__all__ = ["MAX_ANSWER", "HttpWire", "checked_base"]
