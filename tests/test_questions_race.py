"""At the same moment: an answer and one more who asks, two answers, two who are first to ask alike."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import questions
from bot.people import Person
from bot.questions import Asked, Asker, Outcome
from tests.handlers.asking import missed, waiting
from tests.handlers.on_duty import known, officer
from tests.harness import World

ROUNDS = 10


async def _note(world: World, text: str) -> str:
    async def job(connection: AsyncConnection) -> str:
        noted = await questions.note(
            connection, text, str.split, "nothing", world.clock.now(), world.app.store.is_sqlite
        )
        assert noted
        return noted.id

    return str(await world.do(job))


async def _ask(world: World, person: Person, missed_id: str) -> Asked | None:
    asked: Asked | None = await world.do(
        lambda connection: questions.ask(connection, person, missed_id, "", world.clock.now())
    )
    return asked


async def _answer(world: World, staff: Person, missed_id: str, text: str) -> list[Asker] | None:
    askers: list[Asker] | None = await world.do(
        lambda connection: questions.answer(connection, staff, missed_id, text, world.clock.now())
    )
    return askers


async def test_nobody_who_asks_while_it_is_answered_waits_in_vain(world: World) -> None:
    editor = await known(world, await officer(world, "Biên", role="editor"))
    lan = await known(world, world.user())
    for number in range(ROUNDS):
        missed_id = await _note(world, f"{'abcdefghij'[number] * 6} mnopq")
        asked, askers = await asyncio.gather(
            _ask(world, lan, missed_id), _answer(world, editor, missed_id, "Bỏ vô rác khác.")
        )
        assert asked is not None and askers is not None
        assert (asked.outcome == Outcome.SENT) == bool(askers)
        assert asked.outcome in (Outcome.SENT, Outcome.ANSWERED)
    assert await waiting(world) == []


async def test_of_two_answers_one_counts(world: World) -> None:
    editor = await known(world, await officer(world, "Biên", role="editor"))
    lan = await known(world, world.user())
    for number in range(ROUNDS):
        missed_id = await _note(world, f"{'abcdefghij'[number] * 6} mnopq")
        await _ask(world, lan, missed_id)
        results = await asyncio.gather(
            *(_answer(world, editor, missed_id, text) for text in ("Bỏ vô rác khác.", "Bỏ vô tái chế."))
        )
        assert sorted(len(askers) for askers in results if askers is not None) == [1]


async def test_two_who_are_first_to_ask_alike_make_one_row(world: World) -> None:
    for number in range(ROUNDS):
        text = f"{'abcdefghij'[number] * 6} mnopq"
        ids = await asyncio.gather(*(_note(world, text) for _ in range(3)))
        assert len(set(ids)) == 1
    assert [row.times for row in await missed(world)] == [3] * ROUNDS
