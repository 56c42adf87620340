"""sets of ads that differ in a line, a shape or a story; an index for what attempts measured"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
MONEY = sa.Numeric(12, 4)


def upgrade() -> None:
    op.create_table(
        "variant_sets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("brief", JSON, nullable=False),
        sa.Column("asked", JSON, nullable=False),
        sa.Column("links", JSON, nullable=False),
        sa.Column("quoted_cost", MONEY, nullable=False),
        sa.Column("unshared_cost", MONEY, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_variant_sets_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_variant_sets"),
    )
    op.create_index("ix_variant_sets_user_id_created_at", "variant_sets", ["user_id", "created_at"], unique=False)
    op.create_table(
        "variant_cells",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("set_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hook", sa.Integer(), nullable=False),
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.String(length=10), nullable=False),
        sa.Column("framework", sa.String(length=20), nullable=False),
        sa.Column("hook_text", sa.Text(), nullable=False),
        sa.Column("call_text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("keys", JSON, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_variant_cells_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["set_id"], ["variant_sets.id"], name="fk_variant_cells_set_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_variant_cells"),
        sa.UniqueConstraint("set_id", "position", name="uq_variant_cells_set_id_position"),
    )
    op.create_index("ix_attempt_metrics_attempt_id_name_value", "attempt_metrics", ["attempt_id", "name", "value"], unique=False)
