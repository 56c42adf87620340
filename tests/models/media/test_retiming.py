"""A film at other moments: frames stay frames, and what lies between them moves instead of fading."""

from fractions import Fraction

import numpy as np
import pytest

from models.media.retiming import Frame, between, retimed


def film(n: int, step: int = 6) -> list[Frame]:
    """A soft texture that travels `step` pixels a frame."""
    import cv2

    noise = np.random.default_rng(7).integers(0, 255, (96, 240, 3)).astype(np.uint8)
    soft = cv2.normalize(cv2.GaussianBlur(noise, (0, 0), 3), None, 0, 255, cv2.NORM_MINMAX)
    return [np.ascontiguousarray(soft[:, i * step : i * step + 160]) for i in range(n)]


def test_moments_on_frames_are_those_frames_and_nothing_more_is_read() -> None:
    frames = film(6)
    source = iter(frames)
    shown = list(retimed(source, [Fraction(i) for i in (0, 1, 3)]))
    assert [int(np.abs(a.astype(int) - b).max()) for a, b in zip(shown, (frames[0], frames[1], frames[3]), strict=True)] == [0, 0, 0]
    assert len(list(source)) == 2


def test_a_moment_in_between_shows_things_where_they_are_then() -> None:
    frames = film(3)
    truth = film(5, step=3)[1]
    middle = between(frames[0], frames[1], 0.5)
    inside = (slice(12, -12), slice(16, -16))

    def off(picture: np.ndarray) -> float:
        return float(np.abs(picture.astype(float) - truth)[inside].mean())

    faded = frames[0] / 2 + frames[1] / 2
    assert off(middle) < 0.25 * off(faded)


def test_a_cut_within_the_film_is_not_faded_through() -> None:
    black, white = np.zeros((64, 64, 3), np.uint8), np.full((64, 64, 3), 255, np.uint8)
    assert between(black, white, 0.4).max() == 0
    assert between(black, white, 0.6).min() == 255


def test_more_pictures_than_the_film_has_are_an_error() -> None:
    with pytest.raises(ValueError, match="ends before frame 2"):
        list(retimed(film(2), [Fraction(0), Fraction(3, 2)]))
