"""docs/SECURITY.md names the tests that hold it; they are there. And the audit says what it did not look up."""

import re
from pathlib import Path

import pytest

from tests.audit import told

ROOT = Path(__file__).parents[3]


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`([\w/]*test_\w+\.py)`", (ROOT / "docs" / "SECURITY.md").read_text()))
    assert len(named) >= 10
    assert [name for name in sorted(named) if not (ROOT / "tests" / "studio" / name).exists()] == []


def test_an_audit_that_asked_nobody_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert told([{"name": "a", "skip_reason": "not found"}]) == 0
    assert "nothing was looked up" in capsys.readouterr().out
    hole = {"id": "PYSEC-1", "fix_versions": ["2"]}
    assert told([{"name": "a", "version": "1", "vulns": [hole]}, {"name": "b", "skip_reason": "not found"}]) == 1
    assert capsys.readouterr().out.splitlines() == ["a 1: PYSEC-1, mended in 2", "audit: 1 of 2 packages were looked up, 1 known holes."]
