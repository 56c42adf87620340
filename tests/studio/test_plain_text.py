"""Markup goes, words stay."""

import pytest

from studio.services.plain_text import plain_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("A <b>luxury</b> watch ad", "A luxury watch ad"),
        ("Watch ad<script>alert(1)</script>", "Watch ad"),
        ("Watch <scr<b>ipt>ad", "Watch ad"),
        ("Watch <!-- <b>hidden</b> --> ad", "Watch ad"),
        ("We <3 watches, 5 < 6 > 4", "We <3 watches, 5 < 6 > 4"),
        ("Ein Café für 日本", "Ein Café für 日本"),
    ],
)
def test_markup_goes_and_words_stay(typed: str, kept: str) -> None:
    assert plain_text(typed) == kept
