"""the editor: drafts with their actions, saved versions, and media added to an ad"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "editor_drafts",
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("done", JSON, nullable=False),
        sa.Column("undone", JSON, nullable=False),
        sa.Column("saved_id", sa.String(length=36), nullable=True),
        sa.Column("saved_at", sa.Integer(), nullable=True),
        sa.Column("changed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name="fk_editor_drafts_ad_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_editor_drafts_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ad_id", name="pk_editor_drafts"),
    )
    op.create_index("ix_editor_drafts_user_id_changed_at", "editor_drafts", ["user_id", "changed_at"], unique=False)

    op.create_table(
        "editor_snapshots",
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("timeline", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["editor_drafts.ad_id"], name="fk_editor_snapshots_ad_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ad_id", "step", name="pk_editor_snapshots"),
    )

    op.create_table(
        "editor_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("timeline", sa.Text(), nullable=False),
        sa.Column("actions", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name="fk_editor_versions_ad_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_editor_versions"),
        sa.UniqueConstraint("ad_id", "number", name="uq_editor_versions_ad_id_number"),
    )

    op.create_table(
        "editor_assets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ad_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("media_id", sa.String(length=36), nullable=False),
        sa.Column("n_frames", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("about", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name="fk_editor_assets_ad_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["media_id"], ["media_files.id"], name="fk_editor_assets_media_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_editor_assets"),
        sa.UniqueConstraint("ad_id", "name", name="uq_editor_assets_ad_id_name"),
    )
    op.create_index("ix_editor_assets_media_id", "editor_assets", ["media_id"], unique=False)
