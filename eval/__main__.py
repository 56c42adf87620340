"""Measure videos from the command line.

    python -m eval score video.mp4 [--prompt "…"] [--scenes plan.json] [--json out.json] [--html out.html]
    python -m eval compare A.mp4 B.mp4 [more …] [--json out.json] [--html out.html]

    --weights FOLDER   networks for VBench's dimensions (see eval.adapters)
    --faces FOLDER     OpenCV's YuNet and SFace, to measure faces across the scenes of a plan

Ends with 0 when everything was measured, 2 when a file or an option is wrong.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import ModelError
from models.media.allocation import keep_freed_memory

if TYPE_CHECKING:
    from eval.review import Review


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    args = _parser().parse_args(arguments)
    keep_freed_memory()
    try:
        if args.command == "score":
            _score(args)
        else:
            _compare(args)
    except (ModelError, ValueError, OSError) as error:
        print(str(error), file=sys.stderr)
        return 2
    return 0


def _score(args: argparse.Namespace) -> None:
    from rich.console import Console

    from eval.report.page import review_page
    from eval.report.tables import print_review

    found = _reviewed(args, args.video)
    print_review(found, Console())
    _write(args, found.to_json(), review_page(found))


def _compare(args: argparse.Namespace) -> None:
    from rich.console import Console

    from eval.ranking import rank
    from eval.report.page import comparison_page
    from eval.report.tables import print_ranking

    reviews = [_reviewed(args, path) for path in args.videos]
    attempts = [found.scores for found in reviews]
    ranking = rank(attempts)
    print_ranking(ranking, attempts, Console())
    whole = {"ranking": asdict(ranking), "attempts": [json.loads(scores.to_json()) for scores in attempts]}
    _write(args, json.dumps(whole, indent=1), comparison_page(ranking, reviews))


def _reviewed(args: argparse.Namespace, path: Path) -> "Review":
    from eval.adapters import load_networks
    from eval.faces import SFace, YuNet
    from eval.review import review
    from eval.scenes import read_plan

    networks = load_networks(args.weights, args.device) if args.weights else None
    faces = (YuNet(args.faces), SFace(args.faces)) if args.faces else None
    return review(path, args.prompt, read_plan(args.scenes) if args.scenes else None, networks=networks, faces=faces)


def _write(args: argparse.Namespace, as_json: str, as_html: str) -> None:
    for path, text in ((args.json, as_json), (args.html, as_html)):
        if path:
            path.write_text(text)
            print(f"Written: {path}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure how good videos are.")
    commands = parser.add_subparsers(dest="command", required=True)
    score = commands.add_parser("score", help="everything about one video")
    score.add_argument("video", type=Path)
    compare = commands.add_parser("compare", help="which of several attempts at the same shot is best")
    compare.add_argument("videos", type=Path, nargs="+")
    for command in (score, compare):
        command.add_argument("--prompt", default="", help="what the video should show")
        command.add_argument("--scenes", type=Path, help="a scene plan, as JSON")
        command.add_argument("--json", type=Path, help="write everything here")
        command.add_argument("--html", type=Path, help="write a page here")
        command.add_argument("--weights", type=Path, help="folder with networks")
        command.add_argument("--faces", type=Path, help="folder with YuNet and SFace")
        command.add_argument("--device", default="cpu", help="where networks run: cpu, cuda, mps")
    return parser


if __name__ == "__main__":
    sys.exit(main())
