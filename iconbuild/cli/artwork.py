"""The manifest of the working folder lends its artwork packs to commands that do not plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.cli.options import manifest_and_icons
from iconbuild.errors import IconbuildError
from iconbuild.toolbox import local_engine, workplace

if TYPE_CHECKING:
    from iconbuild.providers.local import LocalProvider


def engine_here(cache: str | None) -> tuple[LocalProvider, IconbuildError | None]:
    """The embedded engine with the packs of the manifest found here, or without, and why it is without.

    No manifest, and a manifest for another provider, are no reasons: then there are no packs to speak of.
    """
    engine = local_engine(cache)
    try:
        path, _ = manifest_and_icons([])
    except IconbuildError:
        return engine, None
    try:
        from iconbuild.loader.load import load

        manifest = load(path, vocabulary=workplace(remember=False).tools.vocabulary)
        return (engine.equipped(manifest.root, manifest.packs) if manifest.provider == engine.name else engine), None
    except IconbuildError as error:
        return engine, error
