"""What a training is asked to do, checked before anything heavy is loaded: names, folders, base weights, disk space."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lora_training import dataset
from lora_training.dataset import Dataset, Picture
from lora_training.errors import CannotResume, TrainingError
from lora_training.recipe import Recipe, why_not_8bit
from models import catalog
from models.backends import BackendConfig
from models.devices import choose
from models.errors import AskRefused, DiskFull, ModelUnavailable
from models.loras import NAME
from models.weights import folder_of, why_missing

BYTES_PER_PICTURE = 2 * 10**6
WEIGHTS_PER_RANK = {"attention": 1.5e6, "attention+feedforward": 3.2e6}
SPARE_BYTES = 2**30


@dataclass(frozen=True)
class Order:
    """One training.

    base: id of a row of the catalogue, or a folder laid out like one. templates: captions for pictures without, {subject} in them.
    prior_prompt: what pictures of the class show ("a photo of a watch"), "" for a training without; they are taken from prior_images, and
    made by the base model where there are fewer than prior_count. resume: go on from the newest checkpoint. replace: throw an
    earlier training of that name away.
    """

    images: Path
    subject: str
    name: str
    base: str
    recipe: Recipe = field(default_factory=Recipe)
    templates: tuple[str, ...] = ()
    preview_prompts: tuple[str, ...] = ()
    prior_prompt: str = ""
    prior_images: Path | None = None
    prior_count: int = 100
    resume: bool = False
    replace: bool = False

    @property
    def base_name(self) -> str:
        """The base model as files and pages call it: never a path of this machine."""
        return Path(self.base).name if Path(self.base).is_dir() else self.base

    def home(self, config: BackendConfig) -> Path:
        """Where the LoRA is published."""
        return config.loras_dir / self.name

    def work(self, config: BackendConfig) -> Path:
        """Where the training keeps its cache, checkpoints and previews."""
        return self.home(config) / "training"


@dataclass
class Watcher:
    """Who is told. says: a sentence. counts(what, done, of). steps(step, of, loss). check: raises to stop, at any time.

    stop: asked once a step; True ends the training after a checkpoint, to be resumed.
    """

    says: Callable[[str], None] = lambda text: None
    counts: Callable[[str, int, int], None] = lambda what, done, of: None
    steps: Callable[[int, int, float], None] = lambda step, of, loss: None
    check: Callable[[], None] = lambda: None
    stop: Callable[[], bool] = lambda: False


def base_folder(order: Order, config: BackendConfig) -> Path:
    """Where the base model lies. Raises ModelUnavailable with what to do when it is not there, AskRefused when there is no such row."""
    folder = Path(order.base)
    if (folder / "model_index.json").is_file():
        return folder
    try:
        row = catalog.row(order.base)
    except KeyError:
        raise AskRefused(f"There is no model {order.base!r}, and no folder of that name with a model_index.json in it.") from None
    if row.weights is None or row.defaults.get("family") != "sdxl":
        raise AskRefused(f"{row.id} is not an SDXL with its weights here; LoRAs are trained for SDXL only.")
    if missing := why_missing(row, config):
        raise ModelUnavailable(missing, model=row.id)
    return folder_of(row, config)


def check(order: Order, config: BackendConfig) -> tuple[Dataset, tuple[Picture, ...]]:
    """(pictures of the subject, pictures of the class that are there already). Everything that can be wrong is found here.

    Raises AskRefused, BadData, CannotResume, DiskFull, ModelUnavailable, TrainingError.
    """
    order.recipe.check()
    if order.recipe.optimiser == "adamw8bit" and (why_not := why_not_8bit(choose(config).kind)):
        raise TrainingError(f"--optimiser adamw8bit cannot be used: {why_not}.")
    if not NAME.fullmatch(order.name):
        raise AskRefused(f"--out {order.name!r} is no name; use up to 80 letters, digits, dots, dashes and underscores.")
    home, checkpoints = order.home(config), order.work(config) / "checkpoints"
    begun = any(checkpoints.glob("step-*"))
    if order.resume and not begun:
        raise CannotResume(f"There is nothing to go on from in {checkpoints}; leave --resume out.")
    if not order.resume and not order.replace and (begun or (home / f"{order.name}.safetensors").exists()):
        raise TrainingError(f"{home} holds a training already; --resume it, --replace it, or choose another --out.")
    if order.prior_images and not order.prior_prompt:
        raise AskRefused("--prior-images needs --prior-prompt: what those pictures show, e.g. a photo of a watch.")
    recipe = order.recipe
    found = dataset.read(order.images, order.subject, recipe.resolution, recipe.bucket_step, order.templates, recipe.hold_out, recipe.seed)
    prior: tuple[Picture, ...] = ()
    if order.prior_images is not None:
        prior = dataset.read_prior(order.prior_images, order.prior_prompt, recipe.resolution)
    base_folder(order, config)
    _check_disk(order, config, len(found.pictures) + len(found.held_out) + len(prior))
    return found, prior


def _check_disk(order: Order, config: BackendConfig, pictures: int) -> None:
    """Cache, class pictures, checkpoints (weights, best, average, two moments each) and the published files must have room."""
    recipe = order.recipe
    adapter = WEIGHTS_PER_RANK[recipe.layers] * recipe.rank * 4 * (1.5 if recipe.text_learning_rate else 1)
    made = order.prior_count if order.prior_prompt else 0
    needed = pictures * (2 if recipe.flip else 1) * BYTES_PER_PICTURE + made * 2 * BYTES_PER_PICTURE + adapter * (5 * (recipe.keep + 1) + 2)
    place = config.loras_dir
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if needed + SPARE_BYTES > free:
        raise DiskFull(
            f"This training needs {(needed + SPARE_BYTES) / 1e9:.1f} GB; {free / 1e9:.1f} GB are free at {place}. Make room, lower --keep "
            "or --rank, or set LORAS_DIR to a larger disk."
        )
