"""`python -m lora_training`: train a LoRA from a folder of pictures, or look whether the pictures will do.

Exit codes: 0 done; 1 it could not be done (sentences on standard error); 2 the arguments make no sense; 130 stopped, to be resumed.
Several graphics cards: `accelerate launch -m lora_training train …`.
"""

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lora_training.recipe import Recipe
from models import catalog
from models.errors import Cancelled, ModelError
from models.settings import ModelSettings, config_of

if TYPE_CHECKING:
    from rich.console import Console

    from lora_training.order import Order

Command = Callable[[argparse.Namespace, ModelSettings], int]
LINE_EVERY_S = 20.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        settings = ModelSettings()
        command: Command = args.command
        return command(args, settings)
    except ValidationError as error:
        first = error.errors()[0]
        return _failed(f"{'.'.join(str(part) for part in first['loc']).upper()} cannot be used: {first['msg']}.")
    except Cancelled:
        sys.stderr.write("Stopped before the first step; nothing was lost but what is in the cache.\n")
        return 130
    except ModelError as error:
        return _failed(str(error))


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments; those of the recipe come from its fields."""
    made = argparse.ArgumentParser(prog="python -m lora_training", description="Train a LoRA for SDXL on pictures of one subject.")
    family = made.add_subparsers(required=True, metavar="COMMAND")
    for name, command, said in (
        ("train", _train, "train on a folder of pictures and publish the LoRA to LORAS_DIR"),
        ("check", _check, "look whether pictures, captions, weights and disk will do, and how they would be cropped; trains nothing"),
    ):
        one = family.add_parser(name, help=said)
        one.set_defaults(command=command)
        _add_order(one)
        recipe = one.add_argument_group("recipe")
        for field in fields(Recipe):
            _add_field(recipe, field)
    return made


def _add_order(one: argparse.ArgumentParser) -> None:
    one.add_argument("--images", type=Path, required=True, metavar="DIR", help="the pictures; a .txt beside each is its caption")
    one.add_argument("--subject", required=True, help='words that call the subject up: a rare word and what it is, "zrx watch"')
    one.add_argument("--out", required=True, metavar="NAME", help="name of the LoRA, as the studio will list it")
    one.add_argument(
        "--base", default="", metavar="ID", help="model to train for: a row of python -m models list, or a folder (default: SDXL)"
    )
    one.add_argument(
        "--template", action="append", default=[], help='caption of pictures without one, e.g. "a photo of {subject}"; may repeat'
    )
    one.add_argument("--preview-prompt", action="append", default=[], help="prompt of a preview, {subject} in it; may repeat")
    one.add_argument("--prior-prompt", default="", help='prior preservation: what the class looks like, "a photo of a watch"')
    one.add_argument("--prior-images", type=Path, metavar="DIR", help="pictures of the class; fewer than --prior-count are added to")
    one.add_argument("--prior-count", type=int, default=100, metavar="N", help="pictures of the class (default: 100)")
    one.add_argument("--resume", action="store_true", help="go on from the newest checkpoint, exactly")
    one.add_argument("--replace", action="store_true", help="throw an earlier training of that name away")


def _add_field(group: Any, field: Any) -> None:
    option = f"--{field.name.replace('_', '-')}"
    said = f"{field.metadata['help']} (default: {field.default})".replace("%", "%%")
    if field.type is bool:
        shown = {True: "on", False: "off"}[field.default]
        group.add_argument(
            option, action=argparse.BooleanOptionalAction, default=field.default, help=f"{field.metadata['help']} (default: {shown})"
        )
    elif field.metadata["choices"]:
        group.add_argument(option, choices=field.metadata["choices"], default=field.default, help=said)
    else:
        group.add_argument(option, type=field.type, default=field.default, metavar="N", help=said)


def default_base() -> str:
    """The first SDXL of the catalogue that stands by itself; "" when it has none."""
    return next(
        (row.id for row in catalog.rows("image") if row.defaults.get("family") == "sdxl" and row.weights and not row.weights.base), ""
    )


def _order(args: argparse.Namespace) -> "Order":
    from lora_training.order import Order

    return Order(
        images=args.images,
        subject=args.subject.strip(),
        name=args.out,
        base=args.base or default_base(),
        recipe=Recipe(**{field.name: getattr(args, field.name) for field in fields(Recipe)}),
        templates=tuple(args.template),
        preview_prompts=tuple(args.preview_prompt),
        prior_prompt=args.prior_prompt,
        prior_images=args.prior_images,
        prior_count=args.prior_count,
        resume=args.resume,
        replace=args.replace,
    )


def _check(args: argparse.Namespace, settings: ModelSettings) -> int:
    from lora_training.buckets import buckets, crop_for
    from lora_training.order import check

    order = _order(args)
    found, prior = check(order, config_of(settings))
    sizes = buckets(order.recipe.resolution, order.recipe.bucket_step)
    say = _console().print
    for picture in (*found.pictures, *found.held_out):
        crop = crop_for(picture.width, picture.height, sizes)
        held = "  held out" if picture in found.held_out else ""
        say(
            f"{picture.path.name}: {picture.width} x {picture.height} as {crop.width} x {crop.height}{held}: {picture.caption}",
            soft_wrap=True,
            markup=False,
            highlight=False,
        )
    used = Counter((c.width, c.height) for c in (crop_for(p.width, p.height, sizes) for p in found.pictures))
    for warning in found.warnings:
        say(f"Note: {warning}", soft_wrap=True, markup=False, highlight=False)
    epochs = order.recipe.steps * order.recipe.batch * order.recipe.accumulate / len(found.pictures)
    say(
        f"{len(found.pictures)} pictures in {len(used)} sizes, {len(found.held_out)} held out, {len(prior)} of the class; "
        f"{order.recipe.steps} steps show each about {epochs:.0f} times. Ready to train.",
        soft_wrap=True,
        highlight=False,
    )
    return 0


def _train(args: argparse.Namespace, settings: ModelSettings) -> int:
    from lora_training.order import Watcher, check

    order, config = _order(args), config_of(settings)
    check(order, config)  # once before torch is imported, so that a wrong path is said at once
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    from lora_training.train import train

    transformers_logging.set_verbosity_error()  # of packages that only pictures' analysis would need
    for logging in (diffusers_logging, transformers_logging):
        logging.disable_progress_bar()  # one bar is enough
    with _Stopping() as stopping, _Bar(_console()) as bar:
        watcher = Watcher(bar.say, bar.count, bar.step, stopping.check, stopping.asked)
        done = train(order, config, watcher)
    if not done.finished:
        return 130
    for path in done.files:
        _console().print(str(path), soft_wrap=True, markup=False, highlight=False)
    return 0


class _Stopping:
    """Ctrl-C and SIGTERM: the step is finished, a checkpoint written. Before the first step, and the second time, at once."""

    def __init__(self) -> None:
        self.wanted = False
        self.stepping = False

    def __enter__(self) -> "_Stopping":
        self.before = {s: signal.signal(s, self._stop) for s in (signal.SIGINT, signal.SIGTERM)}
        return self

    def asked(self) -> bool:
        self.stepping = True
        return self.wanted

    def check(self) -> None:
        if self.wanted and not self.stepping:
            raise Cancelled("Stopped.")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.wanted:
            raise Cancelled("Stopped.")
        self.wanted = True

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


class _Bar:
    """A bar on a terminal; elsewhere a line at most every LINE_EVERY_S seconds."""

    def __init__(self, console: "Console") -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self.console = console
        self.bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self.tasks: dict[str, Any] = {}
        self.said_at = 0.0

    def __enter__(self) -> "_Bar":
        self.bar.start()
        return self

    def say(self, text: str) -> None:
        self.console.print(text, soft_wrap=True, markup=False, highlight=False)

    def count(self, what: str, done: int, of: int) -> None:
        self._show(what, what, done, of)

    def step(self, step: int, of: int, loss: float) -> None:
        self._show("steps", f"Training, loss {loss:.4f}", step, of)

    def _show(self, key: str, text: str, done: int, of: int) -> None:
        import time

        if not self.console.is_terminal:
            if done == of or time.monotonic() - self.said_at >= LINE_EVERY_S:
                self.said_at = time.monotonic()
                self.say(f"{text}: {done} of {of}")
            return
        if key not in self.tasks:
            self.tasks[key] = self.bar.add_task(text, total=of, completed=done)
        self.bar.update(self.tasks[key], completed=done, description=text)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def _console() -> "Console":
    from rich.console import Console

    return Console()


def _failed(sentence: str) -> int:
    sys.stderr.write(f"Error: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
