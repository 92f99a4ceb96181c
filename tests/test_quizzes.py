from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.content.check import check
from bot.content.files import ContentError
from bot.quizzes import Quizzes, load_quizzes
from bot.tips import Tips, load_tips
from tests.test_content_check import TODAY

CONTENT = Path(__file__).parents[1] / "content"
PLASTIC = "quizzes/giam-nhua.yaml"
HEAD = "quizzes:\n"
QUIZ = """\
  - id: {id}
    tip: {tip}
    question: "Đi chợ đem theo món nào?"
    answers:
      - "Cái giỏ"
      - "Cái thùng xốp"
    right: 1
    why: "Giỏ xài hoài không hư."
    source: "Trà Vinh Xanh biên soạn, chờ Sở duyệt"
"""


@pytest.fixture(scope="module")
def tips() -> Tips:
    return load_tips(CONTENT)


@pytest.fixture(scope="module")
def quizzes(tips: Tips) -> Quizzes:
    return load_quizzes(CONTENT, tips)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """One good file of two quizzes, beside all tips."""
    (tmp_path / "quizzes").mkdir()
    text = HEAD + QUIZ.format(id="gio_di_cho", tip="mot-cai-tui-xai-mai")
    text += QUIZ.format(id="ong_hut", tip="khoi-ong-hut")
    (tmp_path / PLASTIC).write_text(text, encoding="utf-8")
    return tmp_path


def faults(copy: Path, tips: Tips) -> list[str]:
    with pytest.raises(ContentError) as error:
        load_quizzes(copy, tips)
    return [f"{fault.path.relative_to(copy)}:{fault.line}: {fault.message}" for fault in error.value.faults]


def test_there_is_enough_to_ask_in_every_topic(quizzes: Quizzes, tips: Tips) -> None:
    assert len(quizzes.all) >= 60
    assert min(len(quizzes.of_topic(topic.code)) for topic in tips.topics) >= 5


def test_every_shipped_quiz_goes_with_a_tip_and_fits_its_buttons(quizzes: Quizzes, tips: Tips) -> None:
    for quiz in quizzes.all:
        assert tips.tip(quiz.tip).topic == quizzes.topic_of(quiz.id)
        assert max(map(len, quiz.answers)) <= 40
        assert quiz.right_answer in quiz.answers


def test_the_place_of_the_right_answer_gives_nothing_away(quizzes: Quizzes) -> None:
    places = [quiz.right for quiz in quizzes.all]
    assert max(places.count(place) for place in set(places)) < 0.5 * len(places)


def test_a_tip_leads_to_its_quiz(quizzes: Quizzes) -> None:
    quiz = quizzes.quiz("ong_hut_ve_chai")
    assert quizzes.of_tip("khoi-ong-hut") == quiz
    assert quizzes.of_tip("none") is None


@pytest.mark.parametrize("topic", [None, "giam-nhua"])
def test_none_comes_twice_until_all_have_come(quizzes: Quizzes, topic: str | None) -> None:
    pool = quizzes.all if topic is None else quizzes.of_topic(topic)
    walked = [pool[0].id]
    while (following := quizzes.next(walked[-1], topic, order=7).id) != walked[0]:
        walked.append(following)
    assert sorted(walked) == sorted(quiz.id for quiz in pool)


def test_each_order_is_another(quizzes: Quizzes) -> None:
    starts = [quizzes.first(order) for order in range(20)]
    assert len({quiz.id for quiz in starts}) > 10
    assert quizzes.first(3) == starts[3]


def test_a_new_quiz_leaves_the_others_in_their_order(quizzes: Quizzes) -> None:
    topic = "giam-nhua"
    whole, fewer = quizzes.of_topic(topic), Quizzes({topic: quizzes.of_topic(topic)[1:]})
    added, walk = whole[0].id, [whole[1].id]
    for _ in whole[1:]:
        walk.append(quizzes.next(walk[-1], topic).id)
    walk.remove(added) if added in walk else walk.pop()
    assert walk[1:] == [fewer.next(one).id for one in walk[:-1]]


def test_codes_that_do_not_exist(quizzes: Quizzes) -> None:
    for ask in (quizzes.quiz, quizzes.next, quizzes.of_topic, quizzes.topic_of):
        with pytest.raises(KeyError):
            ask("none")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("id: gio_di_cho", f"id: {'a' * 33}", 2, "at most 32 characters"),
        ("id: gio_di_cho", "id: Giỏ", 2, "String should match pattern"),
        ("tip: mot-cai-tui-xai-mai", "tip: none", 3, "there is no tip 'none'"),
        ("tip: mot-cai-tui-xai-mai", "tip: sua-voi-ri", 3, "tip 'sua-voi-ri' is of topic 'tiet-kiem-nuoc'"),
        ("Đi chợ đem theo món nào?", "A" * 161, 4, "at most 160"),
        ("Cái giỏ", "A" * 41, 6, "at most 40"),
        ("Cái giỏ", "CÁI THÙNG XỐP", 6, "two answers are the same"),
        ('      - "Cái giỏ"\n', "", 6, "there are 1 answers; 2 to 4 are wanted"),
        (
            '      - "Cái giỏ"\n',
            "".join(f'      - "{n}"\n' for n in "1234"),
            6,
            "there are 5 answers; 2 to 4 are wanted",
        ),
        ("right: 1", "right: 3", 8, "there are 2 answers"),
        ("right: 1", "right: 0", 8, "greater than or equal to 1"),
        ("Giỏ xài hoài không hư.", "A" * 241, 9, "at most 240"),
        ('    source: "Trà Vinh Xanh biên soạn, chờ Sở duyệt"\n', "", 2, "source: Field required"),
        ("right: 1", "right: 1\n    hint: x", 9, "Extra inputs are not permitted"),
        ("id: gio_di_cho", "id: ong_hut", 11, "id 'ong_hut' is already used in"),
    ],
)
def test_a_fault_is_told_by_line(copy: Path, tips: Tips, old: str, new: str, line: int, message: str) -> None:
    path = copy / PLASTIC
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (fault,) = faults(copy, tips)
    assert fault.startswith(f"{PLASTIC}:{line}: ")
    assert message in fault


def test_an_id_is_unique_over_all_files(copy: Path, tips: Tips) -> None:
    text = HEAD + QUIZ.format(id="ong_hut", tip="sua-voi-ri")
    (copy / "quizzes/tiet-kiem-nuoc.yaml").write_text(text, encoding="utf-8")
    used = f"id 'ong_hut' is already used in {copy / PLASTIC}"
    assert faults(copy, tips) == [f"quizzes/tiet-kiem-nuoc.yaml:2: {used}"]


def test_a_file_is_named_after_a_topic(copy: Path, tips: Tips) -> None:
    (copy / PLASTIC).rename(copy / "quizzes/none.yaml")
    assert faults(copy, tips) == ["quizzes/none.yaml:1: the file is named after no topic: 'none'"]


def test_faults_of_several_files_are_told_at_once(copy: Path, tips: Tips) -> None:
    (copy / "quizzes/phan-loai.yaml").write_text("quizzes: []\n", encoding="utf-8")
    (copy / "quizzes/tai-su-dung.yaml").write_text("quizzes: [", encoding="utf-8")
    assert [fault.split(":")[0] for fault in faults(copy, tips)] == [
        "quizzes/phan-loai.yaml",
        "quizzes/tai-su-dung.yaml",
    ]


def test_without_any_quiz_there_is_nothing_to_play(tmp_path: Path, tips: Tips) -> None:
    assert faults(tmp_path, tips) == ["quizzes:1: there are no quizzes"]


def test_the_content_check_tells_faults_of_quizzes(tmp_path: Path) -> None:
    content = shutil.copytree(CONTENT, tmp_path / "content")
    (content / PLASTIC).write_text(HEAD + QUIZ.format(id="x", tip="none"), encoding="utf-8")
    assert [str(fault) for fault in check(content, TODAY)] == [
        f"{content / PLASTIC}:3: there is no tip 'none'"
    ]
