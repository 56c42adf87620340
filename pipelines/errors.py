"""What can go wrong on the way from a sentence to an ad.

    PipelineError
    ├── BriefError        what the person typed or uploaded cannot be used; `field` names it
    ├── SpecError         no usable ad spec came out of the writer
    ├── PlanError         the scenes cannot be laid out (a bug, or an impossible combination)
    ├── TimelineError     a timeline breaks its own rules, or is from a newer version
    │   └── EditError     an edit that cannot be done as asked; `code` says why
    └── OutputError       the finished file cannot be written where it was asked

Model errors (models/errors.py) pass through unchanged.
"""


class PipelineError(Exception):
    """Base of the tree; `code` is stable, the message is one sentence that says what to do."""

    code = "pipeline_error"


class BriefError(PipelineError):
    """The brief cannot be used. `field` is the name of the offending field of `Brief`."""

    code = "invalid_brief"

    def __init__(self, message: str, *, field: str = "prompt") -> None:
        super().__init__(message)
        self.field = field


class SpecError(PipelineError):
    """No usable ad spec."""

    code = "invalid_spec"


class PlanError(PipelineError):
    """The scenes cannot be laid out."""

    code = "invalid_plan"


class TimelineError(PipelineError):
    """The timeline breaks its own rules."""

    code = "invalid_timeline"


class EditError(TimelineError):
    """An edit that cannot be done as asked. `code`: "no_room", "no_such_clip", "bad_arguments", …"""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class OutputError(PipelineError):
    """The finished file cannot be written where it was asked."""

    code = "output_unwritable"
