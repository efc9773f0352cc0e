"""The files that iconbuild wrote become the time that libwebp alone needs for them: its encoder, and nothing else."""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from pathlib import Path

from PIL import Image

OURS: dict[str, bool | int] = {"lossless": True, "method": 1, "quality": 0, "exact": True}
DEFAULT: dict[str, bool | int] = {"lossless": True}


def main(folder: str) -> None:
    """Print for each of the settings: CPU seconds in the encoder, bytes, and how many files came out as ours."""
    paths = sorted(Path(folder).rglob("*.webp"))
    found = {}
    for name, options in (("our settings", OURS), ("its defaults", DEFAULT)):
        cpu, size, same = 0.0, 0, 0
        for path in paths:
            picture = Image.open(path).convert("RGBA")
            out = BytesIO()
            began = time.process_time()
            picture.save(out, "webp", **options)
            cpu += time.process_time() - began
            size += len(out.getvalue())
            same += out.getvalue() == path.read_bytes()
        found[name] = {"cpu": cpu, "bytes": size, "same": same}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
