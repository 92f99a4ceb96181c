"""The bot as its users meet it: the real command against a Bot API server, word for word."""
