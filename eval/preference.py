"""What people prefer, learned from what they chose: weights for the overall of `eval.ranking`, by a small Bradley-Terry model.

A choice says that one attempt was taken and another, of the same shot, was not. With the goodness g of their parts (0..1, see
`ranking.PARTS`) and weights w,

    P(a is taken over b) = 1 / (1 + exp(-s w·(g_a - g_b)))          Bradley and Terry (Biometrika 1952)

and w minimises the negative log-likelihood plus a pull towards the weights that the program came with. Weights stay at or above zero,
so that a better measure never lowers the overall. Few choices move little. Whether the fit predicts choices it has not seen is measured
by leaving fifths out, against the given weights with an s of their own choosing (else somebody who tosses coins would seem to prove
them wrong); a fit that does not is called useless, not used. Pure: works on numbers, stores nothing, knows no people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_CHOICES = 30
"""Below this nothing is fitted: eleven weights from a handful of clicks would be somebody's mood."""

SHARPNESS = 10.0
"""s times the sum of the weights: a lead of 0.1 in the overall is taken in 73 of 100 choices before anything is known. A choice."""

PULL = 1.0
"""How strongly weights are held to where they came from. A choice."""

FOLDS, STEPS = 5, 400

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """taken, left: goodness by part, 0..1, of the attempt that was chosen and of one that was not. Parts in one alone do not count."""

    taken: Mapping[str, float]
    left: Mapping[str, float]


@dataclass(frozen=True)
class Prediction:
    """How well weights foretell choices. agreement: share of choices that the overall orders alike, ties counted half. log_loss: mean, in
    nats; 0.693 is a coin.
    """

    agreement: float
    log_loss: float


@dataclass(frozen=True)
class Fit:
    """weights: by part, with the sum of the ones it began from. before, after: on choices held out. doubt: standard error of the
    difference of their log losses.
    """

    weights: Mapping[str, float]
    n_choices: int
    before: Prediction
    after: Prediction
    doubt: float
    sentence: str

    @property
    def useful(self) -> bool:
        """Whether it foretells choices better by more than its doubt: a reason to use it."""
        return self.before.log_loss - self.after.log_loss > self.doubt


def fit(choices: Sequence[Choice], weights: Mapping[str, float]) -> Fit | None:
    """Weights that fit the choices; None when there are fewer than LEAST_CHOICES.

    weights: where to begin, by part. Raises ValueError when they are negative or all zero.
    """
    prior = _prior(weights)
    if len(choices) < LEAST_CHOICES:
        return None
    leads = _leads(choices, list(weights))
    held_out = np.zeros((len(leads), 2))
    for fold in range(FOLDS):
        inside = np.arange(len(leads)) % FOLDS != fold
        held_out[~inside, 0] = leads[~inside] @ prior * _sharpness(leads[inside] @ prior)
        held_out[~inside, 1] = leads[~inside] @ _fitted(leads[inside], prior)
    before, after = _prediction(held_out[:, 0]), _prediction(held_out[:, 1])
    theta = _fitted(leads, prior)
    scale = sum(weights.values()) / float(theta.sum()) if theta.sum() > 0 else 0.0
    found = {name: round(float(value) * scale, 4) for name, value in zip(weights, theta, strict=True)} if scale else dict(weights)
    gains = np.logaddexp(0.0, -held_out[:, 0]) - np.logaddexp(0.0, -held_out[:, 1])
    doubt = float(gains.std(ddof=1)) / len(gains) ** 0.5
    told = f"Of {len(choices)} choices the fitted weights foretell {after.agreement:.0%}, the given ones {before.agreement:.0%}"
    told += "." if before.log_loss - after.log_loss > doubt else ": not surely better, so there is no reason to change them."
    return Fit(found, len(choices), before, after, doubt, told)


def agreement(choices: Sequence[Choice], weights: Mapping[str, float]) -> Prediction:
    """How well weights foretell choices. Raises ValueError without choices, or for weights that are negative or all zero."""
    if not choices:
        raise ValueError("There are no choices to agree with.")
    return _prediction(_leads(choices, list(weights)) @ _prior(weights))


def interval(successes: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, after Wilson (JASA 1927); (0, 1) without trials."""
    if not trials:
        return 0.0, 1.0
    z, share = 1.959964, successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / (1 + z * z / trials)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def _prior(weights: Mapping[str, float]) -> Vector:
    given = np.array(list(weights.values()), np.float64)
    if not len(given) or (given < 0).any() or not given.any():
        raise ValueError("Weights are not negative, and at least one is more than zero.")
    return np.asarray(SHARPNESS * given / given.sum())


def _leads(choices: Sequence[Choice], parts: Sequence[str]) -> Vector:
    """(choices, parts): by how much the taken one was better; 0 where a part was not measured of both."""
    rows = [[c.taken[p] - c.left[p] if p in c.taken and p in c.left else 0.0 for p in parts] for c in choices]
    return np.array(rows, np.float64).reshape(len(choices), len(parts))


def _fitted(leads: Vector, prior: Vector) -> Vector:
    """Minimises sum log(1 + exp(-leads w)) + PULL/2 |w - prior|² over w >= 0: accelerated projected gradient, convex, no chance in it."""
    step = 1.0 / (PULL + 0.25 * float(np.linalg.norm(leads, 2)) ** 2)
    at = ahead = prior
    momentum = 1.0
    for _ in range(STEPS):
        doubt = 1.0 / (1.0 + np.exp(np.clip(leads @ ahead, -500, 500)))
        new = np.maximum(0.0, ahead - step * (PULL * (ahead - prior) - leads.T @ doubt))
        following = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = new + (momentum - 1) / following * (new - at)
        at, momentum = new, following
    return np.asarray(at)


def _sharpness(scores: Vector) -> float:
    """By how much more (or less) sharply than SHARPNESS somebody chooses: the factor of the highest likelihood, 1/64 to 8."""
    factors = np.geomspace(1 / 64, 8, 37)
    return float(factors[np.argmin([np.logaddexp(0.0, -factor * scores).sum() for factor in factors])])


def _prediction(scores: Vector) -> Prediction:
    return Prediction(float(np.mean((scores > 0) + 0.5 * (scores == 0))), float(np.mean(np.logaddexp(0.0, -scores))))
