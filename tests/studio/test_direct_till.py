"""What `make` pays without an account: what is promised before the first call, and the cap that no call passes."""

from decimal import Decimal
from pathlib import Path

import pytest

from models.catalog import row
from models.pricing import Use
from studio.errors import OverCap
from studio.services.direct_till import DirectTill
from studio.services.prices import Prices
from tests.studio.test_cli import PROMPT, assert_one_sentence, at

SEEDANCE, KLING = "replicate/seedance-1.5-pro", "replicate/kling-v2.5-turbo-pro"
SECOND = Use(SEEDANCE, seconds=Decimal(1))
PRICE = Decimal("0.026")


def test_a_quote_says_what_it_comes_to_with_those_that_stand_in() -> None:
    prices = Prices()
    quote = prices.quote_of_ad(15, {"video": SEEDANCE})
    assert quote == prices.quote_of_ad(15, {"video": SEEDANCE, "text": "built-in"})
    assert quote.stand_ins == prices.quote_of_ad(15, {"video": KLING}).total > quote.total
    worst = quote.total + quote.stand_ins
    assert quote.of_stand_ins(Decimal(50)) == f"Up to ${worst:.2f} where a model fails and another stands in for it."
    assert quote.of_stand_ins(Decimal(1)).startswith("Up to $1.00 ")  # never more than the cap
    assert prices.quote_of_ad(15, {"video": "product-studio/v1"}).of_stand_ins(Decimal(5)) == ""
    assert row(SEEDANCE).fallback[0] == KLING


def test_no_call_passes_the_cap_and_what_did_not_cost_is_free_again() -> None:
    till = DirectTill(Prices(), cap=2 * PRICE)
    first, second = till.order(SECOND, traceable=True), till.order(SECOND)
    with pytest.raises(OverCap, match="AD_CAP_USD"):
        till.order(SECOND)
    first.void()
    third = till.order(SECOND)
    second.settle(Decimal("0.01"))
    third.lost(None)  # nobody can know: it stays held back
    assert till.total == PRICE + Decimal("0.01")
    with pytest.raises(OverCap):
        till.order(SECOND)


def test_an_order_that_is_asked_for_again_is_held_back_once() -> None:
    till = DirectTill(Prices(), cap=PRICE)
    bill = till.order(SECOND, traceable=True)
    bill.placed("p1")
    bill.lost(None)
    again = till.order(SECOND, traceable=True, after=bill)
    assert (again.key, again.prior, again.prediction) == (bill.key, True, "p1")
    again.settle(PRICE)
    assert till.total == PRICE


def test_an_ad_that_may_pass_the_cap_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with at(tmp_path, REPLICATE_API_TOKEN="r8_nobody", REPLICATE_BASE_URL="http://127.0.0.1:9", AD_CAP_USD="0.10") as here:
        assert_one_sentence(here.run("make", PROMPT, "--duration", "15"), "$0.10 is the most for one ad (AD_CAP_USD)")
