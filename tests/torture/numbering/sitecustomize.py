"""One thread's calls get numbers of their own: it burns a block of them first, so that no other thread gets so far.

strace counts the calls of each thread by themselves and strikes whichever gets to a number first. With this module on
the path every thread says which one it is, by a call that fails: it makes the folder `/nowhere/thread-3`. The one that
TORTURE_THREAD names burns `BLOCK` calls of the kind TORTURE_CALL before anything it does; they fail too and change
nothing. Threads called `Thread-...` are timers and left alone.
"""

import ctypes
import itertools
import os
import sys
import threading

BLOCK = 2000

_LIBC = ctypes.CDLL(None)
_NUMBERS = itertools.count()
_ROOM = ctypes.create_string_buffer(128)
_CALLS = {
    "write": ("write", -1, _ROOM, 0),
    "pwrite64": ("pwrite64", -1, _ROOM, 0, 0),
    "writev": ("writev", -1, _ROOM, 0),
    "fsync": ("fsync", -1),
    "fdatasync": ("fdatasync", -1),
    "ftruncate": ("ftruncate", -1, 0),
    "fallocate": ("fallocate", -1, 0, 0, 1),
    "rename": ("rename", b"", b""),
    "renameat": ("renameat", -1, b"", -1, b""),
    "renameat2": ("renameat2", -1, b"", -1, b"", 0),
    "unlink": ("unlink", b""),
    "unlinkat": ("unlinkat", -1, b"", 0),
    "link": ("link", b"", b""),
    "linkat": ("linkat", -1, b"", -1, b"", 0),
    "mkdir": ("mkdir", b"", 0),
    "mkdirat": ("mkdirat", -1, b"", 0),
    "openat": ("open", b"", 0),
    "connect": ("connect", -1, _ROOM, 0),
    "sendto": ("sendto", -1, _ROOM, 0, 0, None, 0),
    "sendmsg": ("sendmsg", -1, _ROOM, 0),
    "recvfrom": ("recvfrom", -1, _ROOM, 0, 0, None, None),
    "recvmsg": ("recvmsg", -1, _ROOM, 0),
    "poll": ("poll", _ROOM, 0, 0),
    "ppoll": ("ppoll", _ROOM, 0, _ROOM, None),
}


def _number(*_: object) -> None:
    """Called once in each thread, before anything it does."""
    sys.setprofile(None)
    if threading.current_thread().name.startswith("Thread-"):
        return
    number = next(_NUMBERS)
    _LIBC.mkdir(f"/nowhere/thread-{number}".encode(), 0)
    if os.environ.get("TORTURE_THREAD") == str(number):
        name, *words = _CALLS[os.environ["TORTURE_CALL"]]
        call = getattr(_LIBC, name)
        for _burnt in range(BLOCK):
            call(*words)


_number()
threading.setprofile(_number)
