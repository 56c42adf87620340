"""Every table, split by noun. Importing this module declares them all."""

from studio.store.tables.base import Base, is_id, new_id
from studio.store.tables.generations import Blueprint, Clip, Generation, Progress, Status
from studio.store.tables.jobs import jobs
from studio.store.tables.media import MediaFile, Upload
from studio.store.tables.people import LoginAttempt, RevokedToken, User
from studio.store.tables.running import Lease, RateEvent, StageTime
from studio.store.tables.spending import CallState, PaidCall

__all__ = [
    "Base",
    "Blueprint",
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
    "is_id",
    "jobs",
    "new_id",
]
