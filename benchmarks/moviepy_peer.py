"""The same edit made the plain way with MoviePy: what a careful user would write. The peer of benchmarks/compose.py.

Type is one Pillow sprite per title with a fade and a slow scale; grade, vignette and grain are numpy on whole frames, or left out.
"""

from pathlib import Path

import moviepy as mp
import numpy as np
from moviepy import afx, vfx
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from models.typefaces import font_file
from pipelines import film, grade
from pipelines.edl import Edl, Title
from pipelines.kernels import ONE


def make(edl: Edl, out: Path, music: Path, *, preset: str, crf: float, bare: bool) -> None:
    """Write `edl` to `out`. bare: without grade, vignette and grain."""
    shade = (film.vignette(edl.width, edl.height, edl.vignette)[0] / ONE).astype(np.float32)[..., None]
    rng = np.random.default_rng(edl.seed)
    sigma = 0.45 + 3.2 * edl.grain

    def graded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        rgb = grade.apply(grade.LOOKS[edl.grade], image.astype(np.float32) / 255)
        return (rgb * shade * 255 + 0.5).astype(np.uint8)

    def grained(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return np.clip(image + rng.normal(0, sigma, (*image.shape[:2], 1)), 0, 255).astype(np.uint8)

    scenes = []
    for i, picture in enumerate(edl.pictures):
        head = picture.transition_frames // 2
        tail = edl.pictures[i + 1].transition_frames // 2 if i + 1 < len(edl.pictures) else 0
        n = head + picture.n_frames + tail
        clip = mp.VideoFileClip(picture.media, audio=False).subclipped(
            (picture.media_in - head) / edl.fps, (picture.media_in - head + n) / edl.fps
        )
        clip = (clip if bare else clip.image_transform(graded)).with_start((picture.start - head) / edl.fps)
        scenes.append(clip.with_effects([vfx.CrossFadeIn(picture.transition_frames / edl.fps)]) if head else clip)
    titles = [_lettered(title, edl) for title in edl.titles]
    video = mp.CompositeVideoClip([*scenes, *titles], size=(edl.width, edl.height)).with_duration(edl.n_frames / edl.fps)
    if not bare:
        video = video.image_transform(grained)
    video = video.with_effects([vfx.FadeIn(edl.fade_in / edl.fps), vfx.FadeOut(edl.fade_out / edl.fps)])
    sound = mp.AudioFileClip(str(music)).subclipped(0, edl.n_frames / edl.fps).with_effects([afx.AudioNormalize()])
    video.with_audio(sound).write_videofile(
        str(out),
        fps=edl.fps,
        codec="libx264",
        audio_codec="aac",
        preset=preset,
        threads=2,
        ffmpeg_params=["-crf", str(crf), "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
        logger=None,
    )
    video.close()


def _lettered(title: Title, edl: Edl) -> mp.VideoClip:
    duration = title.n_frames / edl.fps
    sprite = mp.ImageClip(_sprite(title, edl), transparent=True).with_duration(duration)
    moving = sprite.resized(lambda t: 0.96 + 0.04 * min(1.0, t / duration)).with_position(("center", 0.62), relative=True)
    return moving.with_start(title.start / edl.fps).with_effects([vfx.CrossFadeIn(0.4), vfx.CrossFadeOut(0.4)])


def _sprite(title: Title, edl: Edl) -> NDArray[np.uint8]:
    width, height = int(0.86 * edl.width), int(0.18 * edl.height)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    for i, line in enumerate(title.lines):
        font = ImageFont.truetype(str(font_file(title.style)), int((0.085, 0.042)[min(i, 1)] * edl.width))
        draw.text((width / 2, height * (0.34 + 0.36 * i)), line.text, font=font, fill=255, anchor="mm")
    letters = np.asarray(mask, np.float32) / 255
    shadow = np.asarray(mask.filter(ImageFilter.GaussianBlur(edl.width / 80)), np.float32) / 255 * 0.6
    alpha = letters + shadow * (1 - letters)
    color = np.divide(letters, alpha, out=np.zeros_like(alpha), where=alpha > 1e-4)
    return np.dstack([color * 255] * 3 + [alpha * 255]).round().astype(np.uint8)
