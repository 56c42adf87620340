"""What `make` pays without an account: what is promised before the first call, and the cap that no call passes."""

from decimal import Decimal
from pathlib import Path

import pytest

from models.asks import Made, Still, VideoAsk
from models.capabilities import Capabilities
from models.catalog import row
from models.pricing import Use
from studio.errors import OverCap
from studio.services.direct_till import DirectTill
from studio.services.prices import Prices, of_stand_ins
from studio.services.set_quotes import quote_of_clips, quote_of_pictures
from tests.studio.test_cli import PROMPT, assert_one_sentence, at

SEEDANCE, KLING, IMAGE = "replicate/seedance-1.5-pro", "replicate/kling-v2.5-turbo-pro", "replicate/flux-dev"
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


def test_pieces_of_clips_are_billed_by_whoever_stands_in_and_each_order_has_its_cap() -> None:
    prices, hailuo = Prices(), "replicate/hailuo-02"
    ask = VideoAsk("it turns", 720, 1280, n_frames=14 * 24, still=Still(Path("a.png"), 720, 1280, Made("")))
    takes = quote_of_clips(prices, [ask, ask], hailuo, Capabilities(frozenset({"video"}), max_duration_s=10))
    # made in two pieces, of seven seconds and a frame more: ten each of the model's lengths, seven and eight of what stands in
    assert [use.seconds for use, _ in takes.lines] == [20, 20]
    assert takes.stand_ins == 2 * 15 * PRICE
    dear, cheap = (quote_of_pictures(prices, IMAGE, n) for n in (8, 1))
    assert (dear.total, dear.stand_ins) == (8 * Decimal("0.025"), 8 * Decimal("0.003"))
    assert of_stand_ins([dear, cheap, cheap], Decimal("0.21")).startswith("Up to $0.27 ")
    assert of_stand_ins([dear, dear], Decimal("0.2")) == ""


def test_a_till_within_another_counts_there_and_keeps_its_own_cap() -> None:
    whole = DirectTill(Prices(), cap=PRICE)
    one, other = (DirectTill(Prices(), PRICE, "An ad of this set", whole=whole) for _ in range(2))
    one.order(SECOND).settle(Decimal("0.01"))
    other.order(SECOND)
    assert (one.total, whole.total) == (Decimal("0.01"), PRICE + Decimal("0.01"))
    with pytest.raises(OverCap, match="An ad of this set"):
        other.order(SECOND)


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
        assert_one_sentence(here.run("make", PROMPT, "--duration", "15"), "$0.10 is the most for one order (AD_CAP_USD)")
