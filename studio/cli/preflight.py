"""`preflight`: whether a film is ready for a platform."""

import argparse
from pathlib import Path

from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    look = commands.add_parser("preflight", help="check whether a film is ready for a platform")
    look.add_argument("film", type=Path, help="a video file, or an ad that was made with --keep")
    look.add_argument("--platform", help="reels, tiktok, shorts, youtube or feed (default: the usual one for its shape)")
    look.add_argument("--project", type=Path, metavar="DIR", help="the folder that --keep made: then type and safe zones are checked, too")
    look.set_defaults(command=preflight)


def preflight(args: argparse.Namespace, settings: Settings) -> int:
    """`preflight film.mp4 --platform reels`: 0 when nothing stops it, 1 when something does or it cannot be read."""
    from models.errors import MediaError
    from pipelines.preflight import platform_for
    from pipelines.preflight import preflight as look
    from pipelines.timeline import conform, read_timeline
    from studio.services.ad_checks import preflight_told
    from studio.services.quality_report import preflight_lines

    if not args.film.is_file():
        raise MediaError(f"There is no film at {args.film}.")
    platform = platform_for(args.platform) if args.platform else None
    edl = conform(read_timeline(args.project / "timeline.otio"), args.project)[0] if args.project else None
    found = look(args.film, platform, edl)
    print("\n".join([str(args.film), *preflight_lines(preflight_told(found))]))
    return 0 if found.ready else 1
