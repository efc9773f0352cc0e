import pytest

from iconbuild.providers.local import LocalProvider


@pytest.fixture(scope="session")
def provider() -> LocalProvider:
    return LocalProvider()
