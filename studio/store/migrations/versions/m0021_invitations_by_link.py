"""invitations by a link that several people may use"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("team_invitations", sa.Column("made_by", sa.String(length=36), nullable=True))
    op.add_column("team_invitations", sa.Column("uses", sa.Integer(), nullable=True))
    op.add_column("team_invitations", sa.Column("used", sa.Integer(), nullable=True))
