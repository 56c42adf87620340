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


def target_of(clean: torch.Tensor, noise: torch.Tensor, timesteps: torch.Tensor, schedule: Any) -> torch.Tensor:
    """What should have been predicted, (n, 4, h, w): the noise, or the velocity where the schedule says so."""
    target: torch.Tensor = schedule.get_velocity(clean, noise, timesteps) if _velocity(schedule) else noise
    return target


def weights_of(timesteps: torch.Tensor, schedule: Any, gamma: float) -> torch.Tensor:
    """What each picture's error counts by its noise level: (n,)."""
    return min_snr_weights(signal_to_noise(schedule, timesteps), gamma, _velocity(schedule))


def error_of(predicted: torch.Tensor, target: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """One number: the squared error of each picture, (n, 4, h, w), weighted by (n,)."""
    return ((predicted.float() - target.float()).square().mean(dim=(1, 2, 3)) * weights).mean()


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
    weights = weights_of(timesteps, schedule, gamma)
    return error_of(predicted, target_of(clean, noise, timesteps, schedule), weights if counts is None else weights * counts)


def _velocity(schedule: Any) -> bool:
    return bool(schedule.config.prediction_type == "v_prediction")
