"""The three pipes: inbox → worker → outbox → sender, and the clock that wakes claimers."""
