"""quality: what finished ads measured, and what was found in them"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "quality_metrics",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("scene", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_quality_metrics_generation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_quality_metrics"),
        sa.UniqueConstraint("generation_id", "scene", "metric", name="uq_quality_metrics_generation_id_scene_metric"),
    )
    op.create_index("ix_quality_metrics_metric_created_at", "quality_metrics", ["metric", "created_at"], unique=False)

    op.create_table(
        "quality_reports",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_quality_reports_generation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_quality_reports"),
    )
