"""Echo bots to measure against, each its own process: `python -m bench.peers.<name> URL TOKEN WORKERS`."""
