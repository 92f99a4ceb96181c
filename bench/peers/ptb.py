"""python-telegram-bot as it comes: run_polling, its own HTTP client. WORKERS 0 means one after another."""

from __future__ import annotations

import logging
import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

Context = ContextTypes.DEFAULT_TYPE


async def echo(update: Update, context: Context) -> Any:
    message = update.effective_message
    assert message is not None and message.text is not None
    await message.reply_text(message.text)


def main(url: str, token: str, workers: int) -> None:
    logging.disable(logging.CRITICAL)
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot")
    application = builder.concurrent_updates(workers or False).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
