"""Train a LoRA on pictures of one subject, for SDXL: `python -m lora_training train`.

It speaks pictures, captions, latents and steps, knows models/ and nothing of ads or the studio; the studio finds what it publishes
in LORAS_DIR. Torch is imported only by the rooms that compute: checking pictures and reading help need none of it.
"""
