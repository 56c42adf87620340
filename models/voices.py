"""Voices by name: which model of the catalogue has which. It knows the catalogue and nothing of what is said."""

from models.catalog import ModelRow, rows

AI_VOICE = "The voice is made by AI ({model}); say so where the ad is shown."


def voices_of(row: ModelRow) -> tuple[str, ...]:
    """The voices of one model, the one it takes by itself first."""
    return tuple(row.defaults.get("voices", ()))


def voice_names() -> tuple[str, ...]:
    """Every voice of every model, each name once."""
    return tuple(dict.fromkeys(name for row in rows("voice") for name in voices_of(row)))


def models_with(voice: str) -> tuple[str, ...]:
    """Ids of the models that have this voice, in order of preference."""
    return tuple(row.id for row in rows("voice") if voice in voices_of(row))
