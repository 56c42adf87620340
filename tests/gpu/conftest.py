"""Tests that need a CUDA card; a machine without one skips them and says so. Run them with `pytest tests/gpu`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.backends import BackendConfig
from models.devices import cuda_devices

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and skip it where there is no card."""
    _, why_not = cuda_devices()
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.gpu)
            if why_not:
                item.add_marker(pytest.mark.skip(reason=f"needs a CUDA card: {why_not}"))


@pytest.fixture(scope="session")
def card(tmp_path_factory: pytest.TempPathFactory) -> BackendConfig:
    """This machine's best card, with folders of its own."""
    root = tmp_path_factory.mktemp("card")
    return BackendConfig(root / "cache", weights_dir=root / "weights", loras_dir=root / "loras")


@pytest.fixture(autouse=True)
def empty_card(card: BackendConfig) -> Iterator[None]:
    """Nothing stays loaded from one test to the next: their profiles differ."""
    yield
    from models.devices import choose
    from models.residency import residency_of

    residency_of(choose(card)).clear()
