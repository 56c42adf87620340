"""for which team money is spent; which member said something or decided"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.String(length=36)


def upgrade() -> None:
    op.add_column("paid_calls", sa.Column("team_id", ID, nullable=True))
    op.add_column("review_comments", sa.Column("user_id", ID, nullable=True))
    op.add_column("review_decisions", sa.Column("user_id", ID, nullable=True))
