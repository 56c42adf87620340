"""The one place that reads and writes sound: (n, 2) float32 samples at 48 kHz, and nothing else, on the inside.

Decodes whatever PyAV can, writes WAV, and encodes AAC. It knows nothing of music, speech or ads.
"""

import errno
import io
import struct
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Literal

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from numpy.typing import NDArray

from models.errors import DiskFull, MediaError
from models.media.loudness import RATE, gain, integrated_lufs, normalise, true_peak_dbtp

MAX_DURATION_S = 600
AAC_BIT_RATE = 256_000
_AAC_FRAME = 1024

Samples = NDArray[np.float32]


def read_audio(path: Path) -> Samples:
    """Decode the first audio stream of any file to (n, 2) float32 at 48 kHz; mono plays on both sides.

    Raises MediaError when the file is missing, is not sound, is broken, or lasts longer than ten minutes.
    """
    if not path.is_file():
        raise MediaError(f"There is no sound file at {path.name}; choose another file.")
    return _decode(str(path), path.name)


def write_wav(path: Path, samples: Samples, *, bits: Literal[24, 32] = 32) -> Path:
    """Write (n, 2) samples as WAV: 32-bit float (may exceed full scale) or 24-bit integer (clipped to it).

    The same samples always give the same bytes. Raises DiskFull or MediaError; no half-written file stays behind.
    """
    body, code = (samples.astype("<f4").tobytes(), 3) if bits == 32 else (_pcm24(samples), 1)
    channels = samples.shape[1]
    frame = channels * bits // 8
    form = struct.pack("<HHIIHHH", code, channels, RATE, RATE * frame, frame, bits, 0)
    chunks = b"".join(
        [
            b"WAVEfmt ",
            struct.pack("<I", len(form)),
            form,
            b"fact",
            struct.pack("<II", 4, len(samples)),
            b"data",
            struct.pack("<I", len(body)),
        ]
    )
    try:
        path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks) + len(body)) + chunks + body)
    except OSError as error:
        if path.is_file():  # never a device
            path.unlink()
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"The disk is full; {path.name} could not be written. Free some space and try again.") from error
        raise MediaError(f"{path.name} could not be written: {error.strerror or error}.") from error
    return path


def coded_aac(samples: Samples, bit_rate: int = AAC_BIT_RATE) -> bytes:
    """(n, 2) samples as an MP4 that holds nothing but them, as AAC."""
    planes = np.ascontiguousarray(samples.T, dtype=np.float32)
    file = io.BytesIO()
    with av.open(file, "w", format="mp4", options={"movie_timescale": str(RATE)}) as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate, stream.time_base = bit_rate, Fraction(1, RATE)
        for start in range(0, planes.shape[1], _AAC_FRAME):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(planes[:, start : start + _AAC_FRAME]), format="fltp", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


class AacCopy:
    """Sound from `coded_aac`, copied beside the picture of an open container: what was measured is what is heard."""

    def __init__(self, coded: bytes, container: OutputContainer) -> None:
        self._container, source = container, av.open(io.BytesIO(coded), "r")
        voice = source.streams.audio[0]
        self._stream, self._tick = container.add_stream_from_template(voice), voice.time_base or Fraction(1, RATE)
        self._packets = (packet for packet in source.demux(voice) if packet.size)
        self._next = next(self._packets, None)

    def upto(self, seconds: Fraction | None) -> None:
        """Write what begins before `seconds`, or all that is left."""
        limit = None if seconds is None else int(seconds / self._tick)
        while self._next and (limit is None or (self._next.pts or 0) < limit):
            self._next.stream = self._stream
            self._container.mux(self._next)
            self._next = next(self._packets, None)


@dataclass(frozen=True)
class SafeSound:
    """samples: as they were coded. coded: see `coded_aac`. true_peak_dbtp, lufs: of what a decoder makes of it."""

    samples: Samples
    coded: bytes
    true_peak_dbtp: float
    lufs: float


def aac_safe(samples: Samples, ceiling_dbtp: float = -1.0, bit_rate: int = AAC_BIT_RATE) -> SafeSound:
    """The samples coded so that their *decoded AAC* keeps under the ceiling.

    Lossy coding lifts peaks by up to a decibel or two, and by how much depends on the music. So: encode, decode,
    measure, and limit the original deeper by the excess, at the loudness it came with. Four rounds of that, and if
    the codec still overshoots, one of plain attenuation. Silence passes unchanged.
    """
    limited, deeper = samples, 0.0
    for _ in range(4):
        sound = _through_aac(limited, bit_rate)
        if sound.true_peak_dbtp <= ceiling_dbtp:
            return sound
        deeper += sound.true_peak_dbtp - ceiling_dbtp + 0.1
        limited = normalise(samples, integrated_lufs(samples), ceiling_dbtp - deeper)
    return _through_aac(limited * np.float32(gain(ceiling_dbtp - sound.true_peak_dbtp - 0.5)), bit_rate)


def _through_aac(samples: Samples, bit_rate: int) -> SafeSound:
    """The samples coded, and what a listener's decoder makes of them measured."""
    coded = coded_aac(samples, bit_rate)
    decoded = _decode(io.BytesIO(coded), "the encoded sound")
    return SafeSound(samples, coded, true_peak_dbtp(decoded), integrated_lufs(decoded))


def _decode(source: str | BinaryIO, name: str) -> Samples:
    pieces: list[Samples] = []
    total = 0
    try:
        with av.open(source, "r") as container:
            if not container.streams.audio:
                raise MediaError(f"{name} has no sound in it; choose an audio file.")
            stream = container.streams.audio[0]
            _refuse_long(name, float(container.duration or 0) / av.time_base)
            mono = stream.codec_context.layout.nb_channels == 1
            resampler = av.AudioResampler(format="fltp", layout="mono" if mono else "stereo", rate=RATE)
            for frame in chain(container.decode(stream), [None]):
                for piece in resampler.resample(frame):
                    pieces.append(piece.to_ndarray().astype(np.float32, copy=False))
                    total += pieces[-1].shape[1]
                _refuse_long(name, total / RATE)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise MediaError(f"{name} cannot be read as sound; it may be damaged or not an audio file.") from error
    if not total:
        raise MediaError(f"{name} holds no sound; choose another file.")
    samples = np.ascontiguousarray(np.concatenate(pieces, axis=1).T, dtype=np.float32)
    if not np.isfinite(samples).all():
        raise MediaError(f"{name} holds values that are not sound; export it again.")
    return np.repeat(samples, 2, axis=1) if samples.shape[1] == 1 else samples


def _refuse_long(name: str, duration_s: float) -> None:
    if duration_s > MAX_DURATION_S:
        raise MediaError(f"{name} is longer than {MAX_DURATION_S // 60} minutes; trim it first.")


def _pcm24(samples: Samples) -> bytes:
    """Rounded to 24 bits, little-endian, three bytes a sample."""
    whole = np.round(np.clip(samples, -1.0, 1.0 - 2**-23) * 2**23).astype("<i4")
    return np.ascontiguousarray(whole).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
