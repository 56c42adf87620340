"""Ratings, downloads, regenerations, choices and learned weights, on both databases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.film import ArrayFilm
from eval.preference import LEAST_CHOICES
from eval.ranking import PARTS, rank
from eval.scores import Scores
from eval.scoring import score
from pipelines.brief import read_brief
from studio.errors import InputRefused, NotFound, NotReady, NotYours
from studio.services.feedback import Feedback
from studio.services.learned_weights import LearnedWeights
from studio.store.database import Database
from tests.clock import HandClock
from tests.eval.footage import pan
from tests.studio.three_step_ad import AdHouse, ad_house

ASKED: dict[str, Any] = {"prompt": "Create a luxury watch ad for Instagram", "duration": 15, "brand": "Aurelia"}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[AdHouse]:
    with ad_house(database, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def attempts() -> dict[str, Scores]:
    """Two attempts at a shot: steady but soft, and shaky but crisp."""
    sound = score(ArrayFilm(pan(12, 0.5, 96, 64)))

    def with_values(**values: float) -> Scores:
        changed = {name: replace(sound[name], value=value, per_frame=()) for name, value in values.items()}
        return replace(sound, by_metric={**sound.by_metric, **changed})

    return {
        "steady": with_values(interp_residual_dis_v1=0.999, sharpness_v1=20.0),
        "crisp": with_values(interp_residual_dis_v1=0.97, sharpness_v1=900.0),
    }


def test_what_is_recorded_of_ads(house: AdHouse) -> None:
    ada, bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
    feedback = Feedback(house.database, HandClock())
    first = house.generations.submit(ada, read_brief(**ASKED))
    feedback.ordered(ada, first)
    with pytest.raises(NotReady):
        feedback.rate(ada, first, 4)
    with house.working():
        house.ended(ada, first)
        again = house.generations.submit(ada, read_brief(**ASKED, seed=1))
        other = house.generations.submit(ada, read_brief(**ASKED | {"duration": 30}, seed=1))
        for id in (again, other):
            feedback.ordered(ada, id)
            house.ended(ada, id)
    assert feedback.stars(ada, first) is None
    for stars in (2, 4):
        feedback.rate(ada, first, stars)
        feedback.downloaded(ada, first)
    assert feedback.stars(ada, first) == 4
    figures = feedback.figures(ada)
    assert figures.ratings == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}
    assert (figures.downloads, figures.regenerations, figures.choices, figures.finished) == (1, 1, 0, 3)
    for act in (lambda: feedback.rate(bob, first, 1), lambda: feedback.stars(bob, first), lambda: feedback.downloaded(bob, again)):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(NotFound):
        feedback.rate(ada, "no such ad", 3)
    for stars in (0, 6):
        with pytest.raises(InputRefused, match="1 to 5 stars"):
            feedback.rate(ada, first, stars)
    house.generations.delete(ada, first)
    figures = feedback.figures(ada)
    assert (sum(figures.ratings.values()), figures.downloads, figures.finished) == (0, 1, 2)
    assert feedback.figures(bob).finished == 0


def test_weights_are_learned_shown_and_taken_back(database: Database, attempts: dict[str, Scores]) -> None:
    from studio.security import Passwords, Tokens
    from studio.services.accounts import Accounts

    accounts = Accounts(database, Tokens(b"s" * 32), Passwords(4))
    ada, bob = (accounts.register(name, "correct horse").id for name in ("ada", "bob"))
    clock = HandClock()
    feedback, learned = Feedback(database, clock), LearnedWeights(database, clock)
    ids = list(attempts)
    selected = ids[rank(list(attempts.values())).attempts[0].index]
    left = next(id for id in ids if id != selected)
    for i in range(LEAST_CHOICES - 1):
        feedback.chose(bob, attempts, selected if i % 10 == 0 else left, selected)
    shown = learned.shown(ada)
    assert (shown.agreement.n, shown.agreement.agreed) == (LEAST_CHOICES - 1, 3)
    assert shown.agreement.share == pytest.approx(3 / 29)
    assert shown.agreement.low < 3 / 29 < shown.agreement.high
    assert (shown.proposal.weights, shown.weights.changed) == ({}, False)
    assert "there are 29" in shown.proposal.sentence
    with pytest.raises(NotReady, match="from 30 choices on"):
        learned.use_fitted(ada)
    for _ in range(40):
        feedback.chose(ada, attempts, left)  # nothing was selected: learned from, and no part of the agreement
    shown = learned.shown(ada)
    assert (shown.agreement.n, shown.proposal.n_choices, shown.proposal.useful) == (29, 69, True)
    with pytest.raises(NotYours, match="first account"):
        learned.use_fitted(bob)
    learned.use_fitted(ada)
    assert learned.in_force() == shown.proposal.weights
    assert ids[rank(list(attempts.values()), weights=learned.in_force()).attempts[0].index] == left
    assert (learned.shown(bob).weights.can_set, learned.shown(ada).weights.fitted_on) == (False, 69)
    learned.use(ada, {"noise": 3.0})
    assert learned.in_force() == {part.name: part.weight for part in PARTS} | {"noise": 3.0}
    for wrong in ({"beauty2": 1.0}, {"noise": -1.0}, {part.name: 0.0 for part in PARTS}, {"noise": 1e9}):
        with pytest.raises(InputRefused):
            learned.use(ada, wrong)
    learned.reset(ada)
    learned.reset(ada)
    assert learned.in_force() == {}
    assert not learned.shown(ada).weights.changed


def test_a_choice_is_between_attempts(database: Database, attempts: dict[str, Scores]) -> None:
    feedback = Feedback(database)
    only = {"steady": attempts["steady"]}
    for among, taken, selected in ((only, "steady", None), (attempts, "nobody", None), (attempts, "steady", "nobody")):
        with pytest.raises(InputRefused, match="one of the attempts"):
            feedback.chose("nobody", among, taken, selected)
