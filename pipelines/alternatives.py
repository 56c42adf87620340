"""First lines and last words that one ad could have as well, by the built-in copywriter. Pure: the same brief, the same lines.

Each stands before the same story, so that two ads differ in this alone and tell what it is worth.
"""

from pipelines.brief import Brief
from pipelines.copywriter.choices import category, choose_lines, choose_mood
from pipelines.frameworks import FRAMEWORKS, Framework
from pipelines.hints import read_hints

MOST = 4
ANYWAY = ("See more", "Find out more", "Get yours", "Learn more")
"""What a button may say of anything; it promises nothing."""


def hooks_for(brief: Brief, framework: Framework) -> tuple[str, ...]:
    """Up to MOST first lines for this story, the copywriter's own first."""
    hints = read_hints(brief.prompt)
    product = category(hints)
    own = choose_lines(brief, product, framework, choose_mood(brief, hints, product))
    opening = FRAMEWORKS[framework].beats[0]
    short = (brief.duration or hints.duration or 15) == 15  # longer ads say these lines themselves, further on
    told = () if not short else product.pains if opening.shadow else product.themes
    others = (lines.scenes[0] for lines in product.sets(framework))
    taken = set(own.scenes[1:])
    return tuple(line for line in dict.fromkeys((own.scenes[0], *others, *told)) if line not in taken)[:MOST]


def calls_for(brief: Brief) -> tuple[str, ...]:
    """Up to MOST calls to action, the copywriter's own first."""
    hints = read_hints(brief.prompt)
    product = category(hints)
    mood = choose_mood(brief, hints, product)
    stories = [brief.framework] if brief.framework else list(Framework)
    own = [choose_lines(brief, product, framework, mood).cta for framework in stories]
    others = [lines.cta for framework in Framework for lines in product.sets(framework)]
    return tuple(dict.fromkeys((*own, *others, *ANYWAY)))[:MOST]
