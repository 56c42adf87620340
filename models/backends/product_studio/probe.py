"""Which variant of the renderer works on this machine: found out once, by rendering a real little scene in a subprocess.

A subprocess, because LLVM 15 and 16 abort the whole process (uncatchable) although Dr.Jit accepts them; older ones than 17
are never even tried. `scalar_rgb` needs no library and always works. The answer is kept per machine and versions.
"""

import ctypes
import ctypes.util
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

FALLBACK = "scalar_rgb"
MIN_LLVM = 17
TIMEOUT_S = 120

_SCENE = """
import sys
import numpy as np
import mitsuba as mi
mi.set_variant(sys.argv[1])
from models.backends.product_studio.scene import described
from models.backends.product_studio.materials import metal, Texture, principled
ground = principled(Texture(np.full((8, 8, 3), 120, np.uint8)))
scene = mi.load_dict({
    "type": "scene",
    "ball": {"type": "sphere", "bsdf": described(metal("gold"))},
    "ground": {"type": "rectangle", "bsdf": described(ground)},
    "pane": {"type": "cube", "bsdf": {"type": "dielectric"}},
    "lamp": {"type": "constant"},
})
film = {"type": "hdrfilm", "width": 16, "height": 16}
view = mi.ScalarTransform4f().look_at([0, 1, 6], [0, 0, 0], [0, 1, 0])
eye = mi.load_dict({"type": "thinlens", "aperture_radius": 0.1, "focus_distance": 5.0, "to_world": view, "film": film})
for kind in ({"type": "path"}, {"type": "aov", "aovs": "a:albedo,n:sh_normal"}, {"type": "depth"}):
    pixels = np.array(mi.render(scene, sensor=eye, integrator=mi.load_dict(kind), spp=4))
    assert pixels.shape[:2] == (16, 16) and np.isfinite(pixels).all()
assert pixels.max() > 0
print("RENDERED")
"""


def variant(cache_dir: Path) -> str:
    """The fastest variant that works here: cuda_ad_rgb, llvm_ad_rgb or scalar_rgb."""
    answers = cache_dir / "product_studio" / "variant.json"
    machine = _machine()
    try:
        known = json.loads(answers.read_text())
        if known["machine"] == machine and known["variant"] in ("cuda_ad_rgb", "llvm_ad_rgb", FALLBACK):
            return str(known["variant"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never probed, or on another machine: probe now
    found = next((name for name in _candidates() if renders(name)), FALLBACK)
    try:
        answers.parent.mkdir(parents=True, exist_ok=True)
        part = answers.with_name(f".variant-{uuid4().hex[:8]}.part")
        part.write_text(json.dumps({"machine": machine, "variant": found}))
        part.replace(answers)
    except OSError:
        pass  # a cache that cannot be written only means probing again
    return found


def renders(name: str) -> bool:
    """Whether a subprocess survives rendering a small real scene with this variant."""
    root = str(Path(__file__).parents[3])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))}
    try:
        done = subprocess.run([sys.executable, "-c", _SCENE, name], capture_output=True, timeout=TIMEOUT_S, env=env, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return False
    return done.returncode == 0 and b"RENDERED" in done.stdout


def _candidates() -> list[str]:
    """Variants whose library is at hand and not known to abort."""
    found = []
    if _loads("libcuda.so.1") or _loads("nvcuda.dll"):
        found.append("cuda_ad_rgb")
    if llvm_major() >= MIN_LLVM:
        found.append("llvm_ad_rgb")
    return found


def llvm_major() -> int:
    """The major version of the LLVM library that Dr.Jit would load; 0 without one, or when its name does not say."""
    named = os.environ.get("DRJIT_LIBLLVM_PATH") or ctypes.util.find_library("LLVM") or ""
    if not named:
        for folder in (Path("/usr/lib/x86_64-linux-gnu"), Path("/usr/lib/aarch64-linux-gnu"), Path("/usr/lib64"), Path("/usr/lib")):
            named = max((path.name for path in folder.glob("libLLVM*.so*")), default=named, key=_major)
    return _major(str(Path(named).resolve()) if Path(named).is_file() else named)


def _major(name: str) -> int:
    numbers = re.search(r"LLVM[-.]?(?:so[.])?(\d+)", Path(name).name)
    return int(numbers.group(1)) if numbers else 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _machine() -> str:
    facts = [platform.node(), platform.machine(), sys.version, os.environ.get("DRJIT_LIBLLVM_PATH", ""), str(llvm_major())]
    facts += [version(package) for package in ("mitsuba", "drjit")]
    return hashlib.sha256("|".join([*facts, *_candidates()]).encode()).hexdigest()[:16]
