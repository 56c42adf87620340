"""The main path of an ad, in reading order: brief, spec, scene plan, stills, clips, timeline, compose. Start with `ad.py`."""
