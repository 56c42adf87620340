"""which queues a worker takes work from"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("leases", sa.Column("queues", sa.String(length=200), nullable=True))
