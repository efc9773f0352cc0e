"""Careful with files, careless with money: outputs are whole or absent, and whatever broke is ordered again."""

import os
import sys
import time

from tests.torture.loops.asking import BROKEN, RefusedError, ask, picture
from tests.torture.loops.keeping import publish

missing = 0
for word in sys.argv[1:]:
    subject, _, path = word.partition("=")
    if os.path.exists(path):
        continue
    for _ in range(3):
        try:
            data = picture(ask(subject))
            break
        except (*BROKEN, RefusedError):
            time.sleep(0.01)
    else:
        missing += 1
        continue
    publish(path, data)
sys.exit(bool(missing))
