"""`python -m tests.providers.local.everything THREADS`: one digest of documents and pixels in every look."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.providers.local.support import drawn, icon

SUBJECTS = ("house", "credit card", "camera", "headphones and musical note")
SIZES = (24, 96)


def main(threads: int) -> str:
    """The digest, whoever draws what when."""
    engine = LocalProvider()

    def picture(work: tuple[str, str]) -> bytes:
        look, subject = work
        made = drawn(engine, icon(subject, look, flags=("detail-high",)))
        pixels = b"".join(open_picture(made, size).tobytes() for size in SIZES)
        return sha256(made.data + made.facts.text.encode() + pixels).digest()

    with ThreadPoolExecutor(threads) as pool:
        digests = pool.map(picture, [(look, subject) for look in LOOKS for subject in SUBJECTS])
    return sha256(b"".join(digests)).hexdigest()


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
