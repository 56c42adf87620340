"""HDR pictures in standard colours: PQ (SMPTE ST 2084) or HLG (ARIB STD-B67) in BT.2020 becomes BT.709 for a screen of 100 nits.

    code value → light of the screen, 0..PEAK nits → rolled off above the knee (BT.2390, each channel) → BT.709 primaries → BT.1886

Grey and skin keep their brightness (26 nits, HDR's grey card, comes out at 42 %, as in SDR), WHITE nits and all above share what is left.
Knows frames; no files.
"""

from functools import cache
from typing import Any

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from numpy.typing import NDArray

PEAK = 1000.0
"""Nits. What is brighter is as bright as this."""

WHITE = 203.0
"""Nits of a sheet of paper in HDR (BT.2408), which standard white stands for."""

_PQ, _HLG, _BT2020 = 16, 18, 9
_FROM_2020 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32)
_LUMA_2020 = np.array([[0.2627, 0.6780, 0.0593]], np.float32)
_STEPS = 16384  # of tables of light, evenly in its root


def is_hdr(transfer: int) -> bool:
    """By the code of its transfer."""
    return transfer in (_PQ, _HLG)


def tone_mapped(frame: av.VideoFrame, width: int, height: int) -> NDArray[np.uint8]:
    """The picture at this size, (H, W, 3) uint8 RGB, BT.709."""
    full = frame.format.is_rgb or frame.color_range == ColorRange.JPEG
    wide = frame.reformat(
        width,
        height,
        "rgb48le",
        src_colorspace=Colorspace.BT2020 if frame.colorspace == _BT2020 else Colorspace.ITU709,
        dst_colorspace=Colorspace.BT2020,
        interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP,
        src_color_range=ColorRange.JPEG if full else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
    )
    coded = np.asarray(wide.to_ndarray(), np.uint16)
    return _from_pq(coded) if frame.color_trc == _PQ else _from_hlg(coded)


def _from_pq(coded: NDArray[np.uint16]) -> NDArray[np.uint8]:
    return _shown(_pq_table()[coded])


def _from_hlg(coded: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Scene light through HLG's own gamma of 1.2, by its luminance, for a screen of PEAK nits."""
    scene = _hlg_table()[coded]
    times = _system_table()[_step(cv2.transform(scene, _LUMA_2020))]
    return _shown(_rolled_table()[_step(np.multiply(scene, times[..., None]))])


def _step(light: NDArray[Any]) -> NDArray[np.uint16]:
    """Where light of 0..1 stands in a table."""
    return (cv2.sqrt(np.clip(light, 0, 1)).reshape(light.shape) * np.float32(_STEPS - 1) + np.float32(0.5)).astype(np.uint16)


def _shown(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Light in BT.2020, 1 is white → code values in BT.709."""
    return _gamma_table()[_step(cv2.transform(light, _FROM_2020))]


@cache
def _pq_table() -> NDArray[np.float32]:
    return _rolled(pq_nits(np.arange(65536) / 65535)).astype(np.float32)


@cache
def _hlg_table() -> NDArray[np.float32]:
    """HLG's signal → scene light, 0..1."""
    signal = np.arange(65536) / 65535
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12).astype(np.float32)


@cache
def _system_table() -> NDArray[np.float32]:
    """Luminance of the scene → what its light is taken times."""
    return (np.maximum(_light(), 1e-6) ** 0.2).astype(np.float32)


@cache
def _rolled_table() -> NDArray[np.float32]:
    return _rolled(PEAK * _light()).astype(np.float32)


@cache
def _gamma_table() -> NDArray[np.uint8]:
    return np.round(255 * _light() ** (1 / 2.4)).astype(np.uint8)


def _light() -> NDArray[np.float64]:
    return (np.arange(_STEPS) / (_STEPS - 1)) ** 2


def pq_nits(signal: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """0..1 → nits."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    power = np.asarray(signal, np.float64) ** (1 / m2)
    return 10_000 * (np.maximum(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1)


def pq_signal(nits: NDArray[np.floating] | float) -> NDArray[np.float64]:
    """Nits → 0..1."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    power = (np.asarray(nits, np.float64) / 10_000) ** m1
    return ((c1 + c2 * power) / (1 + c3 * power)) ** m2


def _rolled(nits: NDArray[np.floating]) -> NDArray[np.float64]:
    """0..PEAK nits → 0..1 of WHITE: unchanged up to the knee, then a spline that reaches WHITE at PEAK."""
    top = float(pq_signal(PEAK))
    most = float(pq_signal(WHITE)) / top
    knee = 1.5 * most - 0.5
    e = np.minimum(pq_signal(nits) / top, 1)
    t = np.clip((e - knee) / (1 - knee), 0, 1)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * most
    return pq_nits(np.where(e < knee, e, spline) * top) / WHITE
