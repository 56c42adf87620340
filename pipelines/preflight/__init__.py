"""Before a film is put out: what a platform asks of it, and what people need to read and hear it.

platforms.json   what each platform asks, with the date it was looked up
platforms.py     the same as values
facts.py         what can be measured of a finished file, and of the edit it was made from
rules.py         from facts to findings, one small function a rule
preflight.py     all of it at once

Facts are measured on the finished file. Where the edit is at hand, the type on it is the renderer's own; of a file from elsewhere only
what a file can tell is known, and of an edit before it is a film what the edit can tell; the report says so.
"""

from pipelines.preflight.platforms import PLATFORMS, Platform, platform_for
from pipelines.preflight.preflight import Preflight, preflight, preflight_before
from pipelines.preflight.rules import Finding

__all__ = ["PLATFORMS", "Finding", "Platform", "Preflight", "platform_for", "preflight", "preflight_before"]
