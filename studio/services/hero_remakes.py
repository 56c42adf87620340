"""How a hero frame's picture can be taken again, and what of it other pictures take over: read out of its row. Takes no picture itself."""

import logging
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.asks import ImageAsk
from pipelines.brief import MAX_BRAND_CHARS, MAX_COLORS
from pipelines.hero import HeroBrief
from studio.jobs.values import NotStorable
from studio.services.hero_briefs import found_ask, pictures_in
from studio.store.tables import HeroFrame, Upload

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Remake:
    """ask: what the picture was made from, without its pictures; None where that is not known (any more). photo: the media file of the
    product photo in it, "" for none."""

    ask: ImageAsk | None = None
    photo: str = ""


def remake_of(session: Session, frame: HeroFrame) -> Remake:
    """What `frame` was made from."""
    values = frame.brief.get("ask")
    if not values:
        return Remake()
    try:
        ask = found_ask(values)
    except NotStorable as error:  # of a release whose asks had other fields
        log.info("Hero frame %s cannot be taken again: %s", frame.id, error)
        return Remake()
    product = pictures_in(frame.brief).product
    if not product:
        return Remake(ask)
    upload = session.get(Upload, product)
    if upload is None or (frame.team_id is None and upload.owner_id != frame.user_id):  # of a team's, members vary what others brought
        return Remake()
    return Remake(ask, upload.file_id)


def kin(brief: HeroBrief, shown: ImageAsk | None, *, colors: bool = False) -> HeroBrief:
    """`brief` with the name that the product bears in a picture (what it was made from: shown), and with colors in its colours, where
    nobody chose others: another seed would invent another name and another set."""
    order = brief.order
    label = shown.subject.label if shown and shown.subject and len(shown.subject.label) <= MAX_BRAND_CHARS else ""
    palette = shown.palette[:MAX_COLORS] if shown and colors else ()
    return brief.model_copy(update={"order": order.model_copy(update={"brand": order.brand or label, "colors": order.colors or palette})})
