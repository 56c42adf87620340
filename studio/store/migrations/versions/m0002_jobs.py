"""jobs"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("queued", sa.Double(), nullable=False),
        sa.Column("started", sa.Double(), nullable=True),
        sa.Column("resumed", sa.Boolean(), nullable=False),
        sa.Column("finished", sa.Double(), nullable=True),
        sa.Column("error", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("result", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    op.create_index("jobs_by_kind", "jobs", ["kind", "state", "finished"], unique=False)
    op.create_index("jobs_by_owner", "jobs", ["owner", "created"], unique=False)
    op.create_index("jobs_by_state", "jobs", ["state", "priority", "queued"], unique=False)

    op.create_table(
        "job_marks",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_job_marks_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "percent", name="pk_job_marks"),
    )
    op.create_table(
        "job_progress",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("percent", sa.Double(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_job_progress_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", name="pk_job_progress"),
    )
    op.create_table(
        "job_spans",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_job_spans_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "span", "part", name="pk_job_spans"),
    )
