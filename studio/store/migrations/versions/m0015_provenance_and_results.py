"""how films came to be and what may be done with them; what became of ads where they were shown"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TIME = sa.DateTime(timezone=True)
ID = sa.String(length=36)


def upgrade() -> None:
    op.create_table(
        "provenances",
        sa.Column("generation_id", ID, nullable=False),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("ledger", JSON, nullable=False),
        sa.Column("credentials", JSON, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_provenances_generation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("generation_id", name="pk_provenances"),
    )
    op.create_table(
        "result_imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("n_known", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_result_imports_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_result_imports"),
    )
    op.create_index("ix_result_imports_user_id_created_at", "result_imports", ["user_id", "created_at"], unique=False)
    op.create_table(
        "result_rows",
        sa.Column("import_id", ID, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("generation_id", ID, nullable=True),
        sa.Column("factors", JSON, nullable=True),
        sa.Column("impressions", sa.BigInteger(), nullable=False),
        sa.Column("views", sa.BigInteger(), nullable=True),
        sa.Column("clicks", sa.BigInteger(), nullable=False),
        sa.Column("conversions", sa.Double(), nullable=True),
        sa.Column("spend", sa.Numeric(12, 4), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["result_imports.id"], name="fk_result_rows_import_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name="fk_result_rows_generation_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("import_id", "line", name="pk_result_rows"),
    )
    op.create_index("ix_result_rows_generation_id", "result_rows", ["generation_id"], unique=False)
