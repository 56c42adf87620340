"""A clock whose hands a test moves."""

from datetime import UTC, datetime, timedelta


class HandClock:
    """Stands still until told otherwise; starts in the middle of a month."""

    def __init__(self, now: datetime = datetime(2026, 11, 15, 12, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Move on by `timedelta(**span)`."""
        self.now += timedelta(**span)
