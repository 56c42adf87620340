"""Everything that can go wrong while a model answers an ask.

    ModelError
    ├── AskRefused            the ask is outside what the model can do, or malformed      permanent
    ├── ModelUnavailable      no key, no weights, no device, package missing              permanent
    ├── ModelRefused          the model declined the content (safety filter)              permanent
    ├── ModelFailed           the model ran and broke                                     permanent
    │   └── OutOfMemory       ... for want of device memory
    ├── ModelBusy             rate limit or overload; carries `retry_after`               transient
    ├── ModelUnreachable      network or provider trouble                                 transient
    ├── MediaError            a file cannot be decoded or encoded
    │   └── DiskFull          ... because the disk is full
    └── Cancelled             somebody asked to stop; not a failure

Each carries a `code` (stable, for API answers) and a message that says what to do. Foreign exceptions are translated
once, where they enter; they stay reachable as `__cause__`. `cost_usd` is what the provider charged all the same: nothing
where it surely did not begin, None where nobody can know.
"""

from decimal import Decimal


class ModelError(Exception):
    """Base of the tree. `transient` tells the runtime whether trying again can help; cost_usd: US dollars, see above."""

    code = "model_error"
    transient = False
    cost_usd: Decimal | None = None

    def __init__(self, message: str, *, model: str = "", cost_usd: Decimal | None = None) -> None:
        super().__init__(message)
        self.model = model
        if cost_usd is not None:
            self.cost_usd = cost_usd


def first_line(error: BaseException, most: int = 160) -> str:
    """What a foreign error says, for a sentence of ours: one line of at most `most` characters, or its class where it says nothing."""
    said = str(error).strip()
    return said.splitlines()[0][:most] if said else type(error).__name__


class AskRefused(ModelError):
    """The ask is malformed or outside the model's stated capabilities; nothing was run."""

    code = "ask_refused"
    cost_usd = Decimal(0)


class ModelUnavailable(ModelError):
    """The model cannot run on this installation (no key, weights, device or package)."""

    code = "model_unavailable"
    cost_usd = Decimal(0)


class ModelRefused(ModelError):
    """The model declined the content."""

    code = "model_refused"


class ModelFailed(ModelError):
    """The model ran and did not produce a usable result."""

    code = "model_failed"


class OutOfMemory(ModelFailed):
    """The device ran out of memory."""

    code = "out_of_memory"


class ModelBusy(ModelError):
    """Rate-limited or overloaded. `retry_after` is in seconds, None when the provider did not say."""

    code = "model_busy"
    transient = True
    cost_usd = Decimal(0)

    def __init__(self, message: str, *, model: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, model=model)
        self.retry_after = retry_after


class ModelUnreachable(ModelError):
    """The provider could not be reached, or broke off."""

    code = "model_unreachable"
    transient = True


class MediaError(ModelError):
    """A picture, video or sound file cannot be read or written."""

    code = "media_error"


class DiskFull(MediaError):
    """There is no space left where a file had to be written."""

    code = "disk_full"


class Cancelled(ModelError):
    """The work was asked to stop."""

    code = "cancelled"
