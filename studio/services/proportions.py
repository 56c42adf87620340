"""How sure a share of a few cases is. Pure arithmetic; knows no cases."""

from math import sqrt

Z = 1.959963984540054
"""Of the 95 % interval."""


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval (Wilson's score) of the share that `successes` of `n` stand for, 0..1; None when there are no cases.

    Unlike share ± a margin it stays within 0..1 and does not shrink to nothing when all of a few cases went the same way.
    """
    if n == 0:
        return None
    share, z2 = successes / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)
