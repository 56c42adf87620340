"""All rules of a platform on one film. Raises nothing of its own: a film that cannot be read is the reader's error."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.edl import Edl
from pipelines.preflight.facts import Facts, facts_before, facts_of
from pipelines.preflight.platforms import LOOKED_UP, Platform, usual_for
from pipelines.preflight.rules import OF_THE_EDIT, OF_THE_FILM, RULES, Finding


@dataclass(frozen=True)
class Preflight:
    """platform: whose rules. findings: what stops it first. passed: names of the rules with nothing to say; unknown: of those that could
    not be looked at, since the edit is not known or there is no film yet. looked_up: the month of the rules."""

    platform: str
    title: str
    findings: tuple[Finding, ...]
    passed: tuple[str, ...]
    unknown: tuple[str, ...]
    facts: Facts
    looked_up: str = LOOKED_UP

    @property
    def ready(self) -> bool:
        """Whether nothing stops it."""
        return not any(finding.weight == "stop" for finding in self.findings)


def preflight(film: Path, platform: Platform | None = None, edl: Edl | None = None, check: Callable[[], None] = lambda: None) -> Preflight:
    """Look at `film` as `platform` will (default: where films of its shape are usually shown). edl: the edit it was made from. Raises
    MediaError."""
    return judged(facts_of(film, edl, check), platform)


def preflight_before(edl: Edl, codec: str = "h264", platform: Platform | None = None) -> Preflight:
    """The same of an edit that is not a film yet; media are not read. What only a film can tell is among the unknown."""
    return judged(facts_before(edl, codec), platform, without=OF_THE_FILM)


def judged(facts: Facts, platform: Platform | None = None, without: tuple[str, ...] = ()) -> Preflight:
    """The same of facts that were measured before. without: rules that these facts cannot answer."""
    platform = platform or usual_for(facts.width, facts.height)
    unknown = tuple(name for name in RULES if name in without or (facts.type is None and name in OF_THE_EDIT))
    findings: list[Finding] = []
    passed = []
    for name, rule in RULES.items():
        if name in unknown:
            continue
        found = list(rule(facts, platform))
        findings += found
        if not found:
            passed.append(name)
    findings.sort(key=lambda finding: (finding.weight != "stop", finding.at_s or 0.0))
    return Preflight(platform.id, platform.title, tuple(findings), tuple(passed), unknown, facts)
