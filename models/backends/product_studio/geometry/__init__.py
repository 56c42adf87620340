"""Shapes as triangles: outlines in the plane, solids made from them, surfaces from distance fields, lettering.

Plain numpy, no renderer. Y is up, a product's front looks along +Z, 1.0 is about the product's main dimension.
"""

from models.backends.product_studio.geometry.implicit import surface_nets
from models.backends.product_studio.geometry.mesh import Mesh, merge, rotation, write_ply
from models.backends.product_studio.geometry.outline import Outline, circle, fillet, polyline, rounded_rectangle
from models.backends.product_studio.geometry.solids import (
    extrusion,
    heightfield,
    lathe,
    prism,
    rounded_box,
    sphere,
    torus,
    tube,
)
from models.backends.product_studio.geometry.triangulate import triangulate

__all__ = [
    "Mesh",
    "Outline",
    "circle",
    "extrusion",
    "fillet",
    "heightfield",
    "lathe",
    "merge",
    "polyline",
    "prism",
    "rotation",
    "rounded_box",
    "rounded_rectangle",
    "sphere",
    "surface_nets",
    "torus",
    "triangulate",
    "tube",
    "write_ply",
]
