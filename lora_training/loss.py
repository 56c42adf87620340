"""What a prediction is worth: the squared error of the noise (or velocity), each noise level weighted by min-SNR."""

from typing import Any

import torch


def signal_to_noise(schedule: Any, timesteps: torch.Tensor) -> torch.Tensor:
    """alpha_bar / (1 - alpha_bar) of each timestep: (n,), above 0."""
    kept = schedule.alphas_cumprod.to(timesteps.device)[timesteps].float()
    return (kept / (1 - kept)).clamp_min(1e-8)


def min_snr_weights(snr: torch.Tensor, gamma: float, velocity: bool) -> torch.Tensor:
    """min(SNR, gamma) / SNR, for velocity prediction / (SNR + 1): low noise levels no longer drown the others. gamma 0: all 1."""
    if not gamma:
        return torch.ones_like(snr)
    return snr.clamp(max=gamma) / (snr + 1 if velocity else snr)


def loss_of(
    predicted: torch.Tensor,
    clean: torch.Tensor,
    noise: torch.Tensor,
    timesteps: torch.Tensor,
    schedule: Any,
    gamma: float,
    counts: torch.Tensor | None = None,
) -> torch.Tensor:
    """One number. predicted, clean, noise: (n, 4, h, w). counts: (n,) how much each picture counts, 1 by default."""
    velocity = schedule.config.prediction_type == "v_prediction"
    target = schedule.get_velocity(clean, noise, timesteps) if velocity else noise
    each = (predicted.float() - target.float()).square().mean(dim=(1, 2, 3))
    each = each * min_snr_weights(signal_to_noise(schedule, timesteps), gamma, velocity)
    return (each if counts is None else each * counts).mean()
