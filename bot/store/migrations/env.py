"""Runs revisions on the connection that `bot.store.migrate` hands over."""

from typing import Any, Literal

from alembic import context

from bot.store.tables import Base
from bot.store.types import Utc


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Revisions stand alone: they never import the project's own types."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
