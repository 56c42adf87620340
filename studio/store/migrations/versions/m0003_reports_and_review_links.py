"""reports and review links

The tables `progress` and `stage_times` go: the jobs keep both (m0002), and nobody ever wrote here.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_links",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("owner_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_review_links_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_review_links_owner_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_review_links"),
        sa.UniqueConstraint("token_hash", name="uq_review_links_token_hash"),
    )
    op.create_index("ix_review_links_generation_id", "review_links", ["generation_id"], unique=False)
    op.create_index("ix_review_links_owner_id", "review_links", ["owner_id"], unique=False)

    op.drop_table("stage_times")
    op.drop_table("progress")

    op.add_column("blueprints", sa.Column("report", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True))

    op.add_column("media_files", sa.Column("made_for", sa.String(length=36), nullable=True))
    op.create_index("ix_media_files_made_for", "media_files", ["made_for"], unique=False)
    for column in ("video_id", "thumbnail_id"):
        files, ads = (
            sa.table("media_files", sa.column("id"), sa.column("made_for")),
            sa.table("generations", sa.column("id"), sa.column(column)),
        )
        mine = sa.select(ads.c.id).where(ads.c[column] == files.c.id).limit(1).scalar_subquery()
        op.execute(sa.update(files).where(files.c.id.in_(sa.select(ads.c[column]))).values(made_for=mine))
