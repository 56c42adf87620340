"""The files of a host are what they say: a plain reading of each, since nothing here can build or start them."""

import re
from pathlib import Path

import pytest

from studio.api.file_replies import BY_NGINX
from studio.settings import Settings
from studio.store.opening import media_address

ROOT = Path(__file__).parents[2]


IMAGES = ("Dockerfile.gpu", "deploy/Dockerfile")


def instructions(image: str) -> list[tuple[str, str]]:
    """(instruction, rest) of a Dockerfile, with continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / image).read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


def of(image: str, name: str) -> list[str]:
    return [rest for instruction, rest in instructions(image) if instruction == name]


@pytest.mark.parametrize("image", IMAGES)
def test_every_instruction_is_one_docker_knows_and_the_base_is_pinned(image: str) -> None:
    known = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert {name for name, _ in instructions(image)} == known
    (base,) = of(image, "FROM")
    assert re.fullmatch(r"nvidia/cuda:\d+\.\d+\.\d+-base-\w+|python:3\.11\.\d+-slim-\w+", base)
    assert "ADD" not in {name for name, _ in instructions(image)}


@pytest.mark.parametrize("image", IMAGES)
def test_what_is_copied_exists_and_passes_the_dockerignore(image: str) -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for copied in of(image, "COPY"):
        *sources, _ = copied.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert source in let_in, source
    packages = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks", "notebooks"}
    assert packages <= {copied.split()[0] for copied in of(image, "COPY")}


@pytest.mark.parametrize("image", IMAGES)
def test_it_runs_as_an_ordinary_user_who_owns_its_volumes(image: str) -> None:
    names = [name for name, _ in instructions(image)]
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in ("RUN", "COPY"))
    (user,) = of(image, "USER")
    assert user not in ("0", "root")
    (volumes,) = of(image, "VOLUME")
    made = next(run for run in of(image, "RUN") if "install -d -o studio" in run)
    for volume in re.findall(r'"(/\w+)"', volumes):
        assert f" {volume}" in made
    assert "--no-cache-dir" in of(image, "RUN")[1]


@pytest.mark.parametrize("image", IMAGES)
def test_the_health_check_asks_a_route_there_is(image: str) -> None:
    (check,) = of(image, "HEALTHCHECK")
    port, route = re.search(r"127\.0\.0\.1:(\d+)(/[\w/]+)", check).groups()  # type: ignore[union-attr]
    assert f"PORT={port}" in of(image, "ENV")[0]
    assert f"### GET {route}\n" in (ROOT / "docs" / "API.md").read_text()


def test_every_setting_named_is_one() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "studio.env").read_text(), re.MULTILINE))
    named |= set(re.findall(r"\b([A-Z_]+)=", " ".join(of(image, "ENV")[0] for image in IMAGES))) - {
        "NVIDIA_VISIBLE_DEVICES",
        "NVIDIA_DRIVER_CAPABILITIES",
        "PYTHONUNBUFFERED",
    }
    assert named <= known


@pytest.mark.parametrize("image", IMAGES)
def test_what_is_compiled_was_copied(image: str) -> None:
    (compiled,) = [run for run in of(image, "RUN") if "compileall" in run]
    assert set(compiled.split("-q ")[1].split()) <= {copied.split()[0] for copied in of(image, "COPY")}


def test_nginx_looks_for_films_where_the_studio_keeps_them() -> None:
    said = dict(re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / "deploy" / "studio.env").read_text(), re.MULTILINE))
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    found = re.search(rf"location {BY_NGINX} \{{\s+internal;\s+alias (\S+)/;", conf)
    assert found
    assert found[1] == media_address(Settings(_env_file=None, data_dir=Path(said["DATA_DIR"])))  # type: ignore[call-arg]
    assert said["MEDIA_BY_NGINX"] == "true"


def test_nginx_passes_on_what_the_studio_needs() -> None:
    conf = (ROOT / "deploy" / "nginx.conf").read_text()
    assert conf.count("{") == conf.count("}")
    lines = [line.split("#")[0].strip() for line in conf.splitlines()]
    assert all(line.endswith((";", "{", "}")) for line in lines if line)
    for needed in ("proxy_buffering off", "X-Forwarded-Proto $scheme", "Host $host"):
        assert needed in conf


def test_one_version_of_everything_in_all_requirements() -> None:
    pins: dict[str, str] = {}
    for name in ("requirements.txt", "requirements-gpu.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if found := re.match(r"([A-Za-z0-9_.-]+)(?:\[\w+\])?={2,3}([^\s#]+)", line):
                package = found[1].lower().replace("_", "-")
                assert pins.setdefault(package, found[2]) == found[2], f"{package} in {name}"
    assert {"torch", "torchvision", "diffusers", "transformers", "peft"} <= pins.keys()
