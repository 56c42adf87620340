"""Every table, split by noun. Importing this module declares them all."""

from studio.store.tables.base import Base, new_id
from studio.store.tables.generations import Clip, Generation, Progress, Status
from studio.store.tables.media import MediaFile, Upload
from studio.store.tables.people import LoginAttempt, RevokedToken, User
from studio.store.tables.running import Lease, RateEvent, StageTime
from studio.store.tables.spending import CallState, PaidCall

__all__ = [
    "Base",
    "CallState",
    "Clip",
    "Generation",
    "Lease",
    "LoginAttempt",
    "MediaFile",
    "PaidCall",
    "Progress",
    "RateEvent",
    "RevokedToken",
    "StageTime",
    "Status",
    "Upload",
    "User",
    "new_id",
]
