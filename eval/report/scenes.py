"""The sections of a page that speak of scenes: findings, seams with their strips, colours, faces, style."""

from eval.report.markup import Html, code, paragraph, picture, quiet, section, stacked, table, text
from eval.report.numbers import title, written
from eval.review import Review, Strip


def findings(found: Review) -> Html:
    """What stands out, in order of time, each with its fix."""
    rows = [
        f"<li><time>{f.time_s:.1f} s</time><div>{stacked(text(f.sentence), quiet(f.fix.sentence))}</div></li>"
        for f in found.coherence.findings
    ]
    if rows:
        return section("What stands out", Html(f'<ul class="findings">{"".join(rows)}</ul>'))
    planned = found.coherence.planned
    told = "Nothing stands out between the scenes." if planned else "Nothing stands out. Without a scene plan, cuts were not judged."
    return section("What stands out", paragraph(told))


def seams(found: Review) -> Html:
    """Measures and frames at each meeting of scenes, and at cuts that are none."""
    strips = {strip.frame: strip for strip in found.strips}
    parts: list[Html] = []
    for seam in found.coherence.seams:
        turn = "" if seam.turn_deg is None else f", motion turns {seam.turn_deg:.0f}°"
        planned = ", change planned" if seam.planned else ""
        told = f"CIEDE2000 {seam.delta_e:.1f}, L* {seam.delta_l:+.1f}, hues {seam.hues:.2f}, tones {seam.tones:.1f}{turn}{planned}"
        heading = f"<h3>Scene {seam.before} to {seam.after}, {seam.time_s:.2f} s</h3><small>{text(told)}</small>"
        parts += [Html(heading), _strip(strips.pop(seam.frame, None))]
    for strip in strips.values():
        parts += [Html("<h3>Another cut</h3>"), _strip(strip)]
    recall = found.coherence.cuts.recall
    against = Html("") if recall is None else paragraph(f"{recall:.0%} of the planned cuts are seen.", "quiet")
    return section("Where scenes meet", against, *parts) if parts else Html("")


def by_scene(found: Review) -> Html:
    """What a cut would spoil, on each scene alone."""
    scenes = found.scores.by_scene
    names = list(next(iter(scenes.values()), {}))
    if not names:
        return Html("")
    first = next(iter(scenes.values()))
    rows = [[text(f"Scene {number}"), *(text(written(scores[name].value)) for name in names)] for number, scores in scenes.items()]
    head = [text(""), *(stacked(text(title(first[name])), quiet(f"{first[name].direction} is better")) for name in names)]
    return section("Scene by scene", table(head, rows, numbers=range(1, len(names) + 1)))


def palette(found: Review) -> Html:
    """The brand's colours by scene."""
    shares, colors = found.coherence.palette, found.coherence.plan.palette
    if not shares:
        return Html("")
    swatches = [Html(f'<span class="swatch" style="background:{text(color)}"></span>{text(color)}') for color in colors]
    rows = [
        [text(f"Scene {number}"), *(text(f"{share.by_color[color]:.1%}") for color in colors), text(f"{share.share:.1%}")]
        for number, share in shares.items()
    ]
    return section("Brand colours", table([text(""), *swatches, text("Together")], rows, numbers=range(1, len(colors) + 2)))


def people(found: Review) -> Html:
    """Faces across scenes."""
    rows = [
        [text(f.character), text(written(f.value)), text(written(f.excess)), text(f"{f.coverage:.0%}"), quiet(f.reason or f.embedder)]
        for f in found.faces
    ]
    head = [text(name) for name in ("Character", "csfd_v1", "Excess", "Coverage", "")]
    return section("Faces across scenes", table(head, rows, numbers=[1, 2, 3])) if rows else Html("")


def style(found: Review) -> Html:
    """Distances between scenes."""
    name, distances = found.style
    rows = [[text(f"Scenes {s} and {t}"), text(written(value))] for (s, t), value in distances.items()]
    return section("Style across scenes", Html(f"<p>{code(name)}</p>"), table((), rows, numbers=[1])) if rows else Html("")


def _strip(strip: Strip | None) -> Html:
    if strip is None:
        return Html("")
    pictures, middle = [picture(jpeg) for jpeg in strip.jpegs], min(3, strip.frame)
    return Html(f'<div class="strip">{"".join(pictures[:middle])}<i></i>{"".join(pictures[middle:])}</div>')
