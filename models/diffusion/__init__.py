"""What diffusion models for pictures and for video share: precision, attention, memory profiles, progress and cancelling, the step down."""
