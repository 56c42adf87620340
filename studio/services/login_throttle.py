"""How often somebody may guess a password: per account and address, and per address for guesses at many accounts.

An attempt is written down before the password is looked at, so that a hundred at once are a hundred; a success takes the
attempts before it away. An account cannot be locked from elsewhere: only the address that guesses has to wait.
"""

import ipaddress
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from studio.errors import TooMany
from studio.services.limits import seconds_to_wait, spoken
from studio.store.database import Database
from studio.store.tables import LoginAttempt
from studio.store.times import Clock, utc_now

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
"""Failures of one address at one account within the window."""

PER_ADDRESS = 100
"""Failures of one address at any accounts: an office behind one address must still get in."""


class LoginThrottle:
    """Counts attempts in the database, so that every process counts alike."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def begin(self, account: str, address: str) -> None:
        """Write one attempt down, or raise TooMany."""
        now = self._clock()
        with self._database.writing(lock=f"login:{address}") as session:
            session.execute(delete(LoginAttempt).where(LoginAttempt.at <= now - WINDOW))
            here = LoginAttempt.address == address
            for limit, which in ((PER_ACCOUNT, [here, LoginAttempt.account == account]), (PER_ADDRESS, [here])):
                times = session.scalars(select(LoginAttempt.at).where(*which).order_by(LoginAttempt.at)).all()
                if wait_s := seconds_to_wait(times, limit, WINDOW, now):
                    raise TooMany(f"Too many attempts to sign in; try again in {spoken(wait_s)}.", retry_after=wait_s)
            session.add(LoginAttempt(account=account, address=address, at=now))

    def succeeded(self, session: Session, account: str, address: str) -> None:
        """Forget the attempts of this address at this account, in the caller's transaction."""
        mine: tuple[ColumnElement[bool], ...] = (LoginAttempt.account == account, LoginAttempt.address == address)
        session.execute(delete(LoginAttempt).where(*mine))


def network_of(address: str) -> str:
    """Who is asking: an IPv4 address; of IPv6 the first half, since everybody at home has the whole other half to choose from."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network(f"{ip}/64", strict=False))
