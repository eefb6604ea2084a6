"""What tells evidence that answers from evidence that only touches the question: each number worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.evidence import FEATURES, Evidence, weigh
from assistant.question import Question, read_question
from assistant.words import WordIndex
from corpus.library import Library
from corpus.records import Bilingual
from tests.assistant.made import document, passage, unit
from tests.letters import add_texts

REPORT = document("report")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    """Of two paragraphs: 企鹅 stands in both, 磷虾 in one, both words of the English ones in one each."""
    library = Library.open(tmp_path_factory.mktemp("home"))
    add_texts(library, "report", {"zh": ["企鹅磷虾", "企鹅"], "en": ["penguins ACTGROUP", "krill"]})
    return WordIndex(library)


def numbers(evidence: Evidence) -> dict[str, float]:
    return dict(zip(FEATURES, evidence.features, strict=True))


def asked(text: str) -> Question:
    return read_question(text, (REPORT,))


def test_cosines_and_by_how_much_the_best_fits_better(index: WordIndex) -> None:
    passages = [passage(unit("企鹅。", f"p{n}"), 0.9, tokens) for n, tokens in enumerate((0.6, 0.5, 0.3), 1)]
    found = numbers(weigh(asked("企鹅"), passages, REPORT, index))
    assert found["similarity"] == 0.9
    assert found["tokens"] == 0.6
    assert found["margin"] == pytest.approx(0.6 - (0.5 + 0.3) / 2)
    assert numbers(weigh(asked("企鹅"), passages[:1], REPORT, index))["margin"] == 0.0


def test_shares_of_the_topic(index: WordIndex) -> None:
    """Of 企鹅 and 磷虾 the rarities are ln(1 + .5/2.5) and ln(1 + 1.5/1.5): .182 and .693."""
    question = asked("企鹅 磷虾")
    penguin, krill = 0.1823, 0.6931
    both = [passage(unit("企鹅在南方。磷虾在海里。"))]
    found = numbers(weigh(question, both, REPORT, index))
    assert found["words"] == 1.0
    assert found["sentence"] == pytest.approx(krill / (penguin + krill), abs=1e-3)
    one = [passage(unit("企鹅在南方。")), passage(unit("天冷。", "p2"))]
    found = numbers(weigh(question, one, REPORT, index))
    assert (
        found["words"] == found["sentence"] == found["together"] == pytest.approx(penguin / (penguin + krill), abs=1e-3)
    )
    # The next two, and what a passage stands under, count together with it; the fourth does not.
    three = [*one, passage(unit("磷虾在海里。", "p3"))]
    assert numbers(weigh(question, three, REPORT, index))["together"] == 1.0
    under = [passage(unit("企鹅在南方。", heading="磷虾"))]
    assert numbers(weigh(question, under, REPORT, index))["together"] == 1.0
    titled = replace(REPORT, short_titles=Bilingual("磷虾报告", "Krill report"))
    assert numbers(weigh(question, one, titled, index))["together"] == 1.0
    fourth = [*one, passage(unit("天冷。", "p3")), passage(unit("磷虾在海里。", "p4"))]
    assert numbers(weigh(question, fourth, REPORT, index))["together"] < 1.0


def test_names_that_the_best_passage_lacks(index: WordIndex) -> None:
    best = [passage(unit("2012年,企鹅在南非。"))]
    assert weigh(asked("2012年南非的企鹅"), best, REPORT, index).missing == ()
    evidence = weigh(asked("2013年法国的企鹅"), best, REPORT, index)
    assert {name.surface for name in evidence.missing} == {"2013", "法国"}
    assert numbers(evidence)["missing"] == 1.0
    # The year of a document is said of all its paragraphs.
    dated = replace(REPORT, dates=Bilingual("2013年5月", "May 2013"))
    assert weigh(asked("2013年的企鹅"), best, dated, index).missing == ()


def test_the_kind_of_answer_in_the_passage_or_beside_its_best_sentence(index: WordIndex) -> None:
    question = asked("企鹅有多少只?")
    near = numbers(weigh(question, [passage(unit("企鹅很多。共有 500 只。"))], REPORT, index))
    far = numbers(weigh(question, [passage(unit("企鹅很多。天很冷。共有 500 支枪。"))], REPORT, index))
    none = numbers(weigh(question, [passage(unit("企鹅很多。"))], REPORT, index))
    assert (near["ungiven"], near["ungiven_nearby"]) == (0.0, 0.0)
    assert (far["ungiven"], far["ungiven_nearby"]) == (0.0, 1.0)
    assert (none["ungiven"], none["ungiven_nearby"]) == (1.0, 1.0)
    assert numbers(weigh(asked("企鹅吃磷虾吗?"), [passage(unit("企鹅。"))], REPORT, index))["ungiven"] == 0.0


@pytest.mark.parametrize(
    ("text", "feature", "value"),
    [
        ("我国应支持企鹅吗?", "beyond", 1.0),
        ("企鹅吃磷虾吗?", "beyond", 0.0),
        ("penguins of the XQZFUND", "strange", 1.0),
        ("penguins of the ACTGROUP", "strange", 0.0),
        ("Xqzfund penguins", "strange", 0.0),
        ("第五次会议谈到企鹅吗?", "elsewhere", 1.0),
        ("企鹅专家会议说了什么?", "elsewhere", 0.0),
        ("第10/2号决议的全文是什么?", "wording", 1.0),
        ("企鹅最后怎么样了?", "afterwards", 1.0),
        ("What came of the penguins in the end?", "afterwards", 1.0),
        ("企鹅怎么样了?", "afterwards", 0.0),
        ("penguins", "english", 1.0),
        ("企鹅", "english", 0.0),
    ],
)
def test_what_the_question_alone_tells(index: WordIndex, text: str, feature: str, value: float) -> None:
    assert numbers(weigh(asked(text), [passage(unit("企鹅。"))], REPORT, index))[feature] == value


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("会议通过了什么?", "agenda", 1.0),
        ("What did the meeting decide?", "agenda", 1.0),
        ("会议何时开幕?", "agenda", 0.0),
        ("会议通过了什么?", "report", 0.0),
    ],
)
def test_an_agenda_tells_no_outcome(index: WordIndex, text: str, kind: str, outcome: float) -> None:
    of = document("report", kind)
    assert numbers(weigh(asked(text), [passage(unit("企鹅。"))], of, index))["outcome"] == outcome


def test_a_question_without_words_of_its_own_shares_nothing(tmp_path: Path) -> None:
    index = WordIndex(Library.open(tmp_path))
    found = numbers(weigh(asked("这是什么?"), [passage(unit("企鹅。"))], REPORT, index))
    assert found["words"] == found["sentence"] == found["together"] == 0.0


@pytest.mark.parametrize(("kind", "plan"), [("agenda", 1.0), ("report", 0.0)])
def test_a_plan_does_not_tell_what_came_of_it(index: WordIndex, kind: str, plan: float) -> None:
    of = document("report", kind)
    assert numbers(weigh(asked("企鹅最后怎么样了?"), [passage(unit("企鹅。"))], of, index))["plan"] == plan
    assert numbers(weigh(asked("企鹅怎么样了?"), [passage(unit("企鹅。"))], of, index))["plan"] == 0.0


def test_a_number_beside_what_is_counted(index: WordIndex) -> None:
    question = asked("企鹅有多少磷虾?")
    beside = numbers(weigh(question, [passage(unit("企鹅有 500 磷虾。"))], REPORT, index))
    far = numbers(weigh(question, [passage(unit("企鹅。天冷。风大。有 500 磷虾。"))], REPORT, index))
    other = numbers(weigh(question, [passage(unit("企鹅很多,磷虾很少。共有 500 支枪。"))], REPORT, index))
    assert (beside["uncounted"], beside["uncounted_nearby"]) == (0.0, 0.0)
    assert far["uncounted"] == 0.0
    assert other["uncounted"] == 1.0
    assert numbers(weigh(asked("企鹅吃什么?"), [passage(unit("企鹅。"))], REPORT, index))["uncounted"] == 0.0


def test_what_the_best_passage_lacks(index: WordIndex) -> None:
    """Rarities as above: 企鹅 .182, 磷虾 .693."""
    question = asked("企鹅 磷虾")
    one = numbers(weigh(question, [passage(unit("企鹅。"))], REPORT, index))
    assert one["rarest_unheld"] == one["unheld_beside"] == pytest.approx(0.6931, abs=1e-3)
    assert one["unheld"] == pytest.approx(0.6931 / (0.6931 + 0.1823), abs=1e-3)
    apart = numbers(weigh(question, [passage(unit("企鹅。磷虾。"))], REPORT, index))
    assert apart["rarest_unheld"] == apart["unheld"] == 0.0
    assert apart["unheld_beside"] == pytest.approx(0.1823, abs=1e-3)


def test_by_how_much_the_best_leads(index: WordIndex) -> None:
    scores = (0.9, 0.7, 0.3)
    passages = [replace(passage(unit("企鹅。", f"p{n}"), s, 0.5), score=s) for n, s in enumerate(scores, 1)]
    found = numbers(weigh(asked("企鹅"), passages, REPORT, index))
    assert found["lead_second"] == pytest.approx(0.2)
    assert found["lead_ten"] == found["similarity_lead"] == pytest.approx(0.9 - (0.7 + 0.3) / 2)
    assert found["words_lead"] == 0.0
    alone = numbers(weigh(asked("企鹅"), passages[:1], REPORT, index))
    assert (alone["lead_second"], alone["lead_ten"], alone["words_lead"]) == (0.0, 0.0, 1.0)
