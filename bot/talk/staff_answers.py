"""What people hear who asked staff: the answer, or that none came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from markupsafe import Markup

from bot import questions
from bot.questions import Asker
from bot.refusal import N_
from bot.say import Say
from bot.talk.speaker import Speaker

_ANSWER = N_("💬 Cán bộ trả lời câu hỏi của bạn: “{question}”\n\n{answer}")
_NO_ANSWER = N_(
    "Câu bạn hỏi cán bộ, “{question}”, tới nay chưa ai trả lời được, nên Trà Vinh Xanh không giữ nữa."
    " Bạn hỏi đơn vị thu gom, hoặc hỏi lại khi cần nha."
)


def answer_text(speaker: Speaker, language: str, question: str, answer: str) -> Markup:
    return speaker.t_in(language, _ANSWER, question=question, answer=answer)


def tell_answer(speaker: Speaker, askers: Iterable[Asker], answer: str) -> None:
    for asker in askers:
        speaker.tell(asker.address, Say(answer_text(speaker, asker.language, asker.text, answer)))


async def end_waiting(speaker: Speaker) -> None:
    """Whoever waited a month in vain, or asked what staff passed over, hears so; not at night."""
    local = speaker.now.astimezone(speaker.settings.timezone)
    held = questions.NIGHT if speaker.settings.quiet_hours.covers(local.time()) else timedelta()
    while askers := await questions.end_old(speaker.session, speaker.now, held):
        for asker in askers:
            text = speaker.t_in(asker.language, _NO_ANSWER, question=asker.text)
            speaker.tell(asker.address, Say(text))
