"""Finds facts in copy that the prompt never gave: numbers, prices, certificates, origins, superlatives. It judges words only."""

import re
from collections.abc import Iterable

CLAIMS = (
    r"award[\s-]winning|certified|clinically|proven|guaranteed?|warranty|patented|doctors?|dermatologist\w*|experts? recommend\w*"
    r"|scientific\w*|organic|vegan|fair[\s-]?trade|recycled|biodegradable|carbon[\s-]neutral|cruelty[\s-]free|non[\s-]toxic"
    r"|chemical[\s-]free|gluten[\s-]free|swiss|italian|french|german|japanese|made in \w+|since \d+|hand[\s-]?made|best[\s-]selling"
    r"|bestsell\w+|world(?:'s|’s)? (?:best|first|most)|number one|no\.? ?1|#1|cheapest|lowest price|free|discount|% off|sale|limited"
    r"|last chance|today only|five[\s-]star|rated|reviews?|waterproof|sapphire|diamond|solid gold|cures?|heals?|anti[\s-]ag(?:e)?ing"
    r"|lasts? \w+ (?:hours|days|years)|lifetime"
)


def unfounded(lines: Iterable[str], prompt: str) -> tuple[str, ...]:
    """The digits and claim words in `lines` that do not stand in `prompt`, in order, each once."""
    given = prompt.lower()
    numbers = set(re.findall(r"\d+(?:[.,]\d+)?", given))
    found: list[str] = []
    for line in lines:
        found += [n for n in re.findall(r"\d+(?:[.,]\d+)?", line) if n not in numbers]
        found += [m.group() for m in re.finditer(rf"(?<![\w-])(?:{CLAIMS})(?![\w-])", line, re.I) if m.group().lower() not in given]
    return tuple(dict.fromkeys(found))
