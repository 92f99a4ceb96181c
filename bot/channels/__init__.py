"""The ways people reach the bot; nothing outside depends on one of them."""
