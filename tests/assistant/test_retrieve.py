"""The ranking: scores against a slow oracle, one passage an anchor, and what a search is limited to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.asked import share_ungiven
from assistant.concepts import held
from assistant.names import share_named
from assistant.question import Question, read_question
from assistant.retrieve import Passage, Retriever
from assistant.weights import RETRIEVAL, RetrievalWeights
from corpus.library import Library
from corpus.records import LANGUAGES, Bilingual, Language, Unit
from corpus.words import segmenter
from embeddings.build import ensure_index
from embeddings.snapshot import Query, Snapshot
from tests.letters import Letters, add_texts, ids_of

REPORT: dict[Language, list[str]] = {
    "zh": ["缔约国应标记所有枪支。标记应当清晰。", "秘书处报告说，2012年5月销毁了1,045支枪支。", "会议在维也纳举行。"],
    "en": [
        "States should mark all firearms. The mark should be clear.",
        "The Secretariat reported that 1,045 firearms were destroyed in May 2012.",
        "The meeting was held in Vienna.",
    ],
}
PAPER: dict[Language, list[str]] = {
    "zh": ["南非追查了许多枪支。", "企鹅以磷虾为食。"],
    "en": ["South Africa traced many firearms.", "Penguins feed on krill.", "Zebras feed on grass, only English says."],
}  # fmt: skip
ALONE: dict[Language, list[str]] = {"zh": ["海豹以鱼为食。", "海象也以蛤为食。"]}
QUESTIONS = (
    "缔约国如何标记枪支？",
    "2012年5月销毁了多少支枪支？",
    "企鹅以什么为食？",
    "How many firearms were destroyed in May 2012?",
    "What do penguins feed on?",
    "Did South Africa trace firearms?",
    "海象吃什么？",
)
NOTHING = RetrievalWeights(paragraph=0.0, sentence=0.0, tokens=0.0, words=0.0)


def library_in(home: Path) -> Library:
    """Three documents: two in both languages, of which one has a paragraph more in English, and a Chinese one."""
    built = Library.open(home)
    add_texts(built, "report", REPORT, Bilingual("会议报告", "Meeting report"))
    add_texts(built, "paper", PAPER, Bilingual("背景文件", "Background paper"))
    add_texts(built, "alone", ALONE)
    return built


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """For reading only."""
    return library_in(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def snapshot(library: Library) -> Snapshot:
    return ensure_index(library, Letters(), progress=False)


def asked(text: str, library: Library) -> Question:
    return read_question(text, library.documents())


def shown(passages: Sequence[Passage]) -> list[str]:
    return [f"{passage.unit.anchor_id} {passage.unit.language}" for passage in passages]


def slow_scores(
    question: Question, library: Library, snapshot: Snapshot, weights: RetrievalWeights
) -> dict[str, float]:
    """The score of every unit, one after the other, of parts that have oracles of their own."""
    encoded, retriever = Letters().encode_question(question.plain), Retriever(library, snapshot, Letters())
    query = Query(encoded.vector, encoded.states, question.language, weights.centred)
    documents = {document.doc_id: document for document in library.documents()}
    scores = {}
    for name, unit_id in ids_of(library).items():
        (unit,) = library.units_by_id([unit_id]).values()
        language = unit.language
        score = weights.paragraph * snapshot.unit_scores(query, [unit_id], language)[unit_id]
        score += weights.sentence * max(snapshot.sentence_scores(query, [unit_id], language)[unit_id].values())
        score += weights.tokens * snapshot.token_scores(query, [unit_id], language)[unit_id]
        score += weights.words * retriever.words.scores(question.concepts[language], language).get(unit_id, 0.0)
        score += weights.sentence_words * best_share(question, unit, retriever)
        score += weights.named_document * (unit.doc_id in question.documents)
        score += weights.named_thing * share_named(question.names, unit, documents[unit.doc_id])
        scores[name] = score
    return scores


def best_share(question: Question, unit: Unit, retriever: Retriever) -> float:
    """The share of the topic's words, by rarity, in the sentence that holds most of it."""
    topic = question.topic[unit.language]
    rarities = retriever.words.rarities(topic, unit.language)
    shares = []
    for sentence in unit.sentences:
        words = set(segmenter().words(unit.text[sentence.start : sentence.end]))
        shares.append(sum(rarity * held(concept, words) for concept, rarity in zip(topic, rarities, strict=True)))
    return max(shares) / sum(rarities) if topic else 0.0


def of_anchors(
    scores: Mapping[str, float], question: Question, library: Library, weights: RetrievalWeights
) -> dict[str, float]:
    """The score of each anchor: the mean of its versions', one in the other language than the question by weight.

    Less where what is shown lacks what is asked for; the anchors of these tests are all few enough to be read closely.
    """
    result, own, ids = {}, question.language, ids_of(library)
    for anchor in {name.split()[0] for name in scores}:
        versions = {name.split()[1]: score for name, score in scores.items() if name.split()[0] == anchor}
        shares = {language: 1.0 if language == own else weights.other_version for language in versions}
        result[anchor] = sum(shares[of] * versions[of] for of in versions) / sum(shares.values())
        (unit,) = library.units_by_id([ids[f"{anchor} {own if own in versions else next(iter(versions))}"]]).values()
        result[anchor] -= weights.ungiven * share_ungiven(unit.text, question.plain, unit.language)
    return result


@pytest.mark.parametrize(
    "weights",
    [
        replace(RETRIEVAL, expected_kind=0.0),
        replace(RETRIEVAL, expected_kind=0.0, centred=False),
        replace(RETRIEVAL, expected_kind=0.0, other_version=0.25),
        replace(NOTHING, paragraph=1.0),
        replace(NOTHING, sentence=1.0),
        replace(NOTHING, tokens=1.0),
    ],
)
@pytest.mark.parametrize("text", QUESTIONS)
def test_scores_agree_with_the_slow_oracle(
    library: Library, snapshot: Snapshot, text: str, weights: RetrievalWeights
) -> None:
    question = asked(text, library)
    found = Retriever(library, snapshot, Letters(), weights).retrieve(question, 100)
    expected = of_anchors(slow_scores(question, library, snapshot, weights), question, library, weights)
    assert {p.unit.anchor_id: p.score for p in found} == pytest.approx(expected, abs=1e-5)
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_anchor_comes_once_in_the_language_of_the_question(library: Library, snapshot: Snapshot, text: str) -> None:
    question = asked(text, library)
    found = Retriever(library, snapshot, Letters()).retrieve(question, 100)
    names = set(ids_of(library))
    anchors = [p.unit.anchor_id for p in found]
    assert sorted(anchors) == sorted({name.split()[0] for name in names})
    for passage in found:
        own = f"{passage.unit.anchor_id} {question.language}"
        assert shown([passage]) == [own] or own not in names


def test_the_version_in_the_other_language_lends_its_score_only(library: Library, snapshot: Snapshot) -> None:
    """An English word in a Chinese question is in the English version; the Chinese one is shown for it."""
    question = asked("krill是什么？", library)
    assert question.language == "zh"
    weights = replace(NOTHING, words=1.0)
    (best, *rest) = Retriever(library, snapshot, Letters(), weights).retrieve(question, 3)
    assert shown([best]) == ["paper#p2 zh"]
    # Of the two versions one has all of the words and the other none.
    assert best.score == pytest.approx(weights.other_version / (1 + weights.other_version))
    assert best.words == 0.0
    assert all(passage.score == 0.0 for passage in rest)


def test_an_anchor_of_one_language_is_found_from_the_other(library: Library, snapshot: Snapshot) -> None:
    retriever = Retriever(library, snapshot, Letters(), replace(NOTHING, words=1.0))
    assert shown(retriever.retrieve(asked("What do zebras eat?", library), 1)) == ["paper#p3 en"]
    assert shown(retriever.retrieve(asked("zebras吃什么？", library), 1)) == ["paper#p3 en"]
    assert shown(retriever.retrieve(asked("海豹", library), 1)) == ["alone#p1 zh"]
    assert "alone#p1 zh" in shown(retriever.retrieve(asked("What does a seal eat?", library), 3))


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_search_keeps_to_its_documents_and_languages(library: Library, snapshot: Snapshot, text: str) -> None:
    question, retriever = asked(text, library), Retriever(library, snapshot, Letters())
    every = retriever.retrieve(question, 100)
    for documents in (["paper"], ["report", "alone"], ["alone"]):
        kept = [p.unit.anchor_id for p in every if p.unit.doc_id in documents]
        assert [p.unit.anchor_id for p in retriever.retrieve(question, 100, documents)] == kept
    for language in LANGUAGES:
        found = retriever.retrieve(question, 100, languages=[language])
        assert {p.unit.language for p in found} == {language}
        assert len(found) == len(library.unit_ids(language))
    assert {p.unit.doc_id for p in retriever.retrieve(question, 100, ["paper"], ["en"])} == {"paper"}
    assert retriever.retrieve(question, 100, ["alone"], ["en"]) == []
    assert retriever.retrieve(question, 100, ["no-such"]) == []


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_shown_keeps_to_its_languages_and_all_of_them_help_to_find_it(
    library: Library, snapshot: Snapshot, text: str
) -> None:
    question, retriever = asked(text, library), Retriever(library, snapshot, Letters())
    every = retriever.retrieve(question, 100)
    own = [passage for passage in every if passage.unit.language == question.language]
    assert retriever.retrieve(question, 100, shown=[question.language]) == own
    for language in LANGUAGES:
        found = retriever.retrieve(question, 100, shown=[language])
        assert {passage.unit.language for passage in found} == {language}
        assert len(found) == len(library.unit_ids(language))
        assert shown(retriever.retrieve(question, 2, shown=[language])) == shown(found)[:2]
    assert retriever.retrieve(question, 100, shown=["en", "zh"]) == every
    assert retriever.retrieve(question, 100, ["alone"], shown=["en"]) == []
    assert retriever.retrieve(question, 100, languages=["zh"], shown=["en"]) == []


def test_a_text_is_found_by_what_its_version_says_that_is_not_shown(library: Library, snapshot: Snapshot) -> None:
    retriever = Retriever(library, snapshot, Letters(), replace(NOTHING, words=1.0))
    (best, *rest) = retriever.retrieve(asked("krill是什么？", library), 9, shown=["zh"])
    assert shown([best]) == ["paper#p2 zh"]
    assert best.score > 0
    assert all(passage.score == 0.0 for passage in rest)


def test_a_limit_beyond_those_looked_at_again_gives_more(library: Library, snapshot: Snapshot) -> None:
    retriever = Retriever(library, snapshot, Letters(), replace(RETRIEVAL, looked_at_again=2))
    question = asked(QUESTIONS[0], library)
    found = retriever.retrieve(question, 100)
    assert len(found) == 8
    assert sum(p.tokens != 0 for p in found) <= 2 * len(LANGUAGES)
    for limit in range(9):
        assert shown(retriever.retrieve(question, limit)) == shown(found)[:limit]


def test_few_candidates_are_the_nearest_those_with_the_words_and_their_other_versions(
    library: Library, snapshot: Snapshot
) -> None:
    retriever = Retriever(library, snapshot, Letters(), replace(RETRIEVAL, candidates=1))
    found = retriever.retrieve(asked("企鹅", library), 100)
    # In each language at most one by vectors and one by words.
    assert 1 <= len(found) <= 4
    assert shown(found)[0] == "paper#p2 zh"
    once = replace(RETRIEVAL, candidates=1, tokens=0.0)
    assert len(Retriever(library, snapshot, Letters(), once).retrieve(asked("xyzzy", library), 100)) <= 2


def test_a_document_that_is_named_and_a_thing_that_is_named_add_what_they_weigh(
    library: Library, snapshot: Snapshot
) -> None:
    question = asked("背景文件中，南非追查了什么？", library)
    assert question.documents == ("paper",)
    weights = replace(NOTHING, named_document=0.5, named_thing=0.25)
    found = {p.unit.anchor_id: p.score for p in Retriever(library, snapshot, Letters(), weights).retrieve(question, 99)}
    assert found == {
        "paper#p1": 0.75, "paper#p2": 0.5, "paper#p3": 0.5,
        "report#p1": 0.0, "report#p2": 0.0, "report#p3": 0.0, "alone#p1": 0.0, "alone#p2": 0.0,
    }  # fmt: skip


def test_a_document_without_a_name_is_not_named(library: Library) -> None:
    assert [asked(text, library).documents for text in QUESTIONS] == [()] * len(QUESTIONS)
    assert asked("第3段", library).references[0].documents == ()
    assert asked("What does alone say?", library).documents == ("alone",)


def test_what_a_question_asks_for_adds_where_it_stands(library: Library, snapshot: Snapshot) -> None:
    question = asked("枪支是何时销毁的？", library)
    assert question.expected
    found = Retriever(library, snapshot, Letters(), replace(NOTHING, expected_kind=1.0)).retrieve(question, 1)
    assert shown(found) == ["report#p2 zh"]
    assert 0 < found[0].score <= 1


def test_what_lacks_the_kind_of_answer_demanded_falls_back(library: Library, snapshot: Snapshot) -> None:
    """Only the paragraph on what was destroyed has a number that the question does not."""
    question = asked("2012年5月销毁了多少支枪支？", library)
    retriever = Retriever(library, snapshot, Letters(), replace(NOTHING, ungiven=0.5))
    found = {p.unit.anchor_id: p.score for p in retriever.retrieve(question, 99)}
    assert found == {anchor: 0.0 if anchor == "report#p2" else -0.5 for anchor in found}
    assert len(found) == 8


def test_the_words_of_one_sentence_add_what_they_weigh(library: Library, snapshot: Snapshot) -> None:
    """One sentence speaks of both penguins and krill; that of the seals speaks of neither."""
    retriever = Retriever(library, snapshot, Letters(), replace(NOTHING, sentence_words=0.5, other_version=0.0))
    found = {p.unit.anchor_id: p.score for p in retriever.retrieve(asked("企鹅 磷虾", library), 99)}
    assert found["paper#p2"] == pytest.approx(0.5)
    assert found["alone#p1"] == 0.0


def test_the_same_question_has_the_same_answer_every_time(library: Library, snapshot: Snapshot) -> None:
    def search(text: str) -> list[tuple[str, float]]:
        found = Retriever(library, snapshot, Letters()).retrieve(asked(text, library), 100)
        return [(name, p.score) for name, p in zip(shown(found), found, strict=True)]

    for text in QUESTIONS:
        assert search(text) == search(text)


def test_ties_are_in_order_of_their_anchors(library: Library, snapshot: Snapshot) -> None:
    found = Retriever(library, snapshot, Letters(), NOTHING).retrieve(asked("枪支", library), 100)
    assert [p.unit.anchor_id for p in found] == sorted(p.unit.anchor_id for p in found)


def test_eight_threads_find_what_one_does(library: Library, snapshot: Snapshot) -> None:
    retriever, documents = Retriever(library, snapshot, Letters()), library.documents()

    def search(text: str) -> list[tuple[str, float]]:
        found = retriever.retrieve(read_question(text, documents), 5)
        return [(name, round(p.score, 5)) for name, p in zip(shown(found), found, strict=True)]

    alone = [search(text) for text in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search, QUESTIONS * 8)) == alone * 8


def test_a_model_without_token_states(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    encoder = Letters("vectors-only", tokens=False)
    retriever = Retriever(library, ensure_index(library, encoder, progress=False), encoder)
    found = retriever.retrieve(asked("企鹅以什么为食？", library), 3, languages=["zh"])
    assert shown(found)[0] == "paper#p2 zh"
    assert [p.tokens for p in found] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_library_of_one_language(tmp_path: Path, language: Language) -> None:
    library = Library.open(tmp_path)
    add_texts(library, "report", {language: REPORT[language]})
    retriever = Retriever(library, ensure_index(library, Letters(), progress=False), Letters())
    for text in ("销毁了多少支枪支？", "How many firearms were destroyed?"):
        found = retriever.retrieve(asked(text, library), 10)
        assert len(found) == 3
        assert {p.unit.language for p in found} == {language}
        assert found[0].unit.anchor == "p2"
        assert all(np.isfinite([p.score, p.similarity, p.tokens, p.words]).all() for p in found)
