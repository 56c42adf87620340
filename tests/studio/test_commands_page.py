"""docs/COMMANDS.md says what the commands say."""

from pathlib import Path

from studio.cli.reference import page

DOC = Path(__file__).parents[2] / "docs" / "COMMANDS.md"


def test_the_page_is_what_the_commands_say() -> None:
    assert DOC.read_text() == page(), "run `make docs`"


def test_every_command_is_on_it() -> None:
    for command in (
        "make",
        "remake",
        "recipe",
        "schema",
        "serve",
        "worker",
        "user add",
        "user list",
        "user password",
        "doctor",
        "backup",
        "restore",
        "python -m models pull",
        "python -m models verify",
        "python -m lora_training train",
    ):
        assert f"\n## {command}\n" in page()
