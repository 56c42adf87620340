"""What this installation can do, how a person stands, and a better prompt, on the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from studio.services.health import State
from studio.store.tables import Status


class ModelReply(BaseModel):
    """One model of the catalogue."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: str
    ready: bool
    why_not: str | None = Field(description="What to do about it; empty or null when it is ready.")
    price: Any = Field(description="What a use costs, in US dollars.")


class ChoiceReply(BaseModel):
    """Something that may be chosen by its name."""

    model_config = ConfigDict(extra="allow")

    name: str
    title: str
    hint: str


class SwitchReply(ChoiceReply):
    """A switch; what is not ready cannot be switched on here."""

    ready: bool
    why_not: str | None = None


class LoraReply(SwitchReply):
    """A LoRA that lies in LORAS_DIR, trained here or put there."""

    trigger: str = Field(description="Words that call its subject up in a prompt; empty where the file does not say.")
    base: str = Field(description="The family of models it was trained for; empty where it cannot be told.", examples=["sdxl"])
    rank: int
    alpha: float | None
    created: str = Field(description="ISO date and time.")


class VoiceReply(BaseModel):
    """A voice for the ad's spoken lines, and the model that has it."""

    model_config = ConfigDict(extra="allow")

    name: str = Field(examples=["coral"])
    title: str
    model: str = Field(examples=["openai/gpt-4o-mini-tts"])
    ready: bool
    why_not: str = Field(description="What to do about it; empty when it is ready.")
    price: str


class CapabilitiesReply(BaseModel):
    """What can be made here, with which models, and what not."""

    model_config = ConfigDict(extra="allow")

    can_make_ads: bool
    abilities: list[dict[str, Any]] = []
    models: dict[str, list[ModelReply]] = {}
    styles: list[ChoiceReply] = []
    coherence: list[SwitchReply] = []
    voices: list[VoiceReply] = []
    loras: list[LoraReply] = []


class CheckReply(BaseModel):
    """One part of this installation."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(description="database, storage, queue, disk or encoder.", examples=["database"])
    state: State = Field(examples=["ok"])
    said: str = Field(examples=["SQLite answers."])


class HealthReply(BaseModel):
    """The worst of its parts. degraded: everything works, somebody should look."""

    status: State = Field(examples=["ok"])
    checks: list[CheckReply] | None = Field(description="Its parts; null for strangers.")


class MonthReply(BaseModel):
    """What was paid in one calendar month (UTC)."""

    year: int = Field(examples=[2025])
    month: int = Field(ge=1, le=12, examples=[11])
    cost: float = Field(description="US dollars.", examples=[4.2])
    calls: int = Field(description="Calls of models that were paid for.", examples=[12])


class BudgetReply(BaseModel):
    """This month (UTC), in US dollars."""

    spent: float = Field(examples=[4.2])
    held: float = Field(description="Held back for ads that are being made.", examples=[0.0])
    cap: float = Field(examples=[50.0])
    left: float = Field(examples=[45.8])


class StatsReply(BaseModel):
    """How many ads, how many went well, and what they cost."""

    total: int = Field(examples=[45])
    by_status: dict[Status, int] = Field(examples=[{"pending": 0, "processing": 1, "completed": 40, "failed": 4}])
    success_rate: float | None = Field(description="0..1, of the ads that were made to their end; null before the first.", examples=[0.93])
    months: list[MonthReply] = Field(description="Newest first.")
    budget: BudgetReply


class ChangeReply(BaseModel):
    """One thing that was changed in a prompt, and why."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    before: str
    after: str
    reason: str


class ImprovedReply(BaseModel):
    """A prompt that says more, next to the one that was typed."""

    model_config = ConfigDict(from_attributes=True)

    original: str
    improved: str
    writer: str = Field(description="Who wrote it.")
    cost: float = Field(description="US dollars.")
    changes: list[ChangeReply]
    notes: list[str]
