"""Tests of the ways people reach the bot."""
