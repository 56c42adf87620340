"""The colours that people set come out on the film: type, button and logo of a small encoded end card, decoded and measured."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from eval.coherence.color import delta_e, hex_lab, lab
from models.media.video_file import Encoding, VideoReader, VideoWriter
from pipelines.captions.layout import layout
from pipelines.compose import compose
from pipelines.edl import Edl, Picture, Title, TitleLine

WIDTH, HEIGHT, FPS, N = 324, 576, 24, 34
AT = 22  # everything has come to rest and nothing leaves yet
MOST = 3.0


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def apart_from(frame: np.ndarray, box: tuple[float, float, float, float], colour: str, share: float = 1.0) -> float:
    """CIEDE2000 between `colour` and the middle pixel of a box; share: of its pixels, those that come nearest, so that letters are
    measured in their strokes and not on their edges."""
    left, top, right, bottom = (round(v) for v in box)
    apart = delta_e(lab(frame[top:bottom, left:right].reshape(-1, 3)), hex_lab(colour))
    return float(np.median(np.sort(apart)[: max(9, round(share * apart.size))]))


@pytest.mark.parametrize(
    ("ground", "ink", "accent", "mark", "grade"),
    [
        ("#0A192F", "#F5F1E6", "#D4AF37", "#D4AF37", "luxury"),
        ("#E9E4DC", "#1F2F4A", "#C22B2B", "#0F766E", "tech"),
        ("#1E3FAE", "#FFFFFF", "#FFD166", "#F08A72", "noir"),
    ],
)
def test_brand_colours_come_out_on_the_film(tmp_path: Path, ground: str, ink: str, accent: str, mark: str, grade: str) -> None:
    with VideoWriter(tmp_path / "set.mp4", WIDTH, HEIGHT, FPS, Encoding("ultrafast", 6, gop=N)) as writer:
        for _ in range(N):
            writer.write_rgb(np.full((HEIGHT, WIDTH, 3), rgb(ground), np.uint8))
    logo = Image.new("RGBA", (240, 120), (0, 0, 0, 0))
    ImageDraw.Draw(logo).rectangle((0, 0, 239, 119), fill=(*rgb(mark), 255))
    logo.save(tmp_path / "logo.png")
    lines = (
        TitleLine("Halo", "logo", "fade", image=str(tmp_path / "logo.png")),
        TitleLine("HILL", "brand"),
        TitleLine("Order now", "cta"),
    )
    card = Title(lines, 0, N, "center", "bold_display", ink, accent, "none")
    edl = Edl(WIDTH, HEIGHT, FPS, N, (Picture(str(tmp_path / "set.mp4"), 0, N),), titles=(card,), grade=grade, fade_in=0, fade_out=0)
    compose(edl, tmp_path / "ad.mp4")
    with VideoReader(tmp_path / "ad.mp4") as reader:
        frame = reader.frame(AT)
    placed = layout(card, WIDTH, HEIGHT, edl.safe)
    name = next(line for line in placed.lines if line.source == 1)
    button = next(shape for shape in placed.shapes if shape.kind == "button")
    picture = next(shape for shape in placed.shapes if shape.kind == "logo")
    found = {
        "type": apart_from(frame, (name.x, name.baseline - 0.6 * name.size, name.x + name.width, name.baseline), ink, 0.1),
        "button": apart_from(frame, (button.left, button.top, button.right, button.bottom), accent),
        "logo": apart_from(frame, (picture.left + 4, picture.top + 4, picture.right - 4, picture.bottom - 4), mark),
    }
    assert all(apart <= MOST for apart in found.values()), found
