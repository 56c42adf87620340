"""hero frames, groups of takes and sets of variants that belong to a team"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("hero_frames", "generation_groups", "variant_sets"):
        op.add_column(table, sa.Column("team_id", sa.String(length=36), nullable=True))
        op.create_index(f"ix_{table}_team_id_created_at", table, ["team_id", "created_at"], unique=False)
