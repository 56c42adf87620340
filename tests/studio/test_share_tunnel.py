"""`serve --share`: what it exposes is said before it is opened; nobody's studio is given away; what goes wrong is one sentence. Gradio's
service itself is not asked."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio.networking
import pytest

from models.backends import BackendConfig
from models.runtime import Runtime
from studio.cli.serving import _shared
from studio.house import House, open_house
from studio.security import Passwords
from studio.settings import Settings
from studio.ui.tunnel import TunnelRefused
from studio.words.tunnel import EXPOSES
from tests.studio.installations import PASSWORD


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", allowed_hosts="studio.example")  # type: ignore[call-arg]
    made = open_house(settings, Runtime(BackendConfig(cache_dir=tmp_path)), passwords=Passwords(4))
    yield made
    made.close()


@pytest.fixture
def tunnel(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What Gradio is asked, in place of Gradio."""
    asked: list[tuple[Any, ...]] = []

    def setup(*args: Any) -> str:
        asked.append(args)
        return "https://0f0f.gradio.live"

    monkeypatch.setattr(gradio.networking, "setup_tunnel", setup)
    return asked


def args(host: str | None = None) -> argparse.Namespace:
    return argparse.Namespace(host=host, port=7999)


def test_a_shared_studio_is_closed_and_says_what_is_reached(
    house: House, tunnel: list[tuple[Any, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(TunnelRefused, match="account"):
        _shared(house, args())  # the first who comes would own it
    house.accounts.register("Ada", PASSWORD)
    with pytest.raises(TunnelRefused, match="HOST"):
        _shared(house, args("0.0.0.0"))
    assert tunnel == []
    shared = _shared(house, args())
    ((host, port, secret, *_),) = tunnel
    assert (host, port, len(secret) > 32) == ("127.0.0.1", 7999, True)
    assert (shared.settings.registration, shared.settings.allowed_hosts) == ("closed", "studio.example,0f0f.gradio.live")
    said = capsys.readouterr().out
    assert said.index(EXPOSES) < said.index("https://0f0f.gradio.live")
    for told in ("whole studio", "Gradio's servers, which can read it", "notebooks", "review link"):
        assert told in EXPOSES
    assert house.settings.registration == "open", "only while it is shared"


def test_no_tunnel_is_one_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> str:
        raise RuntimeError("Could not get share link from Gradio API Server.\nmore")

    monkeypatch.setattr(gradio.networking, "setup_tunnel", away)
    house.accounts.register("Ada", PASSWORD)
    with pytest.raises(TunnelRefused, match=r"cannot be opened \(Could not get share link") as told:
        _shared(house, args())
    assert "\n" not in str(told.value)
