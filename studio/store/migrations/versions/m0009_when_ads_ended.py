"""when ads ended: the newest end of a person's ads is found by itself"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_generations_ended", "generations", ["user_id", "completed_at"], unique=False)
