"""🧩 Đố vui: a question in place, five a round, nothing kept about who plays."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from bot.quizzes import Quiz, Quizzes
from bot.store.tables import Base
from bot.talk.buttons import pack
from bot.talk.quiz_round import LENGTH, ORDERS, Round
from tests.harness import Heard, User, World

ONWARD, AGAIN = "➡️ Câu khác", "🔁 Chơi tiếp"
STALE = "Nút này cũ rồi."


def _quizzes(world: World) -> Quizzes:
    return world.app.services.library.knowledge.quizzes


def _asked(world: World, message: Heard) -> Quiz:
    """The quiz whose question is shown."""
    (quiz,) = (one for one in _quizzes(world).all if f"<b>{escape(one.question)}</b>" in message.text)
    return quiz


async def _answers(lan: User, *, right: bool = True) -> Quiz:
    quiz = _asked(lan.world, lan.last)
    wrong = next(answer for answer in quiz.answers if answer != quiz.right_answer)
    await lan.presses(quiz.right_answer if right else wrong)
    return quiz


@pytest.mark.parametrize("words", ["/dovui", "/quiz", "đố vui", "Do vui", "ddoos vui", "quiz", "Câu đố!"])
async def test_a_question_comes_with_its_answers_one_a_row(world: World, words: str) -> None:
    lan = world.user()
    await lan.sends(words)
    quiz = _asked(world, lan.last)
    assert f"câu 1/{LENGTH}" in lan.last.text
    assert [[button["text"] for button in row] for row in lan.last.markup["inline_keyboard"]] == [
        [answer] for answer in quiz.answers
    ]
    assert escape(quiz.why) not in lan.last.text


async def test_it_is_among_the_other_things(world: World) -> None:
    lan = world.user()
    await lan.sends("⚙️ Khác")
    await lan.presses("🧩 Đố vui")
    assert _asked(world, lan.last)


async def test_other_words_are_not_taken_for_it(world: World) -> None:
    lan = world.user()
    await lan.sends("đồ vui lòng chỉ chỗ bỏ")
    assert "🧩" not in lan.last.text


async def test_a_right_answer_is_explained_in_place(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    quiz = await _answers(lan)
    assert len(lan.heard) == 1
    assert f"✅ Đúng rồi: <b>{escape(quiz.right_answer)}</b>" in lan.last.text
    for part in (quiz.question, quiz.why, quiz.source, "Đúng 1/1"):
        assert escape(part) in lan.last.text
    assert lan.last.labels == [ONWARD, "🌱 Đọc mẹo này", "↩️ Chủ đề"]


async def test_a_wrong_answer_is_put_right(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    quiz = await _answers(lan, right=False)
    assert "❌" in lan.last.text
    assert f"✅ Câu đúng là: <b>{escape(quiz.right_answer)}</b>" in lan.last.text
    assert "Đúng 0/1" in lan.last.text


async def test_pressing_twice_counts_once(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    quiz = _asked(world, lan.last)
    data = lan.last.data(quiz.right_answer)
    for _ in range(2):
        await lan.presses_data(data, lan.last)
        assert "Đúng 1/1" in lan.last.text
    await lan.presses(ONWARD)
    await lan.presses_data(data, lan.last)
    assert escape(quiz.why) in lan.last.text
    assert "Đúng 1/1" in lan.last.text


async def test_five_questions_end_with_the_tally_and_a_link_to_pass_on(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    for number in range(1, LENGTH):
        await _answers(lan, right=number != 2)
        await lan.presses(ONWARD)
        assert f"câu {number + 1}/{LENGTH}" in lan.last.text
    quiz = await _answers(lan)
    assert "Đúng 4/5, hết một vòng rồi." in lan.last.text
    assert lan.last.labels == [AGAIN, "🔗 Chia sẻ", "🌱 Đọc mẹo này", "↩️ Chủ đề"]
    share = next(button for button in lan.last.inline if button["text"] == "🔗 Chia sẻ")
    link = f"https://t.me/travinhxanh_bot?start=q_{quiz.id}"
    assert parse_qs(urlsplit(share["url"]).query) == {"url": [link], "text": [quiz.question]}
    assert len(lan.heard) == 1


async def test_all_right_is_praised(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    for _ in range(LENGTH - 1):
        await _answers(lan)
        await lan.presses(ONWARD)
    await _answers(lan)
    assert "Đúng 5/5, trọn một vòng." in lan.last.text


async def test_no_question_comes_twice_before_all_have_come(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    every = len(_quizzes(world).all)
    seen = []
    for _ in range(every):
        seen.append((await _answers(lan)).id)
        await lan.presses(AGAIN if AGAIN in lan.last.labels else ONWARD)
    assert len(set(seen)) == every
    assert _asked(world, lan.last).id == seen[0]


async def test_neighbours_are_asked_in_another_order(world: World) -> None:
    first = set()
    for _ in range(5):
        person = world.user()
        await person.sends("/dovui")
        first.add(_asked(world, person.last).id)
    assert len(first) > 1


async def test_a_shared_link_asks_the_same_question(world: World) -> None:
    lan = world.user()
    quiz = _quizzes(world).quiz("ong_hut_ve_chai")
    await lan.sends(f"/start q_{quiz.id}")
    assert _asked(world, lan.last) == quiz
    assert "📸 Báo điểm rác" in lan.heard[0].keys


async def test_an_old_link_to_a_quiz_that_is_gone_greets(world: World) -> None:
    lan = world.user()
    await lan.sends("/start q_none")
    assert "📸 Báo điểm rác" in lan.heard[0].keys


async def test_a_tip_with_a_quiz_asks_it_and_goes_on_within_its_topic(world: World) -> None:
    lan = world.user()
    quiz = _quizzes(world).quiz("ong_hut_ve_chai")
    await lan.sends(f"/start m_{quiz.tip}")
    await lan.presses("🧩 Đố vui")
    tip = lan.last
    assert _asked(world, tip) == quiz
    for _ in range(len(_quizzes(world).of_topic("giam-nhua"))):
        asked = await _answers(lan)
        assert _quizzes(world).topic_of(asked.id) == "giam-nhua"
        await lan.presses(AGAIN if AGAIN in lan.last.labels else ONWARD)
    assert _asked(world, lan.last) == quiz


async def test_only_tips_with_a_quiz_have_the_button(world: World) -> None:
    lan = world.user()
    knowledge = world.app.services.library.knowledge
    await lan.sends("/start t_giam-nhua")
    shown = {}
    for _ in knowledge.tips.of("giam-nhua"):
        (tip,) = (one for one in knowledge.tips.all if f"<b>{escape(one.title)}</b>" in lan.last.text)
        shown[tip.id] = "🧩 Đố vui" in lan.last.labels
        await lan.presses("➡️ Mẹo khác")
    assert shown == {
        tip.id: knowledge.quizzes.of_tip(tip.id) is not None for tip in knowledge.tips.of("giam-nhua")
    }
    assert set(shown.values()) == {True, False}


async def test_the_tip_is_read_below_and_the_round_stays(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    quiz = await _answers(lan)
    answered = lan.last
    await lan.presses("🌱 Đọc mẹo này")
    tip = world.app.services.library.knowledge.tips.tip(quiz.tip)
    assert escape(tip.title) in lan.last.text
    await lan.presses(ONWARD, on=answered)
    assert f"câu 2/{LENGTH}" in lan.heard[0].text


async def test_back_to_the_topics(world: World) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    await _answers(lan)
    await lan.presses("↩️ Chủ đề")
    assert "💡 Tiết kiệm điện" in lan.last.labels


@pytest.mark.parametrize(
    "data",
    [
        "1:quiz.tip",
        "1:quiz.tip:none",
        "1:quiz.tip:none:1",
        "1:quiz.read:none",
        "1:quiz.next:none:1:0:0:0",
        "1:quiz.next:ong_hut_ve_chai",
        "1:quiz.next:ong_hut_ve_chai:1:0:1:2",
        "1:quiz.next:ong_hut_ve_chai:-1:0:0:0",
        "1:quiz.answer",
        "1:quiz.answer:none:1:1:0:0:0",
        "1:quiz.answer:ong_hut_ve_chai:0:1:0:0:0",
        "1:quiz.answer:ong_hut_ve_chai:5:1:0:0:0",
        "1:quiz.answer:ong_hut_ve_chai:x:1:0:0:0",
        "1:quiz.answer:ong_hut_ve_chai:1:1:0:5:5",
        "1:quiz.answer:ong_hut_ve_chai:1:1000:0:0:0",
        "0:quiz.next:ong_hut_ve_chai:1:0:0:0",
    ],
)
async def test_forged_buttons_are_answered(world: World, data: str) -> None:
    lan = world.user()
    await lan.sends("/dovui")
    assert await lan.presses_data(data, lan.last) == STALE


async def test_in_groups_there_is_no_quiz(world: World) -> None:
    lan, group = world.user(), world.group()
    await lan.sends("/dovui", where=group)
    assert "nhắn riêng" in group.last.text
    said = group.last.text
    for data in (pack("quiz.start"), pack("quiz.tip", "khoi-ong-hut")):
        assert await lan.presses_data(data, group.last, where=group) == STALE
    assert [message.text for message in group.heard] == [said]
    assert lan.heard == []


async def test_a_question_that_is_open_keeps_its_answer(world: World) -> None:
    lan = world.user()
    await lan.sends_photo()
    await lan.sends("quiz")
    assert "🧩" not in lan.last.text


async def test_nothing_about_the_player_is_kept(world: World) -> None:
    lan = world.user()
    await lan.sends("/trogiup")
    before = await _rows(world)
    await lan.sends("/dovui")
    await _answers(lan)
    await lan.presses(ONWARD)
    assert await _rows(world) == before


async def _rows(world: World) -> dict[str, int]:
    """Of every table but the two through which updates and answers pass."""
    passing = {"inbox", "outbox"}
    async with world.app.store.read() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name not in passing
        }


async def test_the_longest_data_fits(world: World) -> None:
    played = Round(ORDERS - 1, in_topic=True, asked=LENGTH, right=LENGTH)
    assert len(pack("quiz.answer", "x" * 32, 4, *played.packed())) <= 64
    assert Round.unpacked([str(part) for part in played.packed()]) == played
