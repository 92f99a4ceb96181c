"""Alembic revisions, oldest first. Append only: a released revision is never edited."""
