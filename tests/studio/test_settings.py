"""Every setting stands in docs/SETTINGS.md with its own words, and nothing else does."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.settings import Settings

DOC = Path(__file__).parents[2] / "docs" / "SETTINGS.md"


def test_the_page_lists_exactly_the_settings() -> None:
    documented = dict(re.findall(r"^\| `([A-Z0-9_]+)` \| .*? \| (.*?) \|$", DOC.read_text(), re.MULTILINE))
    expected = {name.upper(): field.description for name, field in Settings.model_fields.items()}
    assert documented == expected


def test_a_nonsense_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "99999")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_a_key_does_not_show_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(Settings())
