"""What keeps a training from beginning or going on.

ModelError (models/errors.py)
└── TrainingError        it cannot be done, in one sentence
    ├── BadData          the pictures or captions; every fault is named, nothing was trained
    └── CannotResume     what lies there is no beginning of this training
"""

from collections.abc import Sequence

from models.errors import ModelError


class TrainingError(ModelError):
    """Base: the training cannot begin, or go on."""

    code = "training_error"


class BadData(TrainingError):
    """Faults of the data, all of them at once. faults: one sentence each."""

    code = "bad_data"

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        what = "this must" if len(faults) == 1 else f"{len(faults)} things must"
        super().__init__(f"Nothing was trained; {what} be put right first:" + "".join(f"\n- {fault}" for fault in faults))


class CannotResume(TrainingError):
    """There is nothing to go on from, or it was begun with other pictures or another recipe."""

    code = "cannot_resume"
