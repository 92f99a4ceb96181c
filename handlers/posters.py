"""🖼 Hình chia sẻ: an answer or a tip as a picture, to be forwarded to family and neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.photos import Shelf
from bot.posters import Poster, kept_poster, poster_of_item, poster_of_tip
from bot.talk.application import Handler, TurnContext
from bot.talk.buttons import parts, pattern
from bot.talk.sorting_card import item_name
from bot.talk.turn import Turn
from handlers.sorting import PAYLOAD as ITEM
from handlers.stale import tell_stale
from handlers.tips import PAYLOAD as TIP


async def send_item(update: Update, context: TurnContext) -> None:
    turn = context.turn
    try:
        item = turn.knowledge.sorting.item(_asked(update))
    except KeyError:
        tell_stale(turn)
        return
    caption = turn.t(
        "♻️ {item} bỏ ở đâu? Hỏi Trà Vinh Xanh: {link}",
        item=item_name(turn, item),
        link=turn.channel.link(ITEM + item.id),
    )
    await _send(turn, poster_of_item(item, turn.knowledge.sorting), caption)


async def send_tip(update: Update, context: TurnContext) -> None:
    turn = context.turn
    try:
        tip = turn.knowledge.tips.tip(_asked(update))
    except KeyError:
        tell_stale(turn)
        return
    link = turn.channel.link(TIP + tip.id)
    caption = turn.t("🌱 {title}. Thêm mẹo ở Trà Vinh Xanh: {link}", title=tip.title, link=link)
    await _send(turn, poster_of_tip(tip, turn.knowledge.tips), caption)


def _asked(update: Update) -> str:
    assert update.callback_query and update.callback_query.data
    return "".join(parts(update.callback_query.data)[:1])


async def _send(turn: Turn, poster: Poster, caption: Markup) -> None:
    """A message of its own, because what is forwarded should be the picture alone. Raises Refusal."""
    shelf = Shelf(turn.settings.media_dir)
    photo = await kept_poster(turn.session, shelf, turn.settings.content_dir, poster, turn.now)
    turn.say(caption, photos=(photo,))


handlers: Sequence[Handler] = (
    CallbackQueryHandler(send_item, pattern("poster.item")),
    CallbackQueryHandler(send_tip, pattern("poster.tip")),
)
