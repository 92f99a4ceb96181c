"""Tests of the bot; the layout mirrors the source."""
