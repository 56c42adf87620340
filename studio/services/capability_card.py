"""The capability card: before the start, what this installation can do, with which model, and what it cannot."""

from dataclasses import asdict, dataclass
from typing import Any

from models.capabilities import Kind
from models.runtime import Runtime

KINDS: tuple[tuple[Kind, str], ...] = (
    ("text", "Words"),
    ("image", "Pictures"),
    ("video", "Motion"),
    ("sound", "Music and effects"),
    ("voice", "Voice-over"),
)
OPTIONAL: frozenset[Kind] = frozenset({"voice"})
"""What an ad is whole without."""
BUILT_IN_WRITER = "built-in copywriter (no key needed)"


@dataclass(frozen=True)
class Ability:
    """One kind of work. model: what will do it by default ("" for nobody); others: (model, why not)."""

    kind: str
    title: str
    model: str
    shows: tuple[str, ...]
    never: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CapabilityCard:
    """What can be made here, kind by kind."""

    abilities: tuple[Ability, ...]

    @property
    def can_make_ads(self) -> bool:
        """Pictures, motion and sound all have a model (words always have one; a voice is an extra)."""
        return all(a.model for a in self.abilities if a.kind not in OPTIONAL)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"can_make_ads": self.can_make_ads, "abilities": [asdict(a) for a in self.abilities]}

    def as_text(self) -> str:
        """For a terminal."""
        lines = [
            "This installation " + ("makes finished ads." if self.can_make_ads else "cannot make ads yet; see what is missing below."),
            "",
        ]
        for ability in self.abilities:
            lines.append(f"{ability.title:<18} {ability.model or 'nobody'}")
            lines += [f"{'':<18}   can     {what}" for what in ability.shows]
            lines += [f"{'':<18}   cannot  {what}" for what in ability.never]
            lines += [f"{'':<18}   off     {', '.join(models)}: {why}" for why, models in _by_reason(ability.others).items()]
        return "\n".join(lines)


def _by_reason(others: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    """Why not -> the models that it keeps away: what is said once for thirteen is read, said thirteen times it is not."""
    found: dict[str, list[str]] = {}
    for model, why in others:
        found.setdefault(why, []).append(model)
    return found


def capability_card(runtime: Runtime) -> CapabilityCard:
    """Probe every model of the catalogue and say how it stands."""
    abilities = []
    for kind, title in KINDS:
        standings = runtime.standings(kind)
        ready = next((s for s in standings if not s.why_not), None)
        model = f"{ready.row.id} – {ready.row.title}" if ready else (BUILT_IN_WRITER if kind == "text" else "")
        abilities.append(
            Ability(
                kind=kind,
                title=title,
                model=model,
                shows=ready.can.shows if ready and ready.can else (),
                never=ready.can.never if ready and ready.can else (),
                others=tuple((s.row.id, s.why_not) for s in standings if s.why_not),
            )
        )
    return CapabilityCard(tuple(abilities))
