"""What few numbers allow to say: shares with intervals, differences with intervals, and how many are needed. Pure.

wilson      one share                     E. B. Wilson 1927
newcombe    the difference of two         R. G. Newcombe 1998, method 10: from both Wilson intervals
better      how likely one share is the larger, with a uniform prior for both (exact sum)
needed      in each group, to find a difference with a given power
"""

from math import ceil, exp, lgamma, log, sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf


def wilson(hits: float, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of hits / of, 0..1; (0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    z, share = Z((1 + confidence) / 2), hits / of
    middle, scale = share + z * z / (2 * of), 1 + z * z / of
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def newcombe(hits: float, of: int, other_hits: float, other_of: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of hits / of - other_hits / other_of, -1..1. Raises ZeroDivisionError of nothing."""
    a, b = hits / of, other_hits / other_of
    (low, high), (other_low, other_high) = wilson(hits, of, confidence), wilson(other_hits, other_of, confidence)
    return a - b - sqrt((a - low) ** 2 + (other_high - b) ** 2), a - b + sqrt((high - a) ** 2 + (b - other_low) ** 2)


def better(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """How likely the first share is the larger, 0..1, for Beta(1 + hits, 1 + misses) each."""
    a, b, c, d = 1 + other_hits, 1 + other_of - other_hits, 1 + hits, 1 + of - hits
    return min(1.0, sum(exp(_beta(a + i, b + d) - log(d + i) - _beta(1 + i, d) - _beta(a, b)) for i in range(c)))


def needed(share: float, other: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """In each group, so that two shares so far apart are told apart, two-sided. Raises ValueError for equal ones."""
    if share == other:
        raise ValueError("Equal shares cannot be told apart.")
    mean = (share + other) / 2
    both = Z(1 - alpha / 2) * sqrt(2 * mean * (1 - mean)) + Z(power) * sqrt(share * (1 - share) + other * (1 - other))
    return ceil((both / (share - other)) ** 2)


def _beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
