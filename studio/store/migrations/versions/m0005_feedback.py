"""feedback: ratings, what was done with ads, weights learned from choices"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("rated_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_ratings_generation_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_ratings_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_ratings"),
    )
    op.create_index("ix_ratings_user_id", "ratings", ["user_id"], unique=False)

    op.create_table(
        "feedback_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_feedback_events_user_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_feedback_events_generation_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback_events"),
    )
    op.create_index("ix_feedback_events_user_id_act_at", "feedback_events", ["user_id", "act", "at"], unique=False)
    op.create_index("ix_feedback_events_act_at", "feedback_events", ["act", "at"], unique=False)
    op.create_index("ix_feedback_events_generation_id", "feedback_events", ["generation_id"], unique=False)

    op.create_table(
        "ranking_weights",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("weights", JSON, nullable=False),
        sa.Column("n_choices", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=300), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=True),
        sa.Column("set_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name="fk_ranking_weights_set_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_ranking_weights"),
    )
    op.create_index("ix_ranking_weights_set_by", "ranking_weights", ["set_by"], unique=False)
    op.create_index("ix_ranking_weights_ended_at", "ranking_weights", ["ended_at"], unique=False)
