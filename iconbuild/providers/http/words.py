"""An exception of the network becomes a few words of ours: nothing of a request, an answer or a key is in them."""

from __future__ import annotations

import os
import socket
import ssl
from http.client import HTTPException, IncompleteRead, RemoteDisconnected

_NAMES = (socket.gaierror, UnicodeError)
"""No address for a name; the latter where a name is so odd that no resolver is asked."""
_TELLING = (*_NAMES, ssl.SSLError, RemoteDisconnected, IncompleteRead, TimeoutError, HTTPException)


def words(error: BaseException) -> str:
    """What happened, for people. Libraries wrap errors in errors: the one that tells most is looked for in the nest."""
    nest = _nest(error)
    for kind in _TELLING:
        for inner in nest:
            if isinstance(inner, kind):
                return _said(inner)
    numbers = [inner.errno for inner in nest if isinstance(inner, OSError) and inner.errno]
    return os.strerror(numbers[0]).lower() if numbers else "the connection failed"


def _said(error: BaseException) -> str:
    match error:
        case socket.gaierror() | UnicodeError():
            return "no address is known by this name"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not trusted ({error.verify_message})"
        case ssl.SSLError():
            return f"TLS failed ({error.reason or 'cut off'})"
        case RemoteDisconnected():
            return "hung up without an answer"
        case IncompleteRead():
            return "the answer was cut"
        case TimeoutError():
            return "no answer in time"
    return "that was no HTTP answer"


def _nest(error: BaseException) -> list[BaseException]:
    """An error and all that it holds or came from, each once."""
    nest = [error]
    for each in nest:
        for inner in (*each.args, getattr(each, "reason", None), each.__cause__, each.__context__):
            if isinstance(inner, BaseException) and all(inner is not known for known in nest):
                nest.append(inner)  # and the walk goes on through it
    return nest
