"""Reviews and comparisons as tables in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from eval.ranking import Ranking
from eval.report.numbers import span, written
from eval.review import Review
from eval.scores import Scores


def print_review(found: Review, console: Console) -> None:
    """Scores first, then what is wrong and how to mend it."""
    scores = found.scores
    console.print(
        f"{scores.video}: {scores.width} x {scores.height}, {scores.fps:.5g} fps, {scores.duration_s:.1f} s, {scores.n_frames} frames",
        style="bold",
    )
    for bad in scores.degenerate:
        console.print(f"{bad.code}: {bad.sentence}", style="bold red")
    table = Table(box=None, pad_edge=False)
    for name in ("score", "value", "note"):
        table.add_column(name, justify="right" if name == "value" else "left", no_wrap=name != "note")
    for score in sorted(scores, key=lambda s: ("exact", "proxy", "unavailable").index(s.kind)):
        note = score.reason if score.value is None else f"{span(score)}. {score.reason}"
        table.add_row(score.name, written(score.value), note, style="dim" if score.value is None else "")
    console.print(table)
    _print_scenes(found, console)


def print_ranking(ranking: Ranking, attempts: Sequence[Scores], console: Console) -> None:
    """The answer, then what it is made of."""
    console.print(ranking.sentence, style="bold")
    table = Table(box=None, pad_edge=False)
    table.add_column("part")
    table.add_column("weight", justify="right")
    for attempt in ranking.attempts:
        table.add_column(f"{attempt.index + 1}. {attempts[attempt.index].video}", justify="right")
    sound = [attempt for attempt in ranking.attempts if attempt.parts]
    for i, part in enumerate(sound[0].parts if sound else ()):
        cells = [f"{a.parts[i].goodness:.3f} ({written(a.parts[i].value)})" if a.parts else "–" for a in ranking.attempts]
        table.add_row(f"{part.name} ({part.measure})", f"{part.weight:g}", *cells)
    table.add_row("overall (ranking_v1)", "", *[written(attempt.overall) for attempt in ranking.attempts], style="bold")
    console.print(table)
    for attempt in ranking.attempts:
        if attempt.why:
            console.print(f"{attempt.index + 1}. {attempts[attempt.index].video}: {attempt.why}", style="red")


def _print_scenes(found: Review, console: Console) -> None:
    report = found.coherence
    if report.seams:
        table = Table(box=None, pad_edge=False, title="Where scenes meet", title_justify="left")
        for name in ("at", "scenes", "CIEDE2000", "L*", "hues", "tones", "turn"):
            table.add_column(name, justify="right")
        for seam in report.seams:
            turn = "–" if seam.turn_deg is None else f"{seam.turn_deg:.0f}°"
            cells = f"{seam.delta_e:.1f}", f"{seam.delta_l:+.1f}", f"{seam.hues:.2f}", f"{seam.tones:.1f}", turn
            table.add_row(f"{seam.time_s:.2f} s", f"{seam.before} to {seam.after}{' (planned)' if seam.planned else ''}", *cells)
        console.print(table)
    for number, scores in found.scores.by_scene.items():
        told = ", ".join(f"{score.name.split('.', 1)[1]} {written(score.value)}" for score in scores.values())
        console.print(f"Scene {number} alone: {told}", highlight=False)
    for face in found.faces:
        told = face.reason or f"excess {written(face.excess)}, coverage {face.coverage:.0%}, {face.embedder}"
        console.print(f"{face.name} of {face.character}: {written(face.value)} ({told})")
    for finding in report.findings:
        console.print(f"[yellow]{finding.time_s:6.1f} s[/]  {finding.sentence} {finding.fix.sentence}")
    if not report.findings:
        console.print(
            "Nothing stands out between the scenes."
            if report.planned
            else "Nothing stands out; without a scene plan, cuts were not judged."
        )
