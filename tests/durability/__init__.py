"""The real bot is killed, stopped, frozen and cut off under load; nothing may be lost or doubled."""
