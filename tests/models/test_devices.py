"""Which device local models get, and the sentence where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest

from models import devices
from models.backends import BackendConfig
from models.devices import GIB, Card, choose


@pytest.fixture(autouse=True)
def _fresh() -> None:
    devices._choose.cache_clear()


def config(device: str = "", vram_gb: float = 0.0) -> BackendConfig:
    return BackendConfig(Path("unused"), device=device, vram_gb=vram_gb)


def test_a_processor_counts_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "cuda_cards", lambda: ((), "the NVIDIA driver is not installed"))
    monkeypatch.setattr(devices.platform, "system", lambda: "Linux")
    none = choose(config())
    assert (none.name, none.kind) == ("", "")
    assert "no graphics card here (the NVIDIA driver is not installed); DEVICE=cpu" in none.why_not
    here = choose(config("cpu"))
    assert (here.name, here.why_not) == ("cpu", "")
    assert here.limit_bytes == here.total_bytes > GIB
    assert choose(config("cpu", vram_gb=0.5)).limit_bytes == GIB // 2
    assert choose(config("cpu", vram_gb=10**6)).limit_bytes == here.total_bytes


@pytest.mark.parametrize(
    ("device", "said"),
    [("toaster", "set it to cuda, cuda:1, mps or cpu"), ("cuda:x", "set it to"), ("mps", "Apple"), ("cuda:1", "no graph")],
)
def test_what_cannot_be_used_is_said(device: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "cuda_cards", lambda: ((), "the NVIDIA driver sees no device"))
    monkeypatch.setattr(devices.platform, "system", lambda: "Linux")
    assert said in choose(config(device)).why_not


def test_the_largest_card_is_taken_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = (Card("Small", 8 * GIB, (7, 5)), Card("Large", 24 * GIB, (8, 9)), Card("As large", 24 * GIB, (8, 9)))
    monkeypatch.setattr(devices, "cuda_cards", lambda: (cards, ""))
    monkeypatch.setattr(devices.platform, "system", lambda: "Linux")
    monkeypatch.setattr(devices, "_torch_without", lambda kind: "")
    assert choose(config()).name == "cuda:1"
    assert (choose(config("cuda:0")).title, choose(config("cuda:0")).compute) == ("Small", (7, 5))
    assert "numbered 0 to 2" in choose(config("cuda:3")).why_not
    devices._choose.cache_clear()
    monkeypatch.setattr(devices, "_torch_without", lambda kind: "torch 1 cannot use it; run `pip install -r requirements-gpu.txt`")
    assert choose(config()).why_not == "There is Large, but torch 1 cannot use it; run `pip install -r requirements-gpu.txt`."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("int cuInit(unsigned f) { return 100; }", "CUDA_VISIBLE_DEVICES hides it"),
        ("int cuInit(unsigned f) { return 803; }", "different versions; restart the machine"),
        ("int cuInit(unsigned f) { return 999; }", "answers with error 999"),
        ("int cuInit(unsigned f) { return 0; } int cuDeviceGetCount(int *n) { *n = 0; return 0; }", "shows no device"),
        ("int nothing;", "install the driver"),
    ],
    ids=["hidden", "mismatch", "broken", "none", "to link with"],
)
def test_a_driver_that_shows_nothing_is_told_and_never_ends_the_program(
    body: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real library, loaded as the driver's is."""
    (tmp_path / "driver.c").write_text(body)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", tmp_path / "libcuda.so", tmp_path / "driver.c"], check=True)
    monkeypatch.setattr(devices.ctypes.util, "find_library", lambda name: str(tmp_path / "libcuda.so"))
    cards, why_not = devices.cuda_cards()
    assert cards == ()
    assert said in why_not


@pytest.mark.parametrize("code", ["raise OSError('libtorch_cuda.so: cannot open shared object file')", "import nothing_like_it", ""])
def test_a_damaged_torch_is_told_and_never_ends_the_program(code: str, tmp_path: Path) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch/__init__.py").write_text(code)
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from pathlib import Path; from models import devices; "
        "from models.backends import BackendConfig; devices.cuda_cards = lambda: ((devices.Card('Card', 2**34, (8, 9)),), ''); "
        "print(*(devices.choose(BackendConfig(Path('.'), device=name)).why_not for name in ('', 'cpu')), sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.splitlines()
    assert "There is Card, but torch is damaged and cannot be loaded (" in told[0]
    assert "pip install -r requirements-gpu.txt" in told[0]
    if code:
        assert told[1].startswith("Torch is damaged and cannot be loaded (")


def test_looking_for_a_device_imports_no_torch_where_there_is_none() -> None:
    script = (
        "import sys; from pathlib import Path; from models import devices; from models.backends import BackendConfig; "
        "devices.cuda_cards = lambda: ((), 'none'); devices.choose(BackendConfig(Path('.'))); "
        "import models.residency; from models.diffusion import profiles, precision, ladder, watching; "
        "models.residency.Residency(1).clear(); print('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "False"
