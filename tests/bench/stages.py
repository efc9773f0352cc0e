"""A folder of pictures becomes a table: CPU milliseconds a picture in each stage of the chain, decoder to encoder."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.pictures.blank import blank
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode_picture
from iconbuild.pictures.picture import picture_of
from iconbuild.pictures.resize import Pyramid
from iconbuild.steps.registry import STEPS
from tests.bench.chain import SIZES, WORK

T = TypeVar("T")


def stages(folder: Path) -> None:
    """Run every picture of `folder` through the benchmark's work and print where the time went."""
    paths = sorted(folder.iterdir())
    spent: defaultdict[str, float] = defaultdict(float)
    plain = sum(_one(Payload(path.read_bytes(), WEBP), spent) for path in paths)
    total = sum(spent.values())
    print(f"\n{'stage':18}{'ms CPU':>8}{'share':>8}   {len(paths)} pictures, {plain} of one colour as they came")
    for stage, seconds in spent.items():
        print(f"{stage:18}{seconds * 1000 / len(paths):8.2f}{seconds / total:8.0%}")
    print(f"{'together':18}{total * 1000 / len(paths):8.2f}", flush=True)


def _one(payload: Payload, spent: defaultdict[str, float]) -> bool:
    """Put one picture through all stages; was it of one colour from the start?"""

    def timed(stage: str, work: Callable[..., T], *given: object) -> T:
        began = time.process_time()
        result = work(*given)
        spent[stage] += time.process_time() - began
        return result

    image = timed("decode", open_picture, payload)
    picture = timed("one colour?", picture_of, image)
    plain = picture.color is not None
    for name, value in WORK:
        step = STEPS[name]
        picture = timed(name, step.run, picture, step.bind(value))
        if not picture.color:
            picture = timed("one colour?", picture.smallest)
    timed("blank?", blank, picture)
    pyramid = Pyramid(picture)
    for size in SIZES:
        small = timed(f"resize to {size}", pyramid.at, size)
        timed(f"encode {size}", encode_picture, small, "webp")
    return plain


if __name__ == "__main__":
    stages(Path(sys.argv[1]))
