"""Typed values as plain JSON and back, without loss: what steps pass to each other and the engine stores.

    None, bool, int, float, str, list, {str: …}      as they are
    tuple                                            {"$": "tuple", "of": […]}
    Path, Decimal, datetime (aware), inf and nan      {"$": "Path", "of": "/…"}
    Enum members                                     {"$": "Aspect", "of": "9:16"}
    dataclasses, pydantic models                     {"$": "Shot", "id": "s1", …}
    dicts with a "$" of their own                    {"$": "dict", "of": {…}}

Types are known by name, taught by the annotations of the functions that pass them. A field that a newer release added
takes its default when an older value is read; a field that is not known any more is an error. It knows no steps and no jobs.
"""

import dataclasses
import enum
import math
import numbers
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

Json = Any
TAG = "$"
OF = "of"


class NotStorable(TypeError):
    """A value cannot be stored, or what was stored cannot be read back. The message names the place and the type."""


class Codec:
    """Encodes and decodes values of the types it was taught. Teaching is idempotent; two types of one name are refused."""

    def __init__(self, *types: type) -> None:
        self._types: dict[str, type] = {}
        for one in types:
            self.teach(one)

    def teach(self, one: type) -> None:
        """Make `one`, and every type its fields name, known."""
        known = self._types.get(one.__name__)
        if known is one:
            return
        if known is not None or one.__name__ in BUILT_IN:
            raise NotStorable(f"Two types are named {one.__name__}; stored values could not tell them apart.")
        self._types[one.__name__] = one
        for named in _named_by(one):
            self.teach(named)

    def learn(self, fn: Callable[..., Any]) -> None:
        """Learn the types in the annotations of a step: its arguments and its result are its contract."""
        for hint in get_type_hints(fn).values():
            for named in _value_types(hint):
                self.teach(named)

    def encode(self, value: object, at: str = "value") -> Json:
        """`value` as plain JSON. Raises NotStorable."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, enum.Enum):
            return {TAG: self._name(value, at), OF: self.encode(value.value, at)}
        if isinstance(value, str):
            return _text(value, at)
        if isinstance(value, numbers.Integral):
            return int(value)
        if isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational):
            number = float(value)
            return number if math.isfinite(number) else {TAG: "float", OF: repr(number)}
        if isinstance(value, list):
            return [self.encode(item, f"{at}[{i}]") for i, item in enumerate(value)]
        if type(value) is tuple:
            return {TAG: "tuple", OF: [self.encode(item, f"{at}[{i}]") for i, item in enumerate(value)]}
        if isinstance(value, dict):
            return self._encode_dict(value, at)
        if isinstance(value, PurePath):
            return {TAG: "Path", OF: _text(str(value), at)}
        if isinstance(value, Decimal):
            return {TAG: "Decimal", OF: str(value)}
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise NotStorable(f"{at} is a time without a time zone.")
            return {TAG: "datetime", OF: value.isoformat()}
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value) if f.init}
        elif isinstance(value, BaseModel):
            fields = dict(value)
        else:
            raise NotStorable(f"{at} is a {type(value).__name__}; steps pass small values and media paths.")
        return {TAG: self._name(value, at), **{name: self.encode(field, f"{at}.{name}") for name, field in fields.items()}}

    def decode(self, stored: Json) -> Any:
        """What `encode` was given. Raises NotStorable for types and fields that are not known (any more)."""
        if isinstance(stored, list):
            return [self.decode(item) for item in stored]
        if not isinstance(stored, dict):
            return stored
        name = stored.get(TAG)
        if name is None:
            return {key: self.decode(item) for key, item in stored.items()}
        if name in BUILT_IN:
            return BUILT_IN[name](self, stored[OF])
        if name not in self._types:
            raise NotStorable(f"A stored value is a {name}, which no step of this release takes or gives.")
        return self._build(self._types[name], {key: self.decode(item) for key, item in stored.items() if key != TAG})

    def _encode_dict(self, value: dict[Any, Any], at: str) -> Json:
        if not all(isinstance(key, str) for key in value):
            raise NotStorable(f"{at} has keys that are not text.")
        plain = {_text(key, at): self.encode(item, f"{at}[{key!r}]") for key, item in value.items()}
        return {TAG: "dict", OF: plain} if TAG in plain else plain

    def _name(self, value: object, at: str) -> str:
        name = type(value).__name__
        if self._types.get(name) is not type(value):
            raise NotStorable(f"{at} is a {name}, which no step says that it takes or gives.")
        return name

    def _build(self, one: type, fields: dict[str, Any]) -> Any:
        try:
            if issubclass(one, enum.Enum):
                return one(fields[OF])
            if issubclass(one, BaseModel):
                return one.model_validate(fields)
            return one(**fields)
        except (TypeError, ValueError, KeyError, ValidationError) as error:
            raise NotStorable(f"A stored {one.__name__} does not fit this release: {error}") from error


BUILT_IN: dict[str, Callable[[Codec, Any], Any]] = {
    "tuple": lambda codec, of: tuple(codec.decode(item) for item in of),
    "dict": lambda codec, of: {key: codec.decode(item) for key, item in of.items()},
    "Path": lambda codec, of: Path(of),
    "Decimal": lambda codec, of: Decimal(of),
    "datetime": lambda codec, of: datetime.fromisoformat(of),
    "float": lambda codec, of: float(of),
}


def _text(value: str, at: str) -> str:
    """Text that UTF-8 can carry; lone surrogates come from broken file names and would fail inside the database."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotStorable(f"{at} is not valid Unicode text.") from error
    return str(value)


def _named_by(one: type) -> Iterator[type]:
    if not issubclass(one, enum.Enum):
        for hint in get_type_hints(one).values():
            yield from _value_types(hint)


def _value_types(hint: Any) -> Iterator[type]:
    if get_origin(hint) is not None:
        for part in get_args(hint):
            yield from _value_types(part)
    elif isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, BaseModel | enum.Enum)) and hint is not BaseModel:
        yield hint
