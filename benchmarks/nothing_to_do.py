"""A job of eight steps that do nothing: what is left is what keeping it safe costs."""

from pipelines.progress import Run, Tools

STEPS = 8


def idle_job(run: Run, number: int) -> int:
    """Eight recorded steps."""
    for step in range(STEPS):
        number = run.step(f"step{step}", one_more, number)
    return number


def one_more(tools: Tools, number: int) -> int:
    return number + 1
