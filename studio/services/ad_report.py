"""What is told of a finished ad: where it lies, what made it, what it cost, how long each stage took."""

from pipelines.ad import Ad
from studio.services.quality_report import quality_lines


def report(ad: Ad, wall_s: float) -> str:
    """A few lines for a terminal. wall_s: from the command to the file."""
    picture = f"{ad.duration_s:g} s, {ad.width}×{ad.height}, {ad.fps} fps, {ad.path.stat().st_size / 1e6:.1f} MB"
    loudness = f"{ad.lufs:.1f} LUFS, {ad.true_peak_dbtp:.1f} dBTP" if ad.lufs is not None and ad.true_peak_dbtp is not None else "silent"
    lines = [
        f"{ad.path}",
        f"  picture   {picture}; H.264, BT.709",
        f"  sound     {loudness}; AAC, 48 kHz",
        f"  story     {ad.spec.ad_specifications.framework}: {ad.spec.analysis.rationale}",
        f"  made by   {', '.join(ad.models)}",
        f"  cost      ${ad.cost_usd:.2f}",
        f"  time      {wall_s:.1f} s  ({', '.join(f'{s.name} {s.seconds:.1f}' for s in ad.stages)})",
    ]
    measured = quality_lines(ad.quality) if ad.quality is not None else []
    return "\n".join([*lines, *measured, *(f"  note      {note}" for note in ad.notes)])
