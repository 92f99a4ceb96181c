"""Telegram, through python-telegram-bot's Bot on an aiohttp transport."""

import os

# Durations as timedelta, the coming default; reading them as numbers warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
