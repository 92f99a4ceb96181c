"""Methods about the bot itself: who it is, its commands, names and descriptions by language."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from tests.botapi.methods.registry import Handler, Server
from tests.botapi.wire import Call, JsonObject, bad_request, encode

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LIMITS = {"name": 64, "short_description": 120, "description": 512}


def get_me(server: Server, call: Call) -> JsonObject:
    return server.world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _commands_key(call: Call) -> tuple[str, ...]:
    scope = call.data("scope") or {"type": "default"}
    return "commands", encode(scope).decode(), call.text("language_code") or ""


def set_commands(server: Server, call: Call) -> bool:
    commands = call.data("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse commands")
    for one in commands:
        if not _COMMAND.fullmatch(one.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    server.world.profile[_commands_key(call)] = commands
    return True


def get_commands(server: Server, call: Call) -> Any:
    return server.world.profile.get(_commands_key(call), [])


def delete_commands(server: Server, call: Call) -> bool:
    server.world.profile.pop(_commands_key(call), None)
    return True


def _set_words(field: str, server: Server, call: Call) -> bool:
    value = call.text(field) or ""
    if len(value) > _LIMITS[field]:
        raise bad_request(f"{field.upper()}_TOO_LONG")
    server.world.profile[field, call.text("language_code") or ""] = value
    return True


def _get_words(field: str, server: Server, call: Call) -> JsonObject:
    return {field: server.world.profile.get((field, call.text("language_code") or ""), "")}


def _accept(server: Server, call: Call) -> bool:
    return True


def get_menu_button(server: Server, call: Call) -> JsonObject:
    return {"type": "commands"}


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": partial(_set_words, "name"),
    "getMyName": partial(_get_words, "name"),
    "setMyDescription": partial(_set_words, "description"),
    "getMyDescription": partial(_get_words, "description"),
    "setMyShortDescription": partial(_set_words, "short_description"),
    "getMyShortDescription": partial(_get_words, "short_description"),
    "setChatMenuButton": _accept,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": _accept,
    "logOut": _accept,
    "close": _accept,
}
