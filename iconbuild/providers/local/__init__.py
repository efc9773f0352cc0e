"""The embedded engine: a subject becomes a vector icon, offline and free of charge."""

from iconbuild.providers.local.provider import LocalProvider

__all__ = ["LocalProvider"]
