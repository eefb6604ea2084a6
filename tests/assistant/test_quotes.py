"""Every quote is verbatim and in its place: over the units of the library and the questions that are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from assistant import Answer, Assistant, Citation
from corpus.anchors import label
from corpus.library import Library
from corpus.records import LANGUAGES, Document, Language, Unit

Units = dict[tuple[str, Language], Unit]

#: The English versions of the bundled documents are translations of the project's own.
OFFICIAL = {"zh": True, "en": False}
SYMBOL_STATUS = {
    "wg6-2021-agenda": ("CTOC/COP/WG.6/2021/1", "inferred"),
    "wg6-2020-report": ("CTOC/COP/WG.6/2020/4", "inferred"),
    "cop10-2020-draft-resolution": (None, "unknown"),
    "wg6-2020-chair-summary": (None, "unknown"),
    "wg6-2014-background": ("CTOC/COP/WG.6/2014/3", "inferred"),
}


@pytest.fixture(scope="module")
def library(built_home: Path) -> Library:
    return Library.open(built_home)


@pytest.fixture(scope="module")
def units(library: Library) -> Units:
    """Every unit of the library by its anchor id and language."""
    found = {(unit.anchor_id, unit.language): unit for d in library.documents() for unit in library.units(d.doc_id)}
    assert len(found) == 2 * 297
    return found


@pytest.fixture(scope="module")
def answers(assistant: Assistant, kept_questions: list[dict[str, Any]]) -> list[Answer]:
    """The answer to every second question that is kept, of both sets, both languages and every kind.

    How a quote is cut and cited is decided by the kind of question and of unit, and half of them show each many times.
    """
    asked = kept_questions[::2]
    assert {question["kind"] for question in asked} == {question["kind"] for question in kept_questions}
    assert len(asked) >= 50
    return [assistant.ask(question["question"]) for question in asked]


def faults(citation: Citation, unit: Unit, document: Document, reader: Language) -> Iterable[str]:
    """What is wrong with a citation, found by looking everything up in the library anew."""
    if citation.text != unit.text:
        yield "the text is not the unit's"
    if not citation.quote.strip() or citation.text[citation.start : citation.end] != citation.quote:
        yield "the quote does not stand at its span"
    if not 0 <= citation.start < citation.end <= len(unit.text):
        yield "the span is not inside the text"
    if (citation.document.symbol, citation.document.symbol_status) != SYMBOL_STATUS[unit.doc_id]:
        yield "symbol or its status"
    if citation.document.id != unit.doc_id or citation.document.title != document.titles.get(reader):
        yield "id or title of the document"
    if citation.label != label(unit.anchor, reader):
        yield "label"
    if (citation.language, citation.official) != (unit.language, OFFICIAL[unit.language]):
        yield "language or official"
    notes = tuple(
        note.text.get(reader)
        for note in document.standing
        if any(fnmatchcase(unit.anchor, pattern) for pattern in note.covers)
    )
    if citation.standing != notes:
        yield "standing"


def check(answer: Answer, units: Units, library: Library) -> list[str]:
    """Everything that is wrong with an answer; an empty list for a good one."""
    wrong = []
    for citation in (*answer.citations, *answer.leads):
        unit = units[citation.anchor, citation.language]
        document = library.document(unit.doc_id)
        wrong += [f"{citation.anchor}: {fault}" for fault in faults(citation, unit, document, answer.language)]
    for listed in (answer.citations, answer.leads):
        if [c.n for c in listed] != list(range(1, len(listed) + 1)):
            wrong.append(f"numbers {[c.n for c in listed]}")
    for sentence in answer.sentences:
        if not sentence.text.strip() or not sentence.citations:
            wrong.append(f"a sentence without text or citation: {sentence}")
        if not all(1 <= n <= len(answer.citations) for n in sentence.citations):
            wrong.append(f"a number of no citation: {sentence}")
        elif not any(sentence.text in answer.citations[n - 1].quote for n in sentence.citations):
            wrong.append(f"not in what it cites: {sentence}")
    used = {n for sentence in answer.sentences for n in sentence.citations}
    if used != {c.n for c in answer.citations}:
        wrong.append(f"citations {[c.n for c in answer.citations]}, of which {sorted(used)} are used")
    spans = Counter((c.anchor, c.start, c.end) for c in answer.citations)
    wrong += [f"cited {times} times: {span}" for span, times in spans.items() if times > 1]
    if answer.abstained != (not answer.citations) or answer.abstained != bool(answer.reason):
        wrong.append("abstained, reason and citations do not agree")
    if answer.abstained != bool(answer.leads):
        wrong.append("leads where there is an answer, or none where there is not")
    return [f"{answer.question}: {each}" for each in wrong]


def test_every_answer_to_the_kept_questions(answers: list[Answer], units: Units, library: Library) -> None:
    assert [fault for answer in answers for fault in check(answer, units, library)] == []
    assert sum(answer.abstained for answer in answers) >= 5
    assert sum(not answer.abstained for answer in answers) >= 50


def test_answers_in_the_other_language_of_the_reader(
    assistant: Assistant, answers: list[Answer], units: Units, library: Library
) -> None:
    for answer in answers[::5]:
        reader: Language = "en" if answer.language == "zh" else "zh"
        other = assistant.ask(answer.question, language=reader)
        assert other.language == reader
        assert check(other, units, library) == []
        assert other.sentences == answer.sentences
        assert [c.quote for c in other.citations] == [c.quote for c in answer.citations]


def test_discussion_points_never_stand_without_their_note(answers: Sequence[Answer]) -> None:
    points = [c for answer in answers for c in (*answer.citations, *answer.leads) if "#dp" in c.anchor]
    assert len(points) > 10
    for point in points:
        report = point.document.id == "wg6-2020-report"
        expected = ("谈判", "negotiated") if report else ("主席", "Chair's own text")
        assert any(word in note for note in point.standing for word in expected), point.anchor


def test_what_is_kept_with_the_questions_stands_in_the_gold_units(
    kept_questions: list[dict[str, Any]], crossing_questions: list[dict[str, Any]], library: Library
) -> None:
    """``quote`` in the Chinese of the first and ``quote_en`` in its English; ``must`` in the language asked in too."""
    asked = [question for question in (*kept_questions, *crossing_questions) if question["answerable"]]
    assert len(asked) > 200
    wrong = []
    for question in asked:
        gold = [anchor_id.split("#") for anchor_id in question["gold"]]
        texts = {of: [library.unit(doc_id, anchor, of).text for doc_id, anchor in gold] for of in LANGUAGES}
        for field, of in (("quote", "zh"), ("quote_en", "en")):
            if not question[field] or question[field] not in texts[of][0]:
                wrong.append(f"{question['id']}: {field}")
        flat = {of: ["".join(text.split()) for text in texts[of]] for of in LANGUAGES}
        found = {
            must: [of for of in LANGUAGES if any("".join(must.split()) in text for text in flat[of])]
            for must in question["must"]
        }
        wrong += [f"{question['id']}: {must}" for must, languages in found.items() if not languages]
        if found and not any(question["language"] in languages for languages in found.values()):
            wrong.append(f"{question['id']}: no must in {question['language']}")
    assert wrong == []


def test_sentences_of_a_quote_give_it_back(answers: list[Answer]) -> None:
    """Every citation but a twin, the same finding in another text, which a sentence of the first cites beside it."""
    for answer in answers:
        twins = {n for sentence in answer.sentences for n in sentence.citations[1:]}
        for citation in answer.citations:
            said = "".join(s.text for s in answer.sentences if s.citations[0] == citation.n)
            if citation.n in twins:
                assert said == ""
            else:
                assert "".join(said.split()) == "".join(citation.quote.split())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_unit_is_answered_whole_in_the_language_it_is_asked_for_in(
    assistant: Assistant, units: Units, library: Library, language: Language
) -> None:
    """All of the agenda, whose numbers nest, and every eighth unit of the others, in English four after the Chinese.

    The others number their units in a row; the ranges below give every one of these.
    """
    asked = 0
    for document in library.documents():
        every = slice(None) if document.doc_id == "wg6-2021-agenda" else slice(4 * (language == "en"), None, 8)
        for unit in library.units(document.doc_id, language)[every]:
            if unit.kind == "head":
                continue
            comma = "，" if language == "zh" else ", "
            answer = assistant.ask(f"{document.short_title(language)}{comma}{label(unit.anchor, language)}")
            assert check(answer, units, library) == []
            assert answer.citations[0].anchor == unit.anchor_id
            assert answer.citations[0].quote == unit.text
            asked += 1
    assert asked > 60


@pytest.mark.parametrize(
    ("name", "form", "anchor", "last"),
    [
        ("报告", "第{}至{}段", "wg6-2020-report#p{}", 46),
        ("报告", "讨论要点{}至{}", "wg6-2020-report#dp{}", 44),
        ("主席的总结", "讨论要点{}至{}", "wg6-2020-chair-summary#dp{}", 28),
        ("决议草案", "序言部分第{}至{}段", "cop10-2020-draft-resolution#pp{}", 17),
        ("决议草案", "执行部分第{}至{}段", "cop10-2020-draft-resolution#op{}", 27),
        ("背景文件", "第{}至{}段", "wg6-2014-background#p{}", 94),
    ],
)
def test_ranges_give_every_unit_of_a_document(
    assistant: Assistant, units: Units, library: Library, name: str, form: str, anchor: str, last: int
) -> None:
    for first in range(1, last, 10):
        end = min(first + 9, last)
        answer = assistant.ask(name + form.format(first, end))
        assert check(answer, units, library) == []
        assert [c.anchor for c in answer.citations] == [anchor.format(n) for n in range(first, end + 1)]


def test_the_evidence_of_every_unit(assistant: Assistant, units: Units, library: Library) -> None:
    for (anchor_id, language), unit in units.items():
        document = library.document(unit.doc_id)
        order = [each.anchor_id for each in library.units(unit.doc_id, language)]
        at = order.index(anchor_id)
        for reader in ("zh", "en"):
            evidence = assistant.evidence(anchor_id, language, reader)
            assert evidence.unit == unit
            assert evidence.label == label(unit.anchor, reader)
            assert evidence.document == document
            assert evidence.official == OFFICIAL[language]
            assert evidence.standing == tuple(note.get(reader) for note in library.standing(unit))
            assert [u.anchor_id for u in evidence.before] == order[max(at - 2, 0) : at]
            assert [u.anchor_id for u in evidence.after] == order[at + 1 : at + 3]
        for sentence in unit.sentences:
            assert 0 <= sentence.start < sentence.end <= len(unit.text)
            assert unit.text[sentence.start : sentence.end].strip()
