"""Weights learned from choices: found again when they are known, moved little by little, and never used when they foretell nothing."""

import numpy as np
import pytest

from eval.preference import LEAST_CHOICES, Choice, agreement, fit, interval
from eval.ranking import PARTS

GIVEN = {part.name: part.weight for part in PARTS}


def made_up(n: int, true: dict[str, float], sharpness: float = 40.0, seed: int = 1) -> list[Choice]:
    """Choices of somebody whose weights are known, with their doubts."""
    random, found = np.random.default_rng(seed), []
    total = sum(true.values())
    for _ in range(n):
        a, b = ({name: float(x) for name, x in zip(GIVEN, random.uniform(0.2, 1, len(GIVEN)), strict=True)} for _ in range(2))
        lead = sharpness * sum(true[name] * (a[name] - b[name]) for name in true) / total
        found.append(Choice(a, b) if random.random() < 1 / (1 + np.exp(-lead)) else Choice(b, a))
    return found


def test_known_tastes_are_found_again() -> None:
    true = {"beauty": 5.0, "steady light": 3.0}
    found = fit(made_up(400, true), GIVEN)
    assert found is not None
    assert found.useful
    assert sorted(found.weights, key=lambda name: -found.weights[name])[:2] == ["beauty", "steady light"]
    assert sum(found.weights.values()) == pytest.approx(sum(GIVEN.values()), abs=1e-3)
    assert all(weight >= 0 for weight in found.weights.values())
    assert found.after.agreement > found.before.agreement + 0.1
    fresh = made_up(400, true, seed=9)
    assert agreement(fresh, found.weights).agreement > agreement(fresh, GIVEN).agreement + 0.1


def test_few_choices_are_not_fitted_and_some_move_little() -> None:
    choices = made_up(LEAST_CHOICES, {"beauty": 1.0})
    assert fit(choices[:-1], GIVEN) is None
    some, many = fit(choices, GIVEN), fit(made_up(500, {"beauty": 1.0}), GIVEN)
    assert some is not None
    assert many is not None
    assert GIVEN["beauty"] < some.weights["beauty"] < many.weights["beauty"]


def test_coin_tosses_are_called_useless() -> None:
    found = fit(made_up(200, {"beauty": 1.0}, sharpness=0.0), {**GIVEN, "noise": 0.0})
    assert found is not None
    assert not found.useful
    assert found.after.agreement < 0.62
    tastes = fit(made_up(300, GIVEN, sharpness=10.0), GIVEN)  # somebody who chooses as the program does gives no reason to change it
    assert tastes is not None
    assert not tastes.useful
    assert "no reason to change" in tastes.sentence


def test_a_dislike_of_what_is_better_ends_at_zero_and_not_below() -> None:
    turned = [Choice(choice.left, choice.taken) for choice in made_up(200, {"smoothness": 1.0})]
    found = fit(turned, GIVEN)
    assert found is not None
    assert found.weights["smoothness"] == 0.0


def test_parts_that_one_of_two_lacks_do_not_count() -> None:
    choices = [Choice({"beauty": 0.9, "prompt": 1.0}, {"beauty": 0.1})] * LEAST_CHOICES
    found = fit(choices, {"beauty": 1.0, "prompt": 1.0})
    assert found is not None
    assert found.weights["beauty"] > 1.0 > found.weights["prompt"]
    only = agreement([Choice({"prompt": 1.0}, {})], {"prompt": 1.0})
    assert (only.agreement, only.log_loss) == (0.5, pytest.approx(np.log(2)))


def test_fitting_has_no_chance_in_it() -> None:
    choices = made_up(60, {"beauty": 1.0})
    assert fit(choices, GIVEN) == fit(choices, GIVEN)


def test_wrong_weights_are_refused() -> None:
    for weights in ({}, {"beauty": 0.0}, {"beauty": -1.0, "noise": 2.0}):
        with pytest.raises(ValueError, match="not negative"):
            fit([], weights)
    with pytest.raises(ValueError, match="no choices"):
        agreement([], GIVEN)


def test_wilsons_interval() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(7, 10) == pytest.approx((0.3968, 0.8922), abs=1e-3)
    assert interval(10, 10)[1] == pytest.approx(1.0)
