"""ad parts: the files a finished ad was cut from, and ads that were cut again from another one's parts"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ad_parts",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("media_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_ad_parts_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["media_id"], ["media_files.id"], name="fk_ad_parts_media_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", "name", name="pk_ad_parts"),
    )
    op.create_index("ix_ad_parts_media_id", "ad_parts", ["media_id"], unique=False)

    op.create_table(
        "ad_versions",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("version_of", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made", JSON, nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_ad_versions_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_of"], ["generations.id"], name="fk_ad_versions_version_of", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_ad_versions"),
    )
    op.create_index("ix_ad_versions_version_of", "ad_versions", ["version_of"], unique=False)
