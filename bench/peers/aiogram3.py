"""aiogram 3 as it comes: start_polling on its aiohttp session. WORKERS 0 means one after another."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


async def echo(message: Any) -> None:
    await message.answer(message.text)


async def serve(url: str, token: str, workers: int) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(
        bot, handle_as_tasks=bool(workers), tasks_concurrency_limit=workers or None
    )


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3])))
