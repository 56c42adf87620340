"""Every table, split by noun. Importing this module declares them all."""

from studio.store.tables.base import Base, is_id, new_id
from studio.store.tables.brands import BrandFont, BrandKit
from studio.store.tables.brought import BroughtMedia
from studio.store.tables.editor import EditorAsset, EditorDraft, EditorSnapshot, EditorVersion
from studio.store.tables.feedback import Act, FeedbackEvent, RankingWeights, Rating
from studio.store.tables.generations import CANCELLED, Blueprint, Clip, Generation, GenerationKind, Status, shown_percent
from studio.store.tables.hero import HeroFrame, SetChange
from studio.store.tables.jobs import JobProgress, jobs
from studio.store.tables.media import MediaFile, Upload
from studio.store.tables.parts import AdPart, AdVersion, VersionKind
from studio.store.tables.people import LoginAttempt, RevokedToken, TermsText, User
from studio.store.tables.provenance import Provenance
from studio.store.tables.quality import QualityMetric, QualityReport
from studio.store.tables.regenerations import Regeneration, RegenerationAttempt
from studio.store.tables.results import ResultImport, ResultRow
from studio.store.tables.retention import Chore, KeepingWish, KeptAd
from studio.store.tables.running import Lease, RateEvent
from studio.store.tables.sharing import Decision, ReviewComment, ReviewDecision, ReviewLink
from studio.store.tables.spending import CallState, PaidCall
from studio.store.tables.takes import AttemptMetric, AttemptScores, ComparisonType, GenerationGroup, Iteration, VideoAttempt
from studio.store.tables.teams import Team, TeamInvitation, TeamMember, TeamRole
from studio.store.tables.variants import VariantCell, VariantSet

__all__ = [
    "CANCELLED",
    "Act",
    "AdPart",
    "AdVersion",
    "AttemptMetric",
    "AttemptScores",
    "Base",
    "Blueprint",
    "BrandFont",
    "BrandKit",
    "BroughtMedia",
    "CallState",
    "Chore",
    "Clip",
    "ComparisonType",
    "Decision",
    "EditorAsset",
    "EditorDraft",
    "EditorSnapshot",
    "EditorVersion",
    "FeedbackEvent",
    "Generation",
    "GenerationGroup",
    "GenerationKind",
    "HeroFrame",
    "Iteration",
    "JobProgress",
    "KeepingWish",
    "KeptAd",
    "Lease",
    "LoginAttempt",
    "MediaFile",
    "PaidCall",
    "Provenance",
    "QualityMetric",
    "QualityReport",
    "RankingWeights",
    "RateEvent",
    "Rating",
    "Regeneration",
    "RegenerationAttempt",
    "ResultImport",
    "ResultRow",
    "ReviewComment",
    "ReviewDecision",
    "ReviewLink",
    "RevokedToken",
    "SetChange",
    "Status",
    "Team",
    "TeamInvitation",
    "TeamMember",
    "TeamRole",
    "TermsText",
    "Upload",
    "User",
    "VariantCell",
    "VariantSet",
    "VersionKind",
    "VideoAttempt",
    "is_id",
    "jobs",
    "new_id",
    "shown_percent",
]
