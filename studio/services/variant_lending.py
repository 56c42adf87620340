"""Which ad of a set lends which of its clips to the others. Works on rows; moves no files.

a finished ad of the set has it        lent, whichever that is
one before this in line is making it   wait: it is not made, or paid for, twice
those that had it failed               nobody: this ad makes it itself, and says so
"""

from collections.abc import Mapping
from mimetypes import guess_extension

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studio.jobs.job_rows import JobState
from studio.jobs.keeper import LentShot
from studio.store.database import Database
from studio.store.tables import Clip, Generation, Status, VariantCell, jobs


def lent_to(database: Database, job: str, keys: Mapping[str, str]) -> Mapping[str, LentShot] | None:
    """See studio.jobs.keeper.Keeper.lent. An ad that belongs to no set is lent nothing."""
    with database.reading() as session:
        mine = session.get(VariantCell, job)
        if mine is None:
            return {}
        set_id, position = mine.set_id, mine.position
        others = select(VariantCell, Generation).join(Generation, Generation.id == VariantCell.generation_id)
        others = others.where(VariantCell.set_id == set_id, VariantCell.generation_id != job).order_by(VariantCell.position)
        rows = session.execute(others).tuples().all()
        there = {cell.generation_id: _clips(session, cell) for cell, ad in rows if ad.status is Status.COMPLETED}
        busy = {cell.generation_id for cell, ad in rows if cell.position < position and _will_make(session, ad)}
        lent: dict[str, LentShot] = {}
        for shot, key in keys.items():
            having = [cell for cell, _ in rows if key in {other for _, other in cell.keys}]
            found = next((there[cell.generation_id][key] for cell in having if key in there.get(cell.generation_id, {})), None)
            if found is not None:
                lent[shot] = found
            elif any(cell.generation_id in busy for cell in having):
                return None
            elif failed := [cell for cell in having if cell.position < position]:
                lent[shot] = LentShot(failed[0].name)
        return lent


def _clips(session: Session, cell: VariantCell) -> dict[str, LentShot]:
    """What a finished ad has to lend, by key."""
    keys = dict(cell.keys)
    there = (Clip.generation_id == cell.generation_id, Clip.video_id.is_not(None), Clip.still_id.is_not(None))
    rows = session.scalars(select(Clip).where(*there).options(joinedload(Clip.still)))
    return {keys[row.shot]: _lent(cell, row) for row in rows if row.shot in keys}


def _lent(cell: VariantCell, row: Clip) -> LentShot:
    by = ((row.made or {}).get("still") or {}).get("model", "")
    ending = guess_extension(row.still.mime) if row.still else None
    return LentShot(cell.name, row.still_id or "", row.video_id or "", ending or ".png", by, row.model)


def _will_make(session: Session, ad: Generation) -> bool:
    """Whether an ad is being made, or is next to be. One that failed and is to be tried again may be far back in line, so that nobody waits
    for it: those who wait would be in its way."""
    if ad.status is Status.PROCESSING:
        return True
    row = session.execute(select(jobs.c.state, jobs.c.attempt).where(jobs.c.id == ad.id)).one_or_none()
    return row is not None and JobState(row.state) is JobState.PENDING and row.attempt == 1
