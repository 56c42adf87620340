"""What the media libraries here can write. Knows no files."""

NEEDED = {"libx264": "pictures (H.264)", "aac": "sound (AAC)"}


def missing_encoders() -> tuple[str, ...]:
    """Encoders that finished films need and that the installed PyAV lacks, as "libx264 for pictures (H.264)"."""
    import av

    return tuple(f"{name} for {what}" for name, what in NEEDED.items() if name not in av.codecs_available or not _writes(name))


def _writes(name: str) -> bool:
    from av.codec import Codec
    from av.codec.codec import UnknownCodecError

    try:
        return bool(Codec(name, "w").is_encoder)
    except UnknownCodecError:
        return False
