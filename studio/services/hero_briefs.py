"""Hero briefs as they are kept: plain JSON, with the ids of uploads where a brief on one machine has paths. Knows no tables."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from models.asks import ImageAsk
from pipelines.hero import HeroBrief
from studio.jobs.values import Codec


@dataclass(frozen=True)
class Pictures:
    """The uploads (or, once looked up, the media files) that belong to a brief, by id; "" for none."""

    product: str = ""
    reference: str = ""
    control: str = ""


def kept(brief: HeroBrief, pictures: Pictures) -> dict[str, Any]:
    """What is written down of a brief."""
    plain = brief.model_copy(update={"reference": None, "control": None, "order": brief.order.model_copy(update={"product_image": None})})
    return {"hero": json.loads(plain.model_dump_json()), "pictures": asdict(pictures)}


def found(values: Mapping[str, Any]) -> tuple[HeroBrief, Pictures]:
    """The inverse of `kept`. The brief has no paths: its pictures are fetched where they are needed."""
    return HeroBrief.model_validate(values["hero"]), pictures_in(values)


def pictures_in(values: Mapping[str, Any]) -> Pictures:
    """The uploads that belong to a brief that was kept."""
    return Pictures(**values.get("pictures", {}))


def kept_ask(ask: ImageAsk) -> Any:
    """What is written down of an ask: everything but the pictures it refers to, whose paths mean nothing later."""
    subject = replace(ask.subject, photo=None) if ask.subject else None
    return Codec(ImageAsk).encode(replace(ask, subject=subject, references=(), controls=(), init_image=None))


def found_ask(values: Any) -> ImageAsk:
    """The inverse of `kept_ask`. Raises NotStorable for an ask of another release."""
    ask: ImageAsk = Codec(ImageAsk).decode(values)
    return ask
