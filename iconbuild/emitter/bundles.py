"""Files that only make sense together are published together: all of a bundle, or none that would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from iconbuild.emitter.emit import Made
from iconbuild.model.session import Found
from iconbuild.model.work import Target


def whole_bundles(targets: Sequence[Target], found: Mapping[str, Found], made: Made) -> Made:
    """`made` without the files of bundles that lack one: no stylesheet without its atlas."""
    open_ = [target for target in targets if target.bundle and found[target.path].state != "placed"]
    broken = {target.bundle for target in open_ if target.key not in made}
    held = {target.key for target in open_ if target.bundle in broken}
    return {key: artifact for key, artifact in made.items() if key not in held}
