"""Several windows on one draft, on both databases: one is first, the others are told, and nothing is overwritten."""

import threading
from pathlib import Path

import pytest

from pipelines.brief import read_brief
from studio.errors import EditedElsewhere, NotReady
from studio.store.database import Database
from tests.studio.editable_ad import editable_ad
from tests.studio.three_step_ad import ad_house

BRIEF = read_brief("Create a luxury watch ad for Instagram", brand="Aurelia")


def test_two_windows_never_overwrite_each_other(database: Database, tmp_path: Path) -> None:
    with ad_house(database, tmp_path, job=editable_ad) as house:
        ada = house.accounts.register("ada", "correct horse").id
        ad = house.generations.submit(ada, BRIEF)
        with pytest.raises(NotReady):
            house.editor.open(ada, ad)
        with house.working():
            house.ended(ada, ad)
        draft = house.editor.open(ada, ad)
        clip = draft.edit.pieces[0].id
        answers: list[str] = []

        def window() -> None:
            try:
                house.editor.act(ada, ad, draft.revision, [{"action": "slip", "clip": clip, "by": 1}])
                answers.append("done")
            except EditedElsewhere:
                answers.append("told")

        windows = [threading.Thread(target=window) for _ in range(6)]
        for one in windows:
            one.start()
        for one in windows:
            one.join()
        assert sorted(answers) == ["done", *["told"] * 5]
        assert len(house.editor.open(ada, ad).done) == 1
