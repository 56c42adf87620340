"""Results of ads, read and weighed: files as platforms write them, known answers, and nothing said of too little."""

import math
from decimal import Decimal
from pathlib import Path

import pytest

from studio.cli import main
from studio.errors import InputRefused
from studio.services.results_findings import Finding, factors_of, findings, suggestions
from studio.services.results_reading import Row, number, our_name, read_results
from studio.services.results_statistics import better, needed, newcombe, wilson

A = "aurelia_wrist-watch_hookA_ctaA_9x16_PAS_15s_v1"
B = "aurelia_wrist-watch_hookB_ctaA_9x16_PAS_15s_v1"
C = "aurelia_wrist-watch_hookC_ctaA_9x16_PAS_15s_v1"


def test_intervals_are_those_of_the_literature() -> None:
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)  # Newcombe 1998, table I
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # Newcombe 1998, table II
    assert newcombe(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert needed(0.05, 0.06) == 8158
    with pytest.raises(ValueError, match="apart"):
        needed(0.1, 0.1)


def test_how_likely_one_is_better_is_exact() -> None:
    assert better(5, 10, 5, 10) == pytest.approx(0.5)
    assert better(1, 1, 0, 1) == pytest.approx(5 / 6)  # Beta(2,1) above Beta(1,2)
    assert better(30, 1000, 10, 1000) + better(10, 1000, 30, 1000) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,234", 1234), ("1.234.567", 1234567), ("1 234", 1234), ("1'234", 1234), ("12", 12), ("--", None), ("1\u202f234", 1234)],
)
def test_counts_are_read_as_they_are_written_anywhere(text: str, value: int | None) -> None:
    assert number(text, whole=True) == value


def test_money_too() -> None:
    assert number("€ 1.234,56", whole=False) == Decimal("1234.56")
    assert number("$1,234.56", whole=False) == Decimal("1234.56")
    assert number("0,5", whole=False) == Decimal("0.5")
    with pytest.raises(ValueError, match="no number"):
        number("many", whole=False)


META = f'Ad name,Impressions,Link clicks,3-second video plays,Results,Amount spent (USD)\n{A}.mp4 – Copy,"10,000",120,3000,8,50.20\n'
TIKTOK = f"Ad name;Impressions;Clicks (destination);2-second video views;Conversions;Cost\n{B};10.000;80;2.500;3;41,30\nÜbung;1;x;;;\n"
GOOGLE = f"Ad report\nNovember 2026\nFinal URL\tImpr.\tClicks\tCost\nhttps://x.example/?utm_content={A}&utm_term=a\t500\t7\t3.10\nTotal\t500\t7\t3.10\n"


def test_three_platforms_three_encodings() -> None:
    meta = read_results(b"\xef\xbb\xbf" + META.encode())
    assert meta.platform == "meta"
    assert meta.rows == (Row(2, A, 10_000, 120, 3000, 8.0, Decimal("50.20")),)
    tiktok = read_results(TIKTOK.encode("cp1252"))
    assert tiktok.platform == "tiktok"
    assert [(row.name, row.impressions, row.views, row.spend) for row in tiktok.rows] == [(B, 10_000, 2500, Decimal("41.30"))]
    assert [(problem.line, "no number" in problem.why) for problem in tiktok.problems] == [(3, True)]
    google = read_results(GOOGLE.encode("utf-16"))
    assert google.platform == "google"
    assert [(row.line, row.name, row.clicks) for row in google.rows] == [(4, A, 7)]


def test_what_cannot_be_is_named_and_the_rest_kept() -> None:
    text = f"ad name,impressions,clicks,views\n{A},100,200,\n,5,1,\n{B},--,1,\n{B},100,2,300\n"
    file = read_results(text.encode())
    assert [(row.name, row.views) for row in file.rows] == [(B, None)]
    assert [problem.line for problem in file.problems] == [2, 3, 4, 5]
    with pytest.raises(InputRefused, match="impressions"):
        read_results(b"a,b\n1,2\n")


def test_names_are_found_wherever_they_stand() -> None:
    assert our_name(f"Nov | {A} | copy 2") == A
    assert our_name("summer sale", f"https://x.example/p?a=1&utm_content={A}") == A
    assert our_name("summer sale") == ""
    assert factors_of(A) == {"set": "aurelia_wrist-watch_v1", "hook": "A", "call": "A", "aspect": "9x16", "framework": "PAS"}


def of(found: tuple[Finding, ...], factor: str) -> Finding:
    return next(one for one in found if one.factor == factor)


def test_a_clear_difference_is_decided_and_the_next_factor_named() -> None:
    found = findings([Row(2, A, 10_000, 300), Row(3, B, 10_000, 150)])
    hook = of(found, "hook")
    assert (hook.verdict, hook.levels[0].name) == ("decided", "A")
    assert hook.against[0].interval[0] > 0
    assert hook.against[0].likely > 0.999
    (after,) = suggestions(found)
    assert after.factor == "call"
    assert "Keep hook A" in after.words


def test_few_say_nothing_and_are_told_how_many_more() -> None:
    found = findings([Row(2, A, 400, 12), Row(3, B, 400, 3)])
    hook = of(found, "hook")
    assert hook.verdict == "too few"
    assert "Too few to say" in hook.words
    (after,) = suggestions(found)
    assert after.factor == "hook"
    assert after.each is not None
    assert after.each > 400


def test_several_comparisons_are_stricter_and_named() -> None:
    two = of(findings([Row(2, A, 10_000, 240), Row(3, B, 10_000, 197)]), "hook")
    assert two.verdict == "decided"
    three = of(findings([Row(2, A, 10_000, 240), Row(3, B, 10_000, 197), Row(4, C, 10_000, 197)]), "hook")
    assert three.verdict == "undecided"
    assert math.isclose(three.against[0].confidence, 0.975)
    assert "2 comparisons" in three.words


def test_what_ran_together_is_not_told_apart() -> None:
    square = B.replace("9x16", "1x1")
    hook = of(findings([Row(2, A, 10_000, 300), Row(3, square, 10_000, 150)]), "hook")
    assert hook.confounded == ("aspect",)
    assert "Not apart from aspect" in hook.words


def test_the_command_tells_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "november.csv"
    file.write_text(META + f"{B},10000,60,2000,4,40\nbroken,x,1,1,1,1\n", encoding="utf-8")
    assert main(["results", str(file)]) == 0
    said = capsys.readouterr().out
    for words in ("meta, 2 ads read, 2 of them", "line 4: 'x' is no number", "did better than the rest", "Next, aurelia", "not proof"):
        assert words in said
