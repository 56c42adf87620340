"""reviews: for whom a link is and what guards it; what guests say about a film, and what they decide"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("review_links") as links:
        links.add_column(sa.Column("name", sa.String(length=80), server_default=sa.text("''"), nullable=False))
        links.add_column(sa.Column("password_hash", sa.String(length=60), nullable=True))
        links.add_column(sa.Column("with_versions", sa.Boolean(), server_default=sa.false(), nullable=False))
        links.add_column(sa.Column("opened_at", TIME, nullable=True))

    said: dict[str, list[sa.Column[Any]]] = {
        "review_comments": [
            sa.Column("at_s", sa.Double(), nullable=True),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("by_owner", sa.Boolean(), nullable=False),
            sa.Column("done_at", TIME, nullable=True),
        ],
        "review_decisions": [
            sa.Column("decision", sa.String(length=20), nullable=False),
            sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        ],
    }
    for table, own in said.items():
        op.create_table(
            table,
            sa.Column("id", sa.String(length=36), nullable=False),
            sa.Column("ad_id", sa.String(length=36), nullable=False),
            sa.Column("generation_id", sa.String(length=36), nullable=False),
            sa.Column("link_id", sa.String(length=36), nullable=True),
            sa.Column("author", sa.String(length=60), nullable=False),
            *own,
            sa.Column("created_at", TIME, nullable=False),
            sa.ForeignKeyConstraint(["ad_id"], ["generations.id"], name=f"fk_{table}_ad_id", ondelete="CASCADE"),
            sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=f"fk_{table}_generation_id", ondelete="CASCADE"),
            sa.ForeignKeyConstraint(["link_id"], ["review_links.id"], name=f"fk_{table}_link_id", ondelete="SET NULL"),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        )
        for columns in (["ad_id", "created_at"], ["generation_id"], ["link_id"]):
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns, unique=False)
