"""hero frames and takes: sets of candidates, attempts at setting one in motion, and what these measured; what a generation is"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "hero_frames",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("set_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("original_prompt", sa.Text(), nullable=False),
        sa.Column("enhanced_prompt", sa.Text(), nullable=True),
        sa.Column("negative_prompt", sa.Text(), nullable=False),
        sa.Column("brief", JSON, nullable=False),
        sa.Column("image_id", sa.String(length=36), nullable=True),
        sa.Column("thumbnail_id", sa.String(length=36), nullable=True),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("aspect_ratio", sa.String(length=10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("favorite", sa.Boolean(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("made", JSON, nullable=True),
        sa.Column("cost", sa.Numeric(12, 4), nullable=True),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["media_files.id"], name="fk_hero_frames_image_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["parent_id"], ["hero_frames.id"], name="fk_hero_frames_parent_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["set_id"], ["generations.id"], name="fk_hero_frames_set_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thumbnail_id"], ["media_files.id"], name="fk_hero_frames_thumbnail_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_hero_frames_user_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_hero_frames"),
        sa.UniqueConstraint("set_id", "position", name="uq_hero_frames_set_id_position"),
    )
    op.create_index("ix_hero_frames_favorites", "hero_frames", ["user_id", "favorite", "created_at", "id"], unique=False)
    op.create_index("ix_hero_frames_image_id", "hero_frames", ["image_id"], unique=False)
    op.create_index("ix_hero_frames_parent_id", "hero_frames", ["parent_id"], unique=False)
    op.create_index("ix_hero_frames_root_id_set_id", "hero_frames", ["root_id", "set_id"], unique=False)
    op.create_index("ix_hero_frames_thumbnail_id", "hero_frames", ["thumbnail_id"], unique=False)
    op.create_index("ix_hero_frames_user_id_created_at_id", "hero_frames", ["user_id", "created_at", "id"], unique=False)
    op.create_index(
        "uq_hero_frames_primary",
        "hero_frames",
        ["root_id"],
        unique=True,
        sqlite_where=sa.text("is_primary"),
        postgresql_where=sa.text("is_primary"),
    )

    op.create_table(
        "generation_groups",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("hero_frame_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("comparison_type", sa.String(length=20), nullable=False),
        sa.Column("auto_select", sa.Boolean(), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=True),
        sa.Column("final_attempt_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["hero_frame_id"], ["hero_frames.id"], name="fk_generation_groups_hero_frame_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_generation_groups_user_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_generation_groups"),
    )
    op.create_index("ix_generation_groups_hero_frame_id", "generation_groups", ["hero_frame_id"], unique=False)
    op.create_index("ix_generation_groups_user_id_created_at_id", "generation_groups", ["user_id", "created_at", "id"], unique=False)
    op.create_index("ix_generation_groups_user_id_tag", "generation_groups", ["user_id", "tag"], unique=False)

    op.create_table(
        "iterations",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("motion", JSON, nullable=False),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("ranking", JSON, nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_iterations_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["generation_groups.id"], name="fk_iterations_group_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_iterations"),
        sa.UniqueConstraint("group_id", "number", name="uq_iterations_group_id_number"),
    )
    op.create_table(
        "video_attempts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("iteration_index", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=True),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("video_id", sa.String(length=36), nullable=True),
        sa.Column("thumbnail_id", sa.String(length=36), nullable=True),
        sa.Column("n_frames", sa.Integer(), nullable=True),
        sa.Column("fps", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("made", JSON, nullable=True),
        sa.Column("cost", sa.Numeric(12, 4), nullable=True),
        sa.Column("overall", sa.Double(), nullable=True),
        sa.Column("vbench_score_overall", sa.Double(), nullable=True),
        sa.Column("is_system_selected_best", sa.Boolean(), nullable=False),
        sa.Column("is_user_selected_best", sa.Boolean(), nullable=False),
        sa.Column("error_code", sa.String(length=40), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_video_attempts_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["group_id"], ["generation_groups.id"], name="fk_video_attempts_group_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thumbnail_id"], ["media_files.id"], name="fk_video_attempts_thumbnail_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["video_id"], ["media_files.id"], name="fk_video_attempts_video_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_video_attempts"),
        sa.UniqueConstraint("generation_id", "position", name="uq_video_attempts_generation_id_position"),
    )
    op.create_index(
        "ix_video_attempts_group_id_iteration_index_position", "video_attempts", ["group_id", "iteration_index", "position"], unique=False
    )
    op.create_index("ix_video_attempts_thumbnail_id", "video_attempts", ["thumbnail_id"], unique=False)
    op.create_index("ix_video_attempts_video_id", "video_attempts", ["video_id"], unique=False)

    op.create_table(
        "attempt_metrics",
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("metric", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fps", sa.Double(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("decoder", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["video_attempts.id"], name="fk_attempt_metrics_attempt_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_attempt_metrics"),
        sa.UniqueConstraint("attempt_id", "metric", name="uq_attempt_metrics_attempt_id_metric"),
    )
    op.create_index("ix_attempt_metrics_metric_created_at", "attempt_metrics", ["metric", "created_at"], unique=False)

    op.create_table(
        "attempt_scores",
        sa.Column("attempt_id", sa.String(length=36), nullable=False),
        sa.Column("scores", JSON, nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("degenerate", JSON, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["video_attempts.id"], name="fk_attempt_scores_attempt_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_attempt_scores"),
    )
    op.add_column("generations", sa.Column("kind", sa.String(length=20), server_default="ad", nullable=False))
    op.add_column("generations", sa.Column("listed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.drop_index("ix_generations_gallery", "generations")
    op.create_index("ix_generations_gallery", "generations", ["user_id", "listed", "created_at", "id"], unique=False)
    op.drop_index("ix_generations_gallery_by_status", "generations")
    op.create_index("ix_generations_gallery_by_status", "generations", ["user_id", "status", "listed", "created_at", "id"], unique=False)
