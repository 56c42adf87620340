"""The import rules of the house, read from the source: no upward imports, no circles, heavy packages in their rooms only."""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {
    "models": set(),
    "pipelines": {"models"},
    "eval": {"models"},
    "lora_training": {"models"},
    "studio": {"models", "pipelines", "eval"},
}
ONLY_IN = {
    "gradio": ("studio/ui", "app.py"),
    "fastapi": ("studio/api", "studio/ui", "app.py"),
    "starlette": ("studio/api", "studio/ui", "studio/security.py", "app.py"),
    "dbos": ("studio/jobs/engine.py",),
    "mitsuba": ("models/backends/product_studio",),
    "pyoidn": ("models/backends/product_studio",),
    "opentimelineio": ("pipelines",),
    "openai": ("models/backends",),
    "replicate": ("tests",),  # hosted models are asked over plain HTTP; only a test holds that against the official client
    "moviepy": ("benchmarks", "notebooks"),
    "opentelemetry": ("studio/traces.py",),
    "av": ("models/media", "benchmarks", "tests"),
}
LAZY = {"torch", "diffusers", "transformers", "mitsuba", "openai", "gradio", "moviepy"}
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "part2"}


def sources() -> list[Path]:
    return [p for package in LAYERS for p in (ROOT / package).rglob("*.py")] + [p for p in (ROOT / "app.py",) if p.exists()]


def imports(path: Path) -> set[str]:
    """Dotted names of everything `path` imports, outside `if TYPE_CHECKING`."""
    tree = ast.parse(path.read_text())
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    package = place.split("/")[0]
    for name in imports(path):
        top = name.split(".")[0]
        if top in LAYERS and package in LAYERS and top != package:
            assert top in LAYERS[package], f"{place} must not import {name}"
        if top in ONLY_IN:
            assert any(place == room or place.startswith(room + "/") for room in ONLY_IN[top]), f"{place} must not import {top}"


def test_no_circles_between_modules() -> None:
    modules = {p.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): p for p in sources()}
    graph = defaultdict(set)
    for name, path in modules.items():
        tree = ast.parse(path.read_text())
        for node in tree.body:  # module level only: a function may import late
            if isinstance(node, ast.ImportFrom) and node.module:
                targets = {node.module} | {f"{node.module}.{a.name}" for a in node.names}
                graph[name] |= {t for t in targets if t in modules and t != name and not name.startswith(t + ".")}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for target in graph[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in list(graph):
        visit(name, ())


@pytest.mark.parametrize(
    "package", ["studio", "models", "pipelines", "studio.cli", "models.runtime", "pipelines.spec", "pipelines.scene_plan"]
)
def test_importing_stays_light(package: str) -> None:
    script = f"import sys, {package}; print(' '.join(sorted({LAZY!r} & set(sys.modules))))"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert loaded == "", f"import {package} drags in {loaded}"


def test_no_file_hides_behind_a_meaningless_name() -> None:
    bad = [p for p in sources() if p.stem.split("_")[-1] in MEANINGLESS or p.parent.name in MEANINGLESS]
    assert bad == []


def test_no_file_outgrows_a_reader() -> None:
    long = {str(p.relative_to(ROOT)): n for p in sources() if (n := len(p.read_text().splitlines())) > 350}
    assert long == {}


def test_only_settings_reads_the_environment() -> None:
    readers = [str(p.relative_to(ROOT)) for p in sources() if "os.environ" in p.read_text() or "getenv" in p.read_text()]
    allowed = {"studio/settings.py"} | {r for r in readers if r.startswith("models/backends/product_studio/")}
    # Worker processes are started with pinned thread counts, which OpenMP reads from the environment of the child.
    assert set(readers) <= allowed
