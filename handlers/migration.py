"""A group became a supergroup: its address changes, and its cards are sent anew."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import staff
from bot.address import address
from bot.flow import outbox
from bot.talk.application import Handler, TurnContext
from handlers.view import resend_cards


async def follow(update: Update, context: TurnContext) -> None:
    """Told in both chats; the old one's message alone sends the cards, lest they come twice."""
    assert update.message
    turn, message = context.turn, update.message
    old_id, new_id = message.migrate_from_chat_id, message.migrate_to_chat_id
    old = address(turn.channel.name, old_id) if old_id else turn.chat
    new = address(turn.channel.name, new_id) if new_id else turn.chat
    await staff.move_group(turn.session, old, new)
    await outbox.move(await turn.session.connection(), old, new)
    if new_id:
        # A message keeps its id only in its old chat: there is nothing to edit in the new one.
        await resend_cards(turn, await staff.take_cards(turn.session, old), new)


handlers: Sequence[Handler] = (MessageHandler(filters.StatusUpdate.MIGRATE, follow),)
