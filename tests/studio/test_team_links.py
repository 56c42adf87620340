"""Links into a team, on both databases: how long and for how many they are good, who makes them, and what is written down of it."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from studio.errors import InputRefused, LinkEnded, NotFound, NotReady, RoleRefused, StudioError
from studio.services import team_links
from studio.services.members import Members
from studio.services.team_links import REMEMBERED, TeamLinks
from studio.services.teams import Teams
from studio.store.database import Database
from studio.store.tables import TeamInvitation, TeamRole, new_id
from tests.clock import HandClock
from tests.studio.three_step_ad import AdHouse, ad_house

EDITOR, REVIEWER, OWNER = TeamRole.EDITOR, TeamRole.REVIEWER, TeamRole.OWNER


class World:
    """Ada's team, its links, and others who have accounts."""

    def __init__(self, house: AdHouse) -> None:
        self.clock, self.database = HandClock(), house.database
        self.links = TeamLinks(house.database, self.clock)
        self.teams, self.members = Teams(house.database, house.spending, self.clock), Members(house.database, self.clock)
        self.ada, self.bob, self.carol, self.dan = (
            house.accounts.register(name, "correct horse").id for name in ("ada", "bob", "carol", "dan")
        )
        self.team = self.teams.create(self.ada, "Lumen").card.id

    def roles(self) -> dict[str, TeamRole]:
        return {one.username: one.role for one in self.teams.one(self.ada, self.team).members}

    def used(self) -> list[tuple[int, int]]:
        return [(one.used, one.uses) for one in self.teams.one(self.ada, self.team).links]


@pytest.fixture
def world(database: Database, tmp_path: Path) -> Iterator[World]:
    with ad_house(database, tmp_path) as house:
        yield World(house)


def test_a_link_lets_as_many_in_as_it_is_for(world: World) -> None:
    told, token = world.links.make(world.ada, world.team, REVIEWER, uses=2)
    assert (told.role, told.uses, told.used, told.made_by, (told.expires_at - world.clock()).days) == (REVIEWER, 2, 0, "ada", 7)
    asked = world.links.open(token, None)
    assert (asked.team, asked.role, asked.member) == ("Lumen", REVIEWER, False)
    world.members.invite(world.ada, world.team, "bob", EDITOR)
    for _ in range(2):  # a member stays what they are and uses nothing up
        assert world.links.join(world.bob, token) == world.team
    assert (world.roles(), world.used()) == ({"ada": OWNER, "bob": REVIEWER}, [(1, 2)])
    assert world.members.invitations(world.bob) == ()  # the one by name went with it
    assert world.links.join(world.ada, token) == world.team
    world.links.join(world.carol, token)
    assert (world.roles()["ada"], world.used()) == (OWNER, [])
    for act in (
        lambda: world.links.open(token, world.dan),
        lambda: world.links.join(world.dan, token),
        lambda: world.links.open(token, None),
    ):
        with pytest.raises(LinkEnded):
            act()
    assert world.links.open(token, world.carol).member


def test_its_day_comes_or_it_is_taken_back(world: World) -> None:
    told, token = world.links.make(world.ada, world.team, EDITOR, uses=5, days=1)
    _, other = world.links.make(world.ada, world.team, EDITOR, uses=5, days=30)
    world.clock.advance(days=1)
    assert world.used() == [(0, 5)]
    for who in (world.bob, world.ada):
        with pytest.raises(LinkEnded):
            world.links.join(who, token)
    world.links.take_back(world.ada, world.team, told.id)
    (left,) = world.teams.one(world.ada, world.team).links
    world.links.join(world.bob, other)
    world.links.take_back(world.ada, world.team, left.id)
    with pytest.raises(NotFound) as never:
        world.links.join(world.carol, other)
    assert not isinstance(never.value, LinkEnded)
    assert world.roles() == {"ada": OWNER, "bob": EDITOR}  # who joined stays
    _, old = world.links.make(world.ada, world.team, EDITOR, days=1)
    world.clock.advance(days=1 + REMEMBERED.days)
    world.links.make(world.ada, world.team, EDITOR)
    with pytest.raises(NotFound) as forgotten:
        world.links.open(old, None)
    assert not isinstance(forgotten.value, LinkEnded)


def test_only_owners_make_them_and_none_makes_an_owner(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    told, token = world.links.make(world.ada, world.team, EDITOR)
    world.links.join(world.bob, token)
    told, token = world.links.make(world.ada, world.team, EDITOR)
    theirs = world.teams.create(world.carol, "Northlight").card.id
    with pytest.raises(NotFound):  # an owner, but of another team
        world.links.take_back(world.carol, theirs, told.id)
    for who, refusal in ((world.bob, RoleRefused), (world.carol, NotFound)):
        for act in (
            lambda who=who: world.links.make(who, world.team, EDITOR),
            lambda who=who: world.links.take_back(who, world.team, told.id),
        ):
            with pytest.raises(refusal):
                act()
    assert world.teams.one(world.bob, world.team).links == ()
    for wrong in ({"role": OWNER}, {"uses": 0}, {"uses": 101}, {"days": 0}, {"days": 31}):
        with pytest.raises(InputRefused) as refused:
            world.links.make(world.ada, world.team, **({"role": EDITOR} | wrong))  # type: ignore[arg-type]
        assert refused.value.field in wrong
    for nonsense in ("", "x" * 43, token[:-1], token.swapcase(), "é" * 43, new_id()):
        with pytest.raises(NotFound):
            world.links.join(world.dan, nonsense)
    monkeypatch.setattr(team_links, "MOST_PEOPLE", 2)
    with pytest.raises(NotReady):
        world.links.join(world.dan, token)
    monkeypatch.setattr(team_links, "MOST_LINKS", 1)
    with pytest.raises(InputRefused):
        world.links.make(world.ada, world.team, EDITOR)


def test_two_at_once_are_one_for_a_link_for_one(world: World) -> None:
    _, token = world.links.make(world.ada, world.team, EDITOR)

    def tried(who: str) -> bool:
        try:
            return world.links.join(who, token) == world.team
        except StudioError:
            return False

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(tried, (world.bob, world.carol, world.dan))) == 1
    assert len(world.roles()) == 2


def test_what_is_kept_and_logged_opens_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        told, token = world.links.make(world.ada, world.team, EDITOR)
        world.links.join(world.bob, token)
        world.links.take_back(world.ada, world.team, told.id)
        told, token = world.links.make(world.ada, world.team, EDITOR)
    lines = [record for record in caplog.records if record.name == team_links.__name__]
    assert [record.getMessage().split(" was ")[-1] for record in lines] == ["made.", "Joined a team by a link.", "taken back.", "made."]
    assert {record.team for record in lines} == {world.team}  # type: ignore[attr-defined]
    assert (lines[1].member, lines[1].role) == (world.bob, "editor")  # type: ignore[attr-defined]
    with world.database.reading() as session:
        kept = session.scalars(select(TeamInvitation)).one()
        assert token not in str(vars(kept)) + "".join(str(vars(record)) for record in caplog.records)
        with pytest.raises(NotFound):
            world.links.open(kept.token_hash or "", None)
