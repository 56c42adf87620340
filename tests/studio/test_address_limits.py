"""Strangers are counted by their network, in memory that cannot be filled."""

from datetime import UTC, datetime, timedelta

import pytest

from studio.errors import TooMany
from studio.services import address_limits
from studio.services.address_limits import AddressLimits, anonymous, joining

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_an_address_waits_until_its_oldest_request_is_a_minute_old() -> None:
    clock = Clock()
    limits, rule = AddressLimits(clock), anonymous(3)
    for _ in range(3):
        limits.take(rule, "192.0.2.1")
        clock.now += timedelta(seconds=10)
    with pytest.raises(TooMany) as refusal:
        limits.take(rule, "192.0.2.1")
    assert refusal.value.retry_after == 30
    limits.take(rule, "192.0.2.2")
    limits.take(joining(1), "192.0.2.1")  # another rule counts by itself
    clock.now += timedelta(seconds=30)
    limits.take(rule, "192.0.2.1")


def test_a_household_is_one_address() -> None:
    limits, rule = AddressLimits(Clock()), anonymous(1)
    limits.take(rule, "2001:db8:1:2:3:4:5:6")
    with pytest.raises(TooMany):
        limits.take(rule, "2001:db8:1:2:ffff::1")
    limits.take(rule, "2001:db8:1:3::1")


def test_what_is_remembered_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_limits, "MOST_REMEMBERED", 50)
    limits, rule = AddressLimits(Clock()), anonymous(1)
    for n in range(500):
        limits.take(rule, f"10.0.{n // 250}.{n % 250}")
    assert len(limits._times) == 50
