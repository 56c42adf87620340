"""Solids are closed, look outward, and carry unit normals; files come back as written."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.backends.product_studio.geometry import (
    Mesh,
    circle,
    extrusion,
    fillet,
    heightfield,
    lathe,
    merge,
    prism,
    rotation,
    rounded_box,
    rounded_rectangle,
    sphere,
    surface_nets,
    torus,
    triangulate,
    tube,
    write_ply,
)


def open_edges(mesh: Mesh) -> int:
    """Edges without a partner running the other way, once coinciding vertices are taken as one."""
    _, welded = np.unique(np.round(mesh.vertices / 1e-6).astype(np.int64), axis=0, return_inverse=True)
    faces = welded.ravel()[mesh.faces]
    faces = faces[(faces != np.roll(faces, 1, 1)).all(1)]
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    key = len(mesh.vertices)
    forward = edges[:, 0].astype(np.int64) * key + edges[:, 1]
    backward = edges[:, 1].astype(np.int64) * key + edges[:, 0]
    return len(np.setxor1d(forward, backward))


def facing(mesh: Mesh) -> float:
    """Share of triangles whose winding agrees with their shading normals."""
    a, b, c = (mesh.vertices[mesh.faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    return float((np.einsum("ij,ij->i", across, mesh.normals[mesh.faces].sum(1)) > 0).mean())


def ring(points: int) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return np.c_[np.cos(t), np.sin(t), 0 * t]


SQUARE = np.array([(0, 0), (4, 0), (4, 4), (0, 4)], float)
HOLES = [np.array([(1, 1), (2, 1), (2, 2), (1, 2)], float), np.array([(2.5, 2.5), (3, 2.5), (3, 3), (2.5, 3)], float)]
CORNER = np.array([(0, 0), (3, 0), (3, 1), (1, 1), (1, 3), (0, 3)], float)
SOLIDS = {
    "lathe": lambda: lathe(fillet([(0, 0), (0.5, 0), (0.5, 1), (0, 1)], [0, 0.05, 0.05, 0], 6), 48),
    "prism": lambda: prism(circle(0.5, 48), 0.2, 0.02),
    "rounded_box": lambda: rounded_box(1, 2, 0.5, 0.05),
    "plate with holes": lambda: extrusion([SQUARE, *HOLES], 0.5, 0.05),
    "concave extrusion": lambda: extrusion([CORNER], 0.5, 0.05),
    "open tube": lambda: tube([(0, 0, 0), (0, 1, 0), (0.2, 2, 0)], rounded_rectangle(0.2, 0.1, 0.02)),
    "closed tube": lambda: tube(ring(60), circle(0.1, 20), closed=True),
    "sphere": lambda: sphere(1, 24),
    "torus": lambda: torus(1, 0.3, 48, 16),
    "surface nets": lambda: surface_nets(lambda p: np.linalg.norm(p, axis=-1) - 0.5, (-0.6,) * 3, (0.6,) * 3, 24),
    "bent": lambda: rounded_box(0.8, 0.2, 0.1, 0.01).moved(translation=(0, 0, 0.05)).bent(0.5),
    "mirrored": lambda: lathe(fillet([(0, 0), (0.5, 0), (0.2, 1), (0, 1)], 0.02, 4), 24).mirrored("x"),
}


@pytest.mark.parametrize("name", SOLIDS)
def test_solids_are_closed_and_look_outward(name: str) -> None:
    solid = SOLIDS[name]()
    assert open_edges(solid) == 0
    assert solid.signed_volume() > 0
    assert facing(solid) == 1.0
    assert np.abs(np.linalg.norm(solid.normals, axis=1) - 1).max() < 1e-6


def test_volumes_are_those_of_the_bodies() -> None:
    assert sphere(1, 96).signed_volume() == pytest.approx(4 / 3 * np.pi, rel=0.01)
    assert extrusion([SQUARE, *HOLES], 0.5).signed_volume() == pytest.approx((16 - 1 - 0.25) * 0.5)
    assert SOLIDS["surface nets"]().signed_volume() == pytest.approx(np.pi / 6, rel=0.01)


@given(st.lists(st.floats(0.3, 1.0), min_size=3, max_size=40), st.floats(0.05, 0.25))
@settings(max_examples=60, deadline=None)
def test_triangles_fill_any_star_with_a_hole(radii: list[float], hole: float) -> None:
    t = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    star = np.c_[np.cos(t), np.sin(t)] * np.array(radii)[:, None]
    inner = np.c_[np.cos(t), np.sin(t)] * hole * min(radii) * np.cos(np.pi / len(radii))
    rings = [star, inner]
    points, faces = np.concatenate(rings), triangulate(rings)
    a, b, c = (points[faces[:, k]] for k in range(3))
    areas = ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]) / 2

    def area(r: np.ndarray) -> float:
        n = np.roll(r, -1, 0)
        return float(abs(np.sum(r[:, 0] * n[:, 1] - r[:, 1] * n[:, 0])) / 2)

    assert areas.min() >= -1e-12
    assert areas.sum() == pytest.approx(area(star) - area(inner), abs=1e-9)


def test_moving_keeps_normals_square_to_the_surface() -> None:
    egg = sphere(1, 32).moved(rotation("y", 30), (1, 2, 3), (1.0, 2.0, 0.5))
    a, b, c = (egg.vertices[egg.faces[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", across, egg.normals[egg.faces].mean(1)).min() > 0.93
    assert egg.vertices.mean(0) == pytest.approx([1, 2, 3], abs=0.1)


def test_a_turned_picture_reads_from_left_to_right_with_its_middle_in_front() -> None:
    label = lathe(fillet([(0.5, 0), (0.5, 1)], 0), 32, -60, 60)
    front = label.vertices[np.abs(label.uv[:, 0] - 0.5) < 1e-9]
    assert front[:, 2] == pytest.approx(0.5)
    assert np.corrcoef(label.vertices[:, 0], label.uv[:, 0])[0, 1] > 0.99
    assert np.corrcoef(label.vertices[:, 1], label.uv[:, 1])[0, 1] > 0.99


def test_heightfield_looks_up() -> None:
    field = heightfield(np.linspace(-1, 1, 9), np.linspace(-1, 1, 7), np.zeros((9, 7)))
    assert facing(field) == 1.0
    assert field.normals[:, 1].min() == pytest.approx(1.0)


def test_ply_files_come_back_as_written(tmp_path: Path) -> None:
    mesh = merge([sphere(0.5, 12), rounded_box(1, 1, 1, 0.1, segments=2).moved(translation=(2, 0, 0))])
    write_ply(tmp_path / "m.ply", mesh)
    header, _, body = (tmp_path / "m.ply").read_bytes().partition(b"end_header\n")
    assert f"element vertex {len(mesh.vertices)}\n".encode() in header
    split = len(mesh.vertices) * 32
    values = np.frombuffer(body[:split], "<f4").reshape(-1, 8)
    triangles = np.frombuffer(body[split:], [("n", "u1"), ("corners", "<i4", 3)])
    assert values[:, :3] == pytest.approx(mesh.vertices, abs=1e-6)
    assert values[:, 6:] == pytest.approx(mesh.uv, abs=1e-6)
    assert (triangles["n"] == 3).all()
    assert (triangles["corners"] == mesh.faces).all()
