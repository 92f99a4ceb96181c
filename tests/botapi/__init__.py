"""A local Telegram Bot API server for tests and load: `async with BotApi() as api: …`."""

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.faults import Fault, Faults
from tests.botapi.files import small_jpeg
from tests.botapi.record import Record, Sent
from tests.botapi.rooms import Group, Room
from tests.botapi.users import Press, User

__all__ = [
    "TOKEN",
    "BotApi",
    "Fault",
    "Faults",
    "Group",
    "Press",
    "Record",
    "Room",
    "Sent",
    "User",
    "small_jpeg",
]
