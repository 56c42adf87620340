"""`order`: an ad ordered from the command line, for somebody's team, within what they may there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio import wiring
from studio.cli import main
from studio.security import Passwords, Tokens
from studio.services.accounts import Accounts
from studio.settings import Settings
from studio.store.opening import Store, open_store
from studio.store.tables import BrandKit, Generation, Status, Team, TeamMember, TeamRole, new_id
from studio.store.times import utc_now
from tests.studio.three_step_ad import plain_runtime

SENTENCE = "Create a luxury watch ad for Instagram"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(wiring, "runtime_of", lambda settings: plain_runtime(tmp_path))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    opened = open_store(Settings())
    yield opened
    opened.close()


def test_an_ad_is_ordered_for_a_team(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    accounts = Accounts(store.database, Tokens(b"s" * 32), Passwords(cost=4))
    ada, bob = (accounts.register(name, "correct horse").id for name in ("ada", "bob"))
    now = utc_now()
    team = Team(id=new_id(), name="Lumen agency", created_at=now)
    with store.database.writing() as session:
        session.add(team)
        session.flush()
        members = ((ada, TeamRole.EDITOR), (bob, TeamRole.REVIEWER))
        session.add_all(TeamMember(team_id=team.id, user_id=user, role=role, joined_at=now) for user, role in members)
        kit = {"name": "Aurelia", "colors": ["#0A192F", "#D4AF37"], "call": "Find yours", "created_at": now, "updated_at": now}
        session.add(BrandKit(id=new_id(), owner_id=bob, team_id=team.id, **kit))
    for asked, said in (
        (["--as", "carol"], "There is no account “carol” for this order; there is ada, bob."),
        (["--as", "ada", "--team", "Northlight"], "There is no team “Northlight” for this order; there is Lumen agency."),
        (["--as", "bob", "--team", "Lumen agency"], "ask an owner of the team to make you an editor"),
    ):
        assert main(["order", SENTENCE, *asked]) == 1
        assert said in capsys.readouterr().err
    assert main(["order", SENTENCE, "--as", "Ada", "--team", "lumen agency", "--brand-kit", "aurelia", "--captions", "word", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["team_id"] == team.id
    with store.database.reading() as session:
        (ad,) = session.query(Generation).all()
        assert (ad.id, ad.user_id, ad.team_id, ad.status) == (told["generation_id"], ada, team.id, Status.PENDING)
        assert ad.brief["captions"] == "word"
        assert (ad.brief["brand"], ad.brief["wording"]["calls"]) == ("Aurelia", ["Find yours"])
