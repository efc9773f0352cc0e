"""The obvious loop: order, write the file, skip what exists, try again after an error."""

import os
import sys
import time

from tests.torture.loops.asking import BROKEN, RefusedError, ask, picture

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
    with open(path, "wb") as file:
        file.write(data)
sys.exit(bool(missing))
