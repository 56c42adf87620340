"""A training from pictures to published files, every step called here, visibly."""

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch

from lora_training import cache, checkpoint, previews, prior, publish, report
from lora_training.adapters import Student, adopt, averaged
from lora_training.base import Base, identity, load
from lora_training.buckets import buckets
from lora_training.dataset import Dataset, Picture, read_prior
from lora_training.errors import TrainingError
from lora_training.journal import Journal
from lora_training.machine import Machine, within_memory
from lora_training.order import Order, Watcher, base_folder, check
from lora_training.recipe import fingerprint
from lora_training.steps import Loop
from lora_training.validation import Course, validate
from models.backends import BackendConfig


@dataclass(frozen=True)
class Trained:
    """finished: False when it was asked to stop and can be resumed; then there are no files. early: stopped by validation."""

    finished: bool
    steps: int
    early: bool = False
    files: tuple[Path, ...] = ()


def train(order: Order, config: BackendConfig, watcher: Watcher) -> Trained:
    """Train and publish. Raises what `order.check` raises, OutOfMemory, TrainingError; whatever Watcher.check raises passes through."""
    found, class_pictures = check(order, config)
    machine = Machine(config.device, order.recipe.precision, bool(order.recipe.text_learning_rate))
    if not machine.main:
        watcher = Watcher(check=watcher.check, stop=watcher.stop)
    for warning in found.warnings:
        watcher.says(f"Note: {warning}")
    if order.replace and machine.main:
        shutil.rmtree(order.home(config), ignore_errors=True)
    machine.wait()
    with within_memory(order.recipe):
        return _Training(order, config, watcher, machine, found, class_pictures).run()


class _Training:
    """What the steps of one training share."""

    def __init__(
        self, order: Order, config: BackendConfig, watcher: Watcher, machine: Machine, found: Dataset, class_pictures: tuple[Picture, ...]
    ) -> None:
        self.order, self.recipe, self.watcher, self.machine = order, order.recipe, watcher, machine
        self.found, self.class_pictures = found, class_pictures
        self.home, self.work = order.home(config), order.work(config)
        self.folder = base_folder(order, config)
        self.began = datetime.now(UTC).isoformat(timespec="seconds")
        self.prompts = previews.prompts_for(order.subject, order.preview_prompts)

    def run(self) -> Trained:
        self.watcher.says(f"Loading the base model {self.order.base_name}.")
        base = load(self.order.base_name, self.folder, self.machine.precision)
        self.class_pictures = self._class_pictures(base)
        latents, held_out = self._latents(base)
        texts = self._texts(base)
        base.unet.to(self.machine.device)
        if texts is None:
            base.words.to(self.machine.device)
        student = adopt(base, self.recipe)
        loop = Loop(student, base.schedule, base.vae.config.scaling_factor, latents, texts, base.words, self.recipe, self.machine)
        binding = self._binding()
        course = Course()
        checkpoints = self.work / "checkpoints"
        if self.order.resume and (last := checkpoint.newest(checkpoints)):
            course = checkpoint.load(loop, last, binding)
            self.watcher.says(f"Going on after step {course.step}.")
        journal = Journal(self.work, course.step) if self.machine.main else None
        if journal and not journal.has_board:
            self.watcher.says("Note: the tensorboard package is missing; losses are in journal.jsonl and on the report page.")
        try:
            early, stopped = self._steps(loop, base, held_out, texts, course, journal, checkpoints, binding)
        finally:
            if journal:
                journal.close()
        if stopped:
            self.watcher.says(f"Stopped after step {course.step}; the same command with --resume goes on there.")
            return Trained(False, course.step)
        files = self._publish(student, loop, base, course, early) if self.machine.main else ()
        self.machine.wait()
        return Trained(True, course.step, early, files)

    def _class_pictures(self, base: Base) -> tuple[Picture, ...]:
        """Those given, and as many more as the base model must make."""
        order = self.order
        lacking = order.prior_count - len(self.class_pictures) if order.prior_prompt else 0
        if lacking <= 0:
            return self.class_pictures
        folder = self.work / "class"
        if self.machine.main:
            self.watcher.says(f"Making {lacking} pictures of the class: {order.prior_prompt}.")
            base.unet.to(self.machine.device)
            base.words.to(self.machine.device)
            counts = self._counter("Pictures of the class")
            prior.make(base, order.prior_prompt, lacking, folder, self.recipe, self.machine, counts, self.watcher.check)
            base.words.to("cpu")
        self.machine.wait()
        return self.class_pictures + read_prior(folder, order.prior_prompt, self.recipe.resolution)

    def _latents(self, base: Base) -> tuple[list[cache.Latent], list[cache.Latent]]:
        """Of what is trained on, and of what is held out. The main process computes; the others find it on disk."""
        self.identity = identity(self.folder)
        sizes = buckets(self.recipe.resolution, self.recipe.bucket_step)
        base.vae.to(self.machine.device)
        with self.machine.accelerator.main_process_first():
            some = (*self.found.pictures, *self.class_pictures)
            counts = self._counter("Latents")
            trained = cache.latents(some, sizes, self.recipe.flip, base.vae, self.identity, self.work / "cache", counts)
            held_out = cache.latents(self.found.held_out, sizes, False, base.vae, self.identity, self.work / "cache")
        base.vae.to("cpu")
        self.machine.free()
        return trained, held_out

    def _texts(self, base: Base) -> dict[str, tuple[torch.Tensor, torch.Tensor]] | None:
        """What the encoders make of every caption and prompt there is; None when the encoders learn."""
        if self.recipe.text_learning_rate:
            return None
        pictures = (*self.found.pictures, *self.found.held_out, *self.class_pictures)
        base.words.to(self.machine.device)
        with self.machine.accelerator.main_process_first():
            captions = ["", *self.prompts, *(picture.caption for picture in pictures)]
            found = cache.texts(captions, base.words, self.identity, self.work / "cache", self._counter("Captions"))
        base.words.to("cpu")
        self.machine.free()
        return found

    def _binding(self) -> dict[str, Any]:
        pictures = sorted((p.sha256, p.caption, p.prior) for p in (*self.found.pictures, *self.class_pictures))
        return {
            "pictures": fingerprint(pictures=pictures),
            "base model": fingerprint(base=self.identity),
            "graphics cards": self.machine.processes,
            **{f"--{name.replace('_', '-')}": value for name, value in self.recipe.binding().items()},
        }

    def _steps(
        self,
        loop: Loop,
        base: Base,
        held_out: list[cache.Latent],
        texts: dict[str, tuple[torch.Tensor, torch.Tensor]] | None,
        course: Course,
        journal: Journal | None,
        checkpoints: Path,
        binding: dict[str, Any],
    ) -> tuple[bool, bool]:
        """(stopped early by validation, stopped because it was asked to)."""
        recipe = self.recipe
        if course.step == 0:
            self._preview(base, texts, course, journal, loop)
        early, said = False, ""
        while course.step < recipe.steps and not early:
            self.watcher.check()
            began = time.perf_counter()
            did = loop.step(course.step)
            if did.loss != did.loss:
                raise TrainingError(
                    f"The loss at step {course.step + 1} is not a number; lower --learning-rate and --resume from the last checkpoint."
                )
            course.step += 1
            if loop.gradients.why_not != said:
                said = loop.gradients.why_not
                self.watcher.says(f"Note: {said}")
            if journal:
                journal.write(course.step, loss=did.loss, norm=did.norm, rate=did.rate, seconds=time.perf_counter() - began)
            self.watcher.steps(course.step, recipe.steps, did.loss)
            if held_out and recipe.validate_every and course.step % recipe.validate_every == 0:
                early = self._validated(loop, held_out, course, journal)
            if recipe.preview_every and course.step % recipe.preview_every == 0:
                self._preview(base, texts, course, journal, loop)
            stop = self.machine.any(self.watcher.stop())
            if self.machine.main and (stop or early or course.step % recipe.save_every == 0 or course.step >= recipe.steps):
                checkpoint.save(loop, course, binding, checkpoints, recipe.keep)
            if stop and course.step < recipe.steps and not early:
                return False, True
        return early, False

    def _validated(self, loop: Loop, held_out: list[cache.Latent], course: Course, journal: Journal | None) -> bool:
        """Whether to stop early."""
        with averaged(loop.student, loop.average):
            loss = validate(loop, held_out)
            best = course.judge(loss, loop.student.weights)
        if journal:
            journal.write(course.step, validation=loss)
        self.watcher.says(f"Step {course.step}: validation loss {loss:.4f}{', the best so far' if best else ''}.")
        return bool(self.recipe.patience) and course.since_best >= self.recipe.patience

    def _preview(self, base: Base, texts: Any, course: Course, journal: Journal | None, loop: Loop) -> None:
        """Previews on disk and the report page brought up to date. What they cost in memory never ends a training."""
        if not self.machine.main or not self.recipe.preview_every or journal is None:
            return
        folder = self.work / "previews"
        folder.mkdir(parents=True, exist_ok=True)
        pictures = self._pictures(base, texts, loop)
        if pictures is None and loop.gradients.forget():
            pictures = self._pictures(base, texts, loop)
        if pictures is None:
            self.watcher.says("Note: there was no memory left for previews; training goes on without this one.")
            return
        for number, picture in enumerate(pictures):
            picture.save(folder / f"step-{course.step:06d}-{number}.png")
        journal.show(course.step, pictures)
        report.write(self._page(course, ()), self.home / "report.html")

    def _pictures(self, base: Base, texts: Any, loop: Loop) -> list[Any] | None:
        """None when there is no memory for them."""
        try:
            with averaged(loop.student, loop.average):
                return previews.render(base, self.prompts, texts, self.recipe, self.machine, self.recipe.preview_steps)
        except torch.OutOfMemoryError:
            base.vae.to("cpu")
        self.machine.free()
        return None

    def _publish(self, student: Student, loop: Loop, base: Base, course: Course, early: bool) -> tuple[Path, ...]:
        """The best validated weights, else the averaged ones, else the last."""
        with averaged(student, loop.average), torch.no_grad():
            if course.best_weights:
                for name, weight in student.weights.items():
                    weight.copy_(course.best_weights[name])
            state = student.state()
        steps = course.best_step if course.best_weights else course.step
        velocity = base.schedule.config.prediction_type == "v_prediction"
        story = publish.Story(
            self.order.name, self.order.subject, self.order.base_name, len(self.found.pictures), steps, self.began, velocity
        )
        files = publish.write(state, student.configs, base.unet.config.layers_per_block, self.recipe, story, self.home)
        publish.card(files, self.recipe, story, self.home)
        page = report.write(self._page(course, files, early), self.home / "report.html")
        return (*files, page)

    def _page(self, course: Course, files: tuple[Path, ...], early: bool = False) -> report.Page:
        return report.Page(
            order=self.order,
            pictures=(*self.found.pictures, *self.found.held_out),
            held_out=frozenset(picture.sha256 for picture in self.found.held_out),
            class_pictures=len(self.class_pictures),
            warnings=self.found.warnings,
            work=self.work,
            prompts=self.prompts,
            step=course.step,
            best_step=course.best_step if course.best_weights else None,
            early=early,
            files=files,
            device=str(self.machine.device),
            peak_gb=self.machine.peak_gb(),
        )

    def _counter(self, what: str) -> cache.OnItem:
        def count(done: int, of: int) -> None:
            self.watcher.check()
            self.watcher.counts(what, done, of)

        return count
