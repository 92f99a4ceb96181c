"""Methods about chats and their members."""

from __future__ import annotations

from tests.botapi.methods.registry import Handler, Server
from tests.botapi.wire import Call, JsonObject, bad_request, forbidden
from tests.botapi.world import Chat


def member_face(chat: Chat, user: JsonObject) -> JsonObject:
    """A ChatMember object; everybody is a member of their own private chat."""
    status = chat.members.get(user["id"], "left")
    face: JsonObject = {"user": user, "status": status}
    if status == "creator":
        face["is_anonymous"] = False
    elif status == "administrator":
        face |= dict.fromkeys(_RIGHTS, True) | {"is_anonymous": False}
    elif status == "kicked":
        face["until_date"] = 0
    return face


_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def get_chat(server: Server, call: Call) -> JsonObject:
    chat = server.world.chat_of(call)
    _must_be_inside(chat)
    return chat.face | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


def _must_be_inside(chat: Chat) -> None:
    if chat.standing == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if chat.migrated_to is not None:
        chat.check_open()


def get_member(server: Server, call: Call) -> JsonObject:
    chat = server.world.chat_of(call)
    _must_be_inside(chat)
    user = chat.people.get(call.integer("user_id") or 0)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_face(chat, user)


def get_administrators(server: Server, call: Call) -> list[JsonObject]:
    chat = server.world.chat_of(call)
    _must_be_inside(chat)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    ranks = {"creator", "administrator"}
    return [
        member_face(chat, chat.people[user_id]) for user_id, status in chat.members.items() if status in ranks
    ]


def count_members(server: Server, call: Call) -> int:
    chat = server.world.chat_of(call)
    return sum(status not in {"left", "kicked"} for status in chat.members.values()) or 2


def leave_chat(server: Server, call: Call) -> bool:
    chat = server.world.open_chat_of(call)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.standing = "kicked"
    chat.members[server.world.bot["id"]] = "left"
    return True


METHODS: dict[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "leaveChat": leave_chat,
}
