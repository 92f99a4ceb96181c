"""The database: engine, tables, migrations."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

Executor = AsyncConnection | AsyncSession
"""What statements run on: a handler's session (its savepoint) or a machine's own transaction."""
