"""No cap is passed, whoever spends at once; the ledger remembers what may already be paid; the totals are its sums."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.catalog import CATALOG, ModelRow
from studio.errors import NotFound, OverCap, UnknownPrice
from studio.services.prices import Prices, Quote, Use, uses_of_ad
from studio.services.spending import Caps, Month, Spending
from studio.store.database import Database
from studio.store.money import at_most
from studio.store.tables import CallState, Generation, PaidCall, Status, User, new_id
from tests.clock import HandClock

D = Decimal
PAID = ModelRow("video/paid", ("video",), "none", "Paid video", "terms", price_per_second=D("0.05"))
STILLS = ModelRow("image/paid", ("image",), "none", "Paid stills", "terms", price_per_image=D("0.003"))
FREE = ModelRow("video/free", ("video",), "none", "Free video", "MIT")
WRITER = ModelRow("text/paid", ("text",), "none", "Paid words", "terms", price_per_million_in=D("2.50"), price_per_million_out=D("10.00"))
PRICES = Prices((*CATALOG, PAID, STILLS, FREE, WRITER))
CAPS = Caps(ad=D(2), user=D(5))

CLIP = Use("video/paid", seconds=D(5))  # $0.25
StartAd = Callable[..., str]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def spending(database: Database, clock: HandClock) -> Spending:
    return Spending(database, PRICES, CAPS, clock)


@pytest.fixture
def ada(database: Database) -> str:
    return join(database, "ada")


@pytest.fixture
def start(database: Database, spending: Spending, ada: str, clock: HandClock) -> StartAd:
    def ad(quoted: str = "1", user_id: str = ada) -> str:
        with database.writing() as session:
            spending.check_in(session, user_id, quote(quoted))
            made = Generation(
                user_id=user_id, prompt="A luxury watch", prompt_key="a luxury watch", quoted_cost=D(quoted), created_at=clock()
            )
            session.add(made)
        return made.id

    return ad


def join(database: Database, name: str) -> str:
    with database.writing() as session:
        user = User(username=name, username_key=name, password_hash="x", created_at=HandClock()())
        session.add(user)
    return user.id


def quote(total: str) -> Quote:
    return Quote(((CLIP, D(total)),))


def end(database: Database, spending: Spending, ad: str, status: Status = Status.COMPLETED) -> Decimal:
    with database.writing() as session:
        session.get_one(Generation, ad).status = status
        session.flush()
        return spending.tally_in(session, ad)


def total_of(database: Database, user_id: str) -> Decimal:
    with database.reading() as session:
        return session.get_one(User, user_id).total_cost


def rows(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(PaidCall)) or 0


# -- prices


def test_a_quote_comes_from_the_catalogue() -> None:
    uses = (CLIP, Use("image/paid", images=5), Use("text/paid", tokens_in=1000, tokens_out=1000), Use("product-studio/v1", images=9))
    quoted = PRICES.quote(uses)
    assert [price for _, price in quoted.lines] == [D("0.25"), D("0.015"), D("0.0125"), D(0)]
    assert quoted.total == D("0.2775")


def test_a_model_without_a_price_is_not_paid_for(spending: Spending, database: Database, start: StartAd, ada: str) -> None:
    with pytest.raises(UnknownPrice, match="not known"):
        spending.intend("k", Use("somebody/new", seconds=D(5)), user_id=ada, generation_id=start())
    assert rows(database) == 0


def test_what_an_ad_may_use_grows_with_it_and_shrinks_with_a_plan() -> None:
    models = {"text": "text/paid", "image": "image/paid", "video": "video/paid", "sound": "sound-studio/v1"}
    short, long = (PRICES.quote(uses_of_ad(seconds, models)).total for seconds in (15, 60))  # type: ignore[arg-type]
    planned = PRICES.quote(uses_of_ad(15, models, n_shots=3)).total  # type: ignore[arg-type]
    assert planned == D("0.05") * 18 + D("0.003") * 3 + at_most(D("24500") * D("2.5") / 10**6 + D("0.12"))
    assert planned < short < long
    assert PRICES.quote(uses_of_ad(15, {"image": "product-studio/v1", "video": "product-studio/v1"})).total == 0


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_quote_is_never_below_what_it_will_cost(tokens: list[int]) -> None:
    exact = sum((D(n) * WRITER.price_per_million_out / 1_000_000 for n in tokens), D(0))
    quoted = PRICES.quote(Use("text/paid", tokens_out=n) for n in tokens).total
    assert 0 <= quoted - exact <= D("0.0001") * len(tokens)


# -- caps


def test_an_ad_over_the_cap_is_not_started(start: StartAd) -> None:
    with pytest.raises(OverCap, match=r"up to \$2\.01, and \$2\.00 is the most for one ad") as caught:
        start("2.01")
    assert caught.value.cap == "ad"
    start("2")


def test_started_ads_hold_their_quote_back(spending: Spending, database: Database, start: StartAd, ada: str, clock: HandClock) -> None:
    first = start("2")
    start("2")
    assert (spending.budget(ada).spent, spending.budget(ada).held, spending.budget(ada).left) == (0, 4, 1)
    with pytest.raises(OverCap, match=r"up to \$1\.50, and \$1\.00 of your \$5\.00 are left this month") as caught:
        start("1.5")
    assert caught.value.cap == "user"
    start("0")  # what is free can always be made
    start("2", user_id=join(database, "bob"))  # somebody else's money is somebody else's
    end(database, spending, first, Status.FAILED)  # spent nothing: free again
    start("1.5")
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    assert spending.budget(ada).held == D("3.5")  # what is still being made counts in the new month


def test_spent_money_is_held_back_once(spending: Spending, database: Database, start: StartAd, ada: str) -> None:
    ad = start("1")
    spending.intend("a", CLIP, user_id=ada, generation_id=ad)
    assert (spending.budget(ada).spent, spending.budget(ada).held) == (D("0.25"), D("0.75"))
    spending.settled("a", D("0.20"))
    assert (spending.budget(ada).spent, spending.budget(ada).held) == (D("0.20"), D("0.80"))
    end(database, spending, ad)
    assert (spending.budget(ada).spent, spending.budget(ada).held) == (D("0.20"), 0)


def test_no_call_passes_the_cap_of_its_ad(spending: Spending, start: StartAd, ada: str, database: Database) -> None:
    ad = start("0.5")
    for n in range(8):  # more than was quoted, up to the cap
        spending.intend(f"clip{n}", CLIP, user_id=ada, generation_id=ad)
    with pytest.raises(OverCap, match="most for one ad"):
        spending.intend("clip8", CLIP, user_id=ada, generation_id=ad)
    assert rows(database) == 8
    spending.void("clip0")  # charged nothing after all
    spending.intend("clip8", CLIP, user_id=ada, generation_id=ad)
    spending.intend("gift", Use("video/free", seconds=D(60)), user_id=ada, generation_id=ad)


def test_a_promise_made_to_one_ad_is_kept_when_another_wants_the_money(spending: Spending, start: StartAd, ada: str) -> None:
    promised, greedy = start("2"), start("0.25")
    start("2"), start("0.75")
    spending.intend("greedy0", CLIP, user_id=ada, generation_id=greedy)
    with pytest.raises(OverCap) as caught:  # beyond its own quote, when all the rest is held back for others
        spending.intend("greedy1", CLIP, user_id=ada, generation_id=greedy)
    assert caught.value.cap == "user"
    for n in range(8):
        spending.intend(f"promised{n}", CLIP, user_id=ada, generation_id=promised)


def test_a_cap_lowered_meanwhile_stops_what_costs_and_not_what_is_free(
    database: Database, start: StartAd, ada: str, clock: HandClock
) -> None:
    ad = start("1")
    stricter = Spending(database, PRICES, replace(CAPS, ad=D("0.10")), clock)
    with pytest.raises(OverCap):
        stricter.intend("a", CLIP, user_id=ada, generation_id=ad)
    stricter.intend("b", Use("video/free", seconds=D(5)), user_id=ada, generation_id=ad)


def test_the_month_begins_anew(spending: Spending, start: StartAd, database: Database, ada: str, clock: HandClock) -> None:
    ads = [start("2"), start("2"), start("1")]
    for ad in ads:
        spending.intend(ad, replace(CLIP, seconds=D(20)), user_id=ada, generation_id=ad)
        spending.settled(ad)
        end(database, spending, ad)
    spending.intend("last", replace(CLIP, seconds=D(40)), user_id=ada, generation_id=None)
    with pytest.raises(OverCap):
        start("0.01")
    clock.now = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    with pytest.raises(OverCap):
        start("0.01")
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    start("2")


def test_ads_and_calls_at_once_never_pass_a_cap(spending: Spending, database: Database, start: StartAd, ada: str) -> None:
    def one(n: int) -> bool:
        try:
            ad = start("0.5")
            spending.intend(f"{n}", CLIP, user_id=ada, generation_id=ad)
            spending.intend(f"{n}b", CLIP, user_id=ada, generation_id=ad)
        except OverCap:
            return False
        return True

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(one, range(20))) == 10
    assert (spending.budget(ada).spent, spending.budget(ada).left) == (5, 0)


# -- the ledger


def test_a_call_is_on_record_before_it_is_made_and_known_after_a_crash(
    spending: Spending, database: Database, start: StartAd, ada: str
) -> None:
    ad = start()
    for state in (CallState.INTENDED, CallState.PLACED, CallState.SETTLED):
        call = spending.intend("ad/clip0", CLIP, user_id=ada, generation_id=ad)
        assert (call.state, call.reserved) == (state, D("0.25"))
        if state is CallState.INTENDED:
            spending.placed("ad/clip0", "prediction-1")
        elif state is CallState.PLACED:
            assert call.prediction == "prediction-1"
            spending.settled("ad/clip0", D("0.24"))
    spending.placed("ad/clip0", "prediction-2")  # a zombie, too late
    final = spending.intend("ad/clip0", CLIP, user_id=ada, generation_id=ad)
    assert (final.state, final.prediction, final.cost) == (CallState.SETTLED, "prediction-1", D("0.24"))
    assert rows(database) == 1


def test_one_key_is_one_call_however_many_ask(spending: Spending, database: Database, start: StartAd, ada: str) -> None:
    ad = start()
    with ThreadPoolExecutor(8) as pool:
        calls = list(pool.map(lambda _: spending.intend("ad/clip0", CLIP, user_id=ada, generation_id=ad).id, range(16)))
    assert len(set(calls)) == rows(database) == 1


def test_a_key_of_another_ad_is_a_mistake(spending: Spending, start: StartAd, ada: str) -> None:
    spending.intend("k", CLIP, user_id=ada, generation_id=start())
    with pytest.raises(ValueError, match="another ad"):
        spending.intend("k", CLIP, user_id=ada, generation_id=start())


def test_what_was_never_intended_cannot_be_paid(spending: Spending, database: Database) -> None:
    for act in (lambda: spending.placed("k", "p"), lambda: spending.settled("k"), lambda: spending.void("k")):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotFound), database.writing() as session:
        spending.tally_in(session, new_id())


def test_totals_follow_the_bill(spending: Spending, database: Database, start: StartAd, ada: str) -> None:
    ad, free = start(), start("0")
    for n in range(3):
        spending.intend(f"clip{n}", CLIP, user_id=ada, generation_id=ad)
    assert total_of(database, ada) == 0  # promised is not paid
    spending.settled("clip0", D("0.21"))
    spending.settled("clip1")  # the provider does not say: the catalogue's price
    spending.void("clip2")
    assert end(database, spending, ad) == total_of(database, ada) == D("0.46")
    assert end(database, spending, ad) == D("0.46")  # told twice, counted once
    spending.settled("clip0", D("0.31"))  # the bill says otherwise, later
    assert total_of(database, ada) == D("0.56")
    assert end(database, spending, free) == 0
    with database.writing() as session:
        assert session.get_one(Generation, ad).cost == D("0.56")
        assert session.get_one(Generation, free).cost == D("0")
        session.delete(session.get_one(Generation, ad))
    spending.intend("clip3", CLIP, user_id=ada, generation_id=free)
    spending.settled("clip3")
    assert total_of(database, ada) == D("0.81")  # a deleted ad's money is spent all the same
    spending.settled("clip1", D("0.20"))
    assert total_of(database, ada) == D("0.76")


def test_months_are_listed_newest_first(spending: Spending, start: StartAd, ada: str, clock: HandClock) -> None:
    ad = start("2")
    moments = [
        datetime(2026, 11, 30, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 12, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
        datetime(2027, 1, 1, 0, 30, tzinfo=UTC),
    ]
    for n, clock.now in enumerate(moments):
        spending.intend(f"clip{n}", CLIP, user_id=ada, generation_id=ad)
        spending.settled(f"clip{n}")
    spending.intend("open", CLIP, user_id=ada, generation_id=ad)
    assert spending.by_month(ada) == (Month(2027, 1, D("0.25"), 1), Month(2026, 12, D("0.50"), 2), Month(2026, 11, D("0.25"), 1))
    assert spending.by_month(new_id()) == ()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["settled", "cheaper", "void", "open"])), max_size=12))
def test_whatever_happens_the_sums_are_right_and_the_caps_hold(
    spending: Spending, database: Database, calls: list[tuple[int, str]]
) -> None:
    user_id = join(database, new_id())
    with database.writing() as session:
        ad = Generation(user_id=user_id, prompt="x", prompt_key="x", quoted_cost=D(1), created_at=HandClock()())
        session.add(ad)
    paid = held = D(0)
    for n, (seconds, fate) in enumerate(calls):
        key, price = f"{ad.id}/{n}", D("0.05") * seconds
        try:
            spending.intend(key, Use("video/paid", seconds=D(seconds)), user_id=user_id, generation_id=ad.id)
        except OverCap:
            assert paid + held + price > CAPS.ad  # refusing is right exactly then
            continue
        assert paid + held + price <= CAPS.ad
        if fate == "void":
            spending.void(key)
        elif fate == "open":
            held += price
        else:
            cost = price / 2 if fate == "cheaper" else price
            spending.settled(key, cost)
            paid += cost
    assert total_of(database, user_id) == paid
    budget = spending.budget(user_id)
    assert budget.spent == paid + held
    assert budget.held == max(D(0), D(1) - paid - held)
