"""Media on disk and in memory: decode, encode, measure.

    audio_file    the one place that reads and writes sound: (n, 2) float32 at 48 kHz
    loudness      LUFS, true peak, limiting: arrays in, numbers and arrays out

Everything here is imported by name where it is used (`from models.media.loudness import normalise`), because the
modules load PyAV. Nothing here knows what the media is for.
"""
