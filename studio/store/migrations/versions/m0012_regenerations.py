"""clips made again inside an ad's edit, and their attempts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "regenerations",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("piece", sa.String(length=80), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("asked", JSON, nullable=False),
        sa.Column("pinned", JSON, nullable=False),
        sa.Column("notes", JSON, nullable=False),
        sa.Column("ranking", JSON, nullable=True),
        sa.Column("accepted_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_regenerations_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name="fk_regenerations_ad_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_regenerations"),
    )
    op.create_index("ix_regenerations_ad_id_created_at", "regenerations", ["ad_id", "created_at"], unique=False)

    op.create_table(
        "regeneration_attempts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("video_id", sa.String(length=36), nullable=True),
        sa.Column("thumbnail_id", sa.String(length=36), nullable=True),
        sa.Column("n_frames", sa.Integer(), nullable=True),
        sa.Column("fps", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("made", JSON, nullable=True),
        sa.Column("fit", JSON, nullable=True),
        sa.Column("scores", JSON, nullable=True),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("degenerate", JSON, nullable=False),
        sa.Column("overall", sa.Double(), nullable=True),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.Column("cost", sa.Numeric(12, 4), nullable=True),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["regenerations.generation_id"], name="fk_regeneration_attempts_generation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["video_id"], ["media_files.id"], name="fk_regeneration_attempts_video_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["thumbnail_id"], ["media_files.id"], name="fk_regeneration_attempts_thumbnail_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_regeneration_attempts"),
        sa.UniqueConstraint("generation_id", "position", name="uq_regeneration_attempts_generation_id_position"),
    )
    op.create_index("ix_regeneration_attempts_video_id", "regeneration_attempts", ["video_id"], unique=False)
    op.create_index("ix_regeneration_attempts_thumbnail_id", "regeneration_attempts", ["thumbnail_id"], unique=False)
