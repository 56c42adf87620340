"""media that people bring to an ad's edit; uploads that are no pictures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("uploads", sa.Column("kind", sa.String(length=10), server_default="picture", nullable=False))
    op.create_table(
        "brought_media",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("original_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("notes", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_brought_media_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name="fk_brought_media_ad_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["original_id"], ["media_files.id"], name="fk_brought_media_original_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_brought_media"),
    )
    op.create_index("ix_brought_media_original_id", "brought_media", ["original_id"], unique=False)
    op.create_index("ix_brought_media_ad_id_created_at", "brought_media", ["ad_id", "created_at"], unique=False)
