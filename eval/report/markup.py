"""Small pieces of HTML that the pages are put together from. Text goes through `escape` here; what is marked `Html` is HTML already."""

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NewType

Html = NewType("Html", str)
BEST = '<tr class="best">'


def text(told: str) -> Html:
    """Plain text."""
    return Html(escape(told))


def quiet(told: str) -> Html:
    """A secondary sentence."""
    return Html(f'<span class="quiet">{escape(told)}</span>')


def code(told: str) -> Html:
    """A name as programs write it."""
    return Html(f"<code>{escape(told)}</code>")


def stacked(*lines: Html) -> Html:
    """Below each other."""
    return Html("<br>".join(lines))


def table(head: Sequence[Html], rows: Sequence[Sequence[Html]], numbers: Sequence[int] = (), best: int | None = None) -> Html:
    """head: () for none. numbers: columns to set flush right. best: the row to stress."""
    kinds = dict.fromkeys(numbers, ' class="n"')
    top = "".join(f"<th{kinds.get(i, '')}>{cell}</th>" for i, cell in enumerate(head))
    body = "".join(
        (BEST if n == best else "<tr>") + "".join(f"<td{kinds.get(i, '')}>{cell}</td>" for i, cell in enumerate(row)) + "</tr>"
        for n, row in enumerate(rows)
    )
    return Html(f'<div class="scroll"><table>{f"<tr>{top}</tr>" if top else ""}{body}</table></div>')


def section(heading: str, *parts: Html) -> Html:
    """A heading and what stands below it."""
    return Html(f"<h2>{escape(heading)}</h2>{''.join(parts)}")


def paragraph(told: str, kind: str = "") -> Html:
    """kind: a class of look.css."""
    return Html(f'<p class="{kind}">{escape(told)}</p>' if kind else f"<p>{escape(told)}</p>")


def plot(name: str, value: str, svg: str, note: str) -> Html:
    """A curve on its card."""
    return Html(f'<div class="plot"><h3><span class="n">{escape(value)}</span>{escape(name)}</h3>{svg}<small>{escape(note)}</small></div>')


def picture(jpeg: bytes) -> Html:
    """Inside the page."""
    return Html(f'<img alt="" src="data:image/jpeg;base64,{b64encode(jpeg).decode()}">')


def page(name: str, parts: Sequence[Html]) -> str:
    """The whole file: styles inside, no script, nothing fetched (and a policy that says so)."""
    css = (Path(__file__).parent / "look.css").read_text()
    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    metas = (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
    )
    head = "".join(metas) + f"<title>{escape(name)}</title><style>{css}</style>"
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>{"".join(parts)}</body></html>\n'
