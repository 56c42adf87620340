"""The table of moods. Adding a mood is writing its data beside the others and adding its row here."""

from models.backends.sound_studio.mood import Mood
from models.backends.sound_studio.moods_acoustic import CALM, ECO, LUXURY, PLAYFUL
from models.backends.sound_studio.moods_driven import CINEMATIC, CORPORATE, ENERGETIC, TECH

MOODS: dict[str, Mood] = {
    "luxury": LUXURY,
    "tech": TECH,
    "eco": ECO,
    "energetic": ENERGETIC,
    "playful": PLAYFUL,
    "calm": CALM,
    "cinematic": CINEMATIC,
    "corporate": CORPORATE,
}
