"""A final version in the Editor: an edit of its own, at no cost, found again, exported, and whole when its takes are gone."""

import pytest

from models.media.video_file import VideoReader
from studio.errors import NotReady, NotYours
from studio.services.dashboard import Dashboard
from studio.services.dashboard_scope import Scope
from studio.services.group_edits import edit_id
from studio.store.tables import MediaFile, Status
from tests.studio.takes_house import a_frame, acting, asked, house, lite, made, person
from tests.studio.three_step_ad import AdHouse

__all__ = ["house", "lite"]


def test_a_final_version_is_cut_like_any_ad(house: AdHouse) -> None:
    ada, bob = person(house), person(house, "bob")
    acting(house)
    with house.working():
        group = made(house, ada, house.takes.submit(ada, asked(a_frame(house, ada), 2)))
        (one,) = group.iterations
        take, (first, second) = one.generation_id, one.attempts
        with pytest.raises(NotReady, match="final version first"):
            house.editor.open(ada, take)
        house.groups.select(ada, group.id, first.id)
        with pytest.raises(NotYours):
            house.editor.open(bob, take)

        draft = house.editor.open(ada, take)
        (piece,) = draft.edit.pieces
        assert (draft.ad.id, piece.n_frames, draft.edit.captions) == (edit_id(first.id), 48, ())
        assert [part.role for part in draft.parts] == ["clip", "still", "timeline"]
        assert (draft.ad.cost, draft.ad.listed, house.library.gallery(ada).total) == (0, False, 1)  # the gallery has the version itself
        assert Dashboard(house.database).of(Scope(ada)).ads == 0  # nor is it counted as an ad
        trim = {"action": "trim", "clip": piece.id, "edge": "tail", "by": -24}
        draft = house.editor.act(ada, draft.ad.id, draft.revision, [trim])
        assert house.editor.open(ada, take).revision == draft.revision  # the same edit
        exported = house.exports.order(ada, draft.ad.id, draft.revision, {})
        assert house.ended(ada, exported).ad.status is Status.COMPLETED
        (told,) = house.exports.of(ada, draft.ad.id)
        assert (told.copied or 0) + (told.rendered or 0) == 24
        film = house.media.find(told.video_id or "", owner_id=ada)
        with house.media.local(film) as there, VideoReader(there) as reader:
            assert (reader.n_frames, reader.info.width, reader.info.height) == (24, first.width, first.height)

        house.groups.select(ada, group.id, second.id)
        assert house.editor.open(ada, take).ad.id == edit_id(second.id)  # another version, another edit
    house.groups.delete(ada, group.id)
    kept = house.editor.open(ada, draft.ad.id)
    assert (kept.revision, kept.edit.n_frames) == (draft.revision, 24)
    with house.database.reading() as session:
        assert session.get(MediaFile, next(part.media_id for part in kept.parts if part.role == "clip")) is not None
