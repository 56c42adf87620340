"""Scores: how good a video is, measured, with what was measured and by what.

    scores = score_video(path, prompt="a watch on black stone")
    scores["temporal_flickering"].value, scores["temporal_flickering"].kind

    scores     Score and Scores: a number is never without its kind (exact, proxy, unavailable), network and hash
    film       one streamed decode that feeds every metric
    metrics/   one file each; METRICS is the table
    networks   what can be injected, and how a network proves that it is VBench's
    ranking    which of several attempts is better, by how much, and when that is too close to call
    csfd, coherence/   whether scenes belong together

Importing this is light: networks and torch are loaded when something is scored with them. It knows scores, frames and scenes;
it has never heard of users, jobs or how videos are made.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval.scores import Score, Scores

if TYPE_CHECKING:
    from eval.networks import Networks

__all__ = ["Score", "Scores", "score_video"]


def score_video(
    path: Path | str, prompt: str = "", *, networks: "Networks | None" = None, metrics: Sequence[str] | None = None, batch: int = 16
) -> Scores:
    """Measure one video in one streamed decode; see `eval.scoring.score` for everything that can be asked.

    Raises models.errors.MediaError when the file is missing, is no video, is cut short or breaks off.
    """
    from eval.film import FileFilm
    from eval.scoring import score

    return score(FileFilm(Path(path)), prompt, networks=networks, metrics=metrics, batch=batch)
