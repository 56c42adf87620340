"""Pictures by diffusion models on this machine: SDXL with everything that goes with it, and newer models where the same code serves."""
