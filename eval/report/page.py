"""A review, or a comparison, as one HTML file: styles, curves and pictures inside."""

from collections.abc import Sequence

from eval.ranking import Ranking
from eval.report.markup import Html, code, page, paragraph, picture, plot, quiet, section, stacked, table, text
from eval.report.numbers import span, title, written
from eval.report.plots import curves
from eval.report.scenes import by_scene, findings, palette, people, seams, style
from eval.review import Review
from eval.scores import Score, Scores

_STAND_INS = "They measure what their name says, and compare attempts made here. They are not VBench."
_PARTS = "Each measure on a fixed curve from 0 to 1, and the measure itself below. It ranks these attempts; it is not a quality score."


def review_page(found: Review) -> str:
    """The whole page of one video."""
    scores = found.scores
    measured = [score for score in scores if score.value is not None]
    exact = [score for score in measured if score.kind == "exact"]
    proxies = [score for score in measured if score.kind == "proxy"]
    cuts_s = [seam.time_s for seam in found.coherence.seams]
    parts = [
        _head(found),
        *(paragraph(bad.sentence, "bad") for bad in scores.degenerate),
        findings(found),
        _scores("VBench dimensions", exact, "VBench's formula on VBench's network, or where it needs none."),
        _scores("Stand-ins", proxies, _STAND_INS),
        _plots([[score] for score in measured], [""], cuts_s),
        by_scene(found),
        seams(found),
        palette(found),
        people(found),
        style(found),
        _missing([score for score in scores if score.value is None]),
        _made(scores),
    ]
    return page(f"Quality of {scores.video}", parts)


def comparison_page(ranking: Ranking, reviews: Sequence[Review]) -> str:
    """The whole page of several attempts."""
    attempts = [found.scores for found in reviews]
    rows = [[scores.by_metric[name] for scores in attempts if name in scores.by_metric] for name in attempts[0].by_metric]
    shared = [row for row in rows if len(row) == len(attempts) and all(score.value is not None for score in row)]
    parts = [
        Html("<header><div><h1>Attempts compared</h1></div></header>"),
        paragraph(ranking.sentence, "answer"),
        *(_key(i, scores) for i, scores in enumerate(attempts)),
        *(paragraph(f"{a.index + 1}. {attempts[a.index].video}: {a.why}", "bad") for a in ranking.attempts if a.why),
        _parts(ranking, attempts),
        _plots(shared, [scores.video for scores in attempts], ()),
        *(_made(scores) for scores in attempts),
    ]
    return page("Attempts compared", parts)


def _head(found: Review) -> Html:
    scores = found.scores
    prompt = paragraph(scores.prompt) if scores.prompt else ""
    words = f"<h1>{text(scores.video)}</h1>{prompt}{paragraph(_facts(scores), 'quiet')}"
    return Html(f"<header>{picture(found.poster)}<div>{words}</div></header>")


def _key(i: int, scores: Scores) -> Html:
    line = f'<span class="key l{i}"></span>' if i < 4 else ""
    return Html(f"<p>{line}{i + 1}. {text(scores.video)} {quiet(_facts(scores))}</p>")


def _facts(scores: Scores) -> str:
    return f"{scores.width} × {scores.height}, {scores.fps:.5g} fps, {scores.duration_s:.1f} s"


def _scores(heading: str, scores: Sequence[Score], told: str) -> Html:
    if not scores:
        return Html("")
    rows = [[stacked(text(title(s)), code(s.name)), text(written(s.value)), text(span(s)), quiet(s.reason)] for s in scores]
    head = [text(name) for name in ("Measure", "Value", "Range", "Keep in mind" if any(s.reason for s in scores) else "")]
    return section(heading, paragraph(told, "quiet"), table(head, rows, numbers=[1]))


def _plots(groups: Sequence[Sequence[Score]], labels: Sequence[str], cuts_s: Sequence[float]) -> Html:
    cards = []
    for scores in groups:
        name = title(scores[0])
        if svg := curves(scores, [f"{label} {name}".strip() for label in labels], cuts_s):
            cards.append(plot(name, " / ".join(written(score.value) for score in scores), svg, span(scores[0])))
    return section("Frame by frame", Html(f'<div class="plots">{"".join(cards)}</div>')) if cards else Html("")


def _parts(ranking: Ranking, attempts: Sequence[Scores]) -> Html:
    sound = [attempt for attempt in ranking.attempts if attempt.parts]
    if not sound:
        return Html("")
    head = [text("Part"), text("Weight"), *(text(f"{a.index + 1}. {attempts[a.index].video}") for a in sound)]
    rows = [
        [
            stacked(text(part.name.capitalize()), code(part.measure)),
            text(f"{part.weight:g}"),
            *(stacked(text(f"{a.parts[i].goodness:.3f}"), quiet(written(a.parts[i].value))) for a in sound),
        ]
        for i, part in enumerate(sound[0].parts)
    ]
    rows.append([stacked(text("Overall"), code("ranking_v1")), text(""), *(text(written(a.overall)) for a in sound)])
    body = table(head, rows, numbers=range(1, len(head)), best=len(rows) - 1)
    return section("What the ranking is made of", paragraph(_PARTS, "quiet"), body)


def _missing(scores: Sequence[Score]) -> Html:
    rows = [[code(score.name), quiet(score.reason)] for score in scores]
    return section("Not measured", table((), rows)) if rows else Html("")


def _made(scores: Scores) -> Html:
    found = [score for score in scores if score.value is not None]
    decoder = f" Decoded from {found[0].decoder}." if found else ""
    models = [Html(f"<p>{code(f'{s.name}: {s.model} {s.sha256}'.strip())}</p>") for s in found if s.model]
    return section(f"How {scores.video} was measured", paragraph(f"{scores.n_frames} frames, {_facts(scores)}.{decoder}", "quiet"), *models)
