"""What a handler holds: the turn, what it says, drafts, buttons."""
