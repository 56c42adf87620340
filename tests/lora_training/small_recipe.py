"""How the tests train: a few small steps."""

from lora_training.recipe import Recipe

RECIPE = Recipe(
    steps=6,
    resolution=64,
    bucket_step=16,
    rank=8,
    alpha=4.0,
    learning_rate=5e-3,
    warmup=2,
    hold_out=0.2,
    validate_every=3,
    preview_every=0,
    save_every=4,
    ema=0.5,
)
