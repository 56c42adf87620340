"""Values survive storage without loss, or are refused with the place and the type."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from models.asks import Clip, Made, Sound, Still
from pipelines.brief import Brief
from pipelines.scene_plan import ScenePlan
from studio.jobs.values import Codec, NotStorable


class Mood(StrEnum):
    CALM = "calm"
    LOUD = "loud"


@dataclass(frozen=True)
class Leaf:
    name: str
    weight: float
    mood: Mood | None = None


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    price: Decimal
    path: Path
    extras: dict[str, Any] = field(default_factory=dict)


class Wish(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    tree: Tree | None = None
    sizes: tuple[int, ...] = ()
    mood: Mood = Mood.CALM


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers() | st.floats(allow_nan=False)
decimals = st.decimals(allow_nan=False, allow_infinity=False)
paths = text.filter(bool).map(Path)
times = st.datetimes(timezones=st.just(UTC)).map(lambda time: time.replace(fold=0))  # UTC repeats no hour
leaves = st.builds(Leaf, text, st.floats(allow_nan=False), st.none() | st.sampled_from(Mood))
anything = st.recursive(
    st.none() | st.booleans() | numbers | text | decimals | paths | times | leaves | st.sampled_from(Mood),
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(text | st.just("$"), inner, max_size=3)
    ),
    max_leaves=6,
)
trees = st.builds(Tree, st.lists(leaves, max_size=3).map(tuple), decimals, paths, st.dictionaries(text, anything, max_size=2))
wishes = st.builds(Wish, prompt=text, tree=st.none() | trees, sizes=st.lists(st.integers()).map(tuple), mood=st.sampled_from(Mood))


@settings(max_examples=60, deadline=None)
@given(anything | trees | wishes)
def test_what_is_stored_comes_back_the_same(value: object) -> None:
    codec = Codec(Wish)
    back = codec.decode(json.loads(json.dumps(codec.encode(value))))
    assert back == value
    assert repr(back) == repr(value)  # also 1 and 1.0, lists and tuples, 0.0 and -0.0


@given(st.sampled_from([float("nan"), float("inf"), float("-inf")]))
def test_odd_floats_stay_valid_json(value: float) -> None:
    stored = json.dumps(Codec().encode(value), allow_nan=False)
    assert repr(Codec().decode(json.loads(stored))) == repr(value)


def test_the_pipelines_own_values_survive() -> None:
    made = Made("studio", seed=7, elapsed_s=1.5, cost_usd=Decimal("0.25"), notes=("a",))
    still = Still(Path("/w/a.png"), 1080, 1920, made, extras={"depth": Path("/w/d.png")})
    sound = Sound(Path("m.wav"), None, 15.0, 96.0, "A minor", made, cues=((0.5, "hit"),), beats_s=(0.0, 0.625))
    values = [still, Clip(Path("/w/a.mp4"), 1080, 1920, 96, 24, made), sound, Brief(prompt="Create a luxury watch ad", colors=("#101010",))]
    codec = Codec(Still, Clip, Sound, Brief, ScenePlan)
    assert codec.decode(json.loads(json.dumps(codec.encode(values)))) == values


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (Tree((), Decimal(1), Path("a"), {"frames": [object()]}), r"value\.extras\['frames'\]\[0\] is a object"),
        ({1: "a"}, "keys that are not text"),
        ("\ud800", "not valid Unicode"),
        (datetime(2026, 1, 1), "without a time zone"),
        (Fraction(1, 3), "is a Fraction"),
        (b"bytes", "is a bytes"),
        ({1, 2}, "is a set"),
    ],
)
def test_what_cannot_be_stored_is_named(value: object, place: str) -> None:
    with pytest.raises(NotStorable, match=place):
        Codec(Tree).encode(value)


def test_a_type_that_was_not_taught_is_refused_both_ways() -> None:
    with pytest.raises(NotStorable, match="Leaf"):
        Codec().encode(Leaf("a", 1.0))
    with pytest.raises(NotStorable, match="Leaf"):
        Codec().decode(Codec(Leaf).encode(Leaf("a", 1.0)))


def test_an_older_value_takes_the_default_of_a_new_field_and_a_newer_one_is_refused() -> None:
    assert Codec(Leaf).decode({"$": "Leaf", "name": "a", "weight": 1.0}) == Leaf("a", 1.0, None)
    with pytest.raises(NotStorable, match="does not fit this release"):
        Codec(Leaf).decode({"$": "Leaf", "name": "a", "weight": 1.0, "color": "red"})


def test_a_step_teaches_its_own_types() -> None:
    def grow(tools: object, wish: Wish, leaves: tuple[Leaf, ...]) -> Tree:
        return Tree(leaves, Decimal(1), Path("a"))

    codec = Codec()
    codec.learn(grow)
    assert codec.decode(codec.encode(grow(None, Wish(prompt="x"), (Leaf("a", 1.0, Mood.LOUD),)))).leaves[0].mood is Mood.LOUD


def test_two_types_of_one_name_are_refused() -> None:
    twin = dataclass(type("Leaf", (), {"__annotations__": {"x": int}}))
    with pytest.raises(NotStorable, match="Two types are named Leaf"):
        Codec(Leaf, twin)
