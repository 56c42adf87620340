"""which terms of service a person accepted when they joined, and when"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "terms_texts",
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_terms_texts"),
    )
    op.add_column("users", sa.Column("terms_version", sa.String(length=12), nullable=True))
    op.add_column("users", sa.Column("terms_accepted_at", TIME, nullable=True))
