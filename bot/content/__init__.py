"""What the bot knows, read from files that people edit."""
