"""What needs no key, no weights and no graphics card: it comes with this project."""

from models.catalog.row import ModelRow

EMBEDDED: tuple[ModelRow, ...] = (
    ModelRow(
        id="product-studio/v1",
        kinds=("image", "video"),
        backend="product_studio",
        title="Product studio: path-traced product photography with camera motion",
        licence="this project's; Mitsuba 3 (BSD-3-Clause), OIDN (Apache-2.0)",
    ),
    ModelRow(
        id="sound-studio/v1",
        kinds=("sound",),
        backend="sound_studio",
        title="Sound studio: music and effects from code",
        licence="this project's; no samples, no weights",
    ),
)
