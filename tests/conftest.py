"""Keep every test away from the settings and the home of whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes on a busy machine is no finding.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _strange_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give this process, and those it starts, empty folders for settings and data."""
    empty = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(empty / "config"))
        patch.setenv("XDG_DATA_HOME", str(empty / "data"))
        patch.delenv("ATTEST_ENV_FILE", raising=False)
        yield
