"""brand kits with their fonts; teams with members and invitations; ads that belong to a team"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
MONEY = sa.Numeric(12, 4)
ID = sa.String(length=36)


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("ads_per_hour", sa.Integer(), nullable=True),
        sa.Column("month_cap", MONEY, nullable=True),
        sa.Column("joined_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_members_team_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_team_members_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_team_members"),
    )
    op.create_index("ix_team_members_user_id", "team_members", ["user_id"], unique=False)
    op.create_table(
        "team_invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("user_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_team_invitations_team_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_team_invitations_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_team_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_team_invitations_token_hash"),
    )
    op.create_index("ix_team_invitations_team_id", "team_invitations", ["team_id"], unique=False)
    op.create_index("ix_team_invitations_user_id", "team_invitations", ["user_id"], unique=False)
    op.create_table(
        "brand_kits",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("colors", JSON, nullable=False),
        sa.Column("tone", sa.String(length=200), nullable=False),
        sa.Column("call", sa.String(length=40), nullable=False),
        sa.Column("font_style", sa.String(length=40), nullable=True),
        sa.Column("logo_id", ID, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_brand_kits_owner_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_brand_kits_team_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["logo_id"], ["media_files.id"], name="fk_brand_kits_logo_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_brand_kits"),
    )
    for column in ("owner_id", "team_id", "logo_id"):
        op.create_index(f"ix_brand_kits_{column}", "brand_kits", [column], unique=False)
    op.create_table(
        "brand_fonts",
        sa.Column("id", ID, nullable=False),
        sa.Column("kit_id", ID, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("embedding", sa.String(length=20), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["kit_id"], ["brand_kits.id"], name="fk_brand_fonts_kit_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["media_files.id"], name="fk_brand_fonts_file_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_brand_fonts"),
        sa.UniqueConstraint("kit_id", "role", name="uq_brand_fonts_kit_id_role"),
    )
    op.create_index("ix_brand_fonts_file_id", "brand_fonts", ["file_id"], unique=False)
    op.add_column("generations", sa.Column("team_id", ID, nullable=True))
    op.create_index("ix_generations_team_id_created_at", "generations", ["team_id", "created_at"], unique=False)
