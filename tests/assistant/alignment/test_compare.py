"""Documents compared: two drafts with known edits, the Chair's summary and the report, what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.alignment import CHANGES, Comparison, Pair
from assistant.alignment.compare import compare
from assistant.alignment.opening import Comparing
from corpus.anchors import split_anchor_id
from corpus.errors import ComparisonError, UnknownDocumentError
from corpus.home import BUNDLED_DATA
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.shelf.owners import Seen
from embeddings.build import ensure_index
from eval.alignment import DRAFTS
from tests.letters import Letters, add_texts
from tests.shelf import add_paper

CHAIR, REPORT, AGENDA = "wg6-2020-chair-summary", "wg6-2020-report", "wg6-2021-agenda"
FIRST, SECOND = "warning-first", "warning-second"
MARKING = "States should mark every firearm at the time of manufacture and keep records of it for ten years."
POST = "States should establish channels with postal services to detect parcels that hold weapons."


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Comparing:
    return Comparing.open(tmp_path_factory.mktemp("drafts"), DRAFTS)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Comparing:
    """The bundled documents without vectors, so that words alone decide."""
    return Comparing.open(tmp_path_factory.mktemp("documents"), BUNDLED_DATA)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path)


def anchors(anchor_ids: Sequence[str]) -> str:
    return " ".join(split_anchor_id(each)[1] for each in anchor_ids)


def told(pairs: Sequence[Pair]) -> list[tuple[str, str, str]]:
    return [(anchors(pair.a), anchors(pair.b), pair.change) for pair in pairs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_known_edits_of_two_drafts_are_found_in_either_language(drafts: Comparing, language: Language) -> None:
    comparison = drafts.compare(FIRST, SECOND, language)
    assert comparison.language == language
    assert told(comparison.pairs) == [
        ("p1", "p1", "same"), ("", "p2", "new"), ("p2", "p3", "reworded"), ("p3 p4", "p4", "merged"),
        ("p5", "p5 p6", "split"), ("p6", "p15", "same"), ("p7", "", "dropped"), ("p8", "p7 p8", "split"),
        ("p9", "p9", "reworded"), ("p10", "p10", "reworded"), ("p11", "p12", "same"), ("p12", "p13", "reworded"),
        ("p13", "p11", "reworded"), ("p14", "", "dropped"), ("p15", "p14", "reworded"), ("p16", "p16", "same"),
        ("p17", "p17", "reworded"), ("p18 p19", "p18", "merged"), ("", "p19", "new"), ("p20", "p20", "same"),
        ("", "p21", "new"),
    ]  # fmt: skip
    assert {anchors(pair.a) for pair in comparison.pairs if pair.moved} == {"p6", "p13"}
    shifts = {(anchors(pair.a), shift.kind) for pair in comparison.pairs for shift in pair.shifts}
    assert {("p2", "softened"), ("p12", "strengthened"), ("p13", "date"), ("p9", "number")} <= shifts
    assert {("p17", "actor"), ("p10", "item_added"), ("p5", "duty_added")} <= shifts
    assert not {kind for anchor, kind in shifts if anchor in ("p1", "p6", "p11", "p16", "p20")}


def test_the_other_way_round_is_the_other_way_round(drafts: Comparing) -> None:
    mirrored = {"split": "merged", "merged": "split", "new": "dropped", "dropped": "new"}
    there = drafts.compare(FIRST, SECOND, "en").pairs
    back = drafts.compare(SECOND, FIRST, "en").pairs
    turned = {(b, a, mirrored.get(change, change)) for a, b, change in told(there)}
    assert set(told(back)) == turned


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_points_of_the_chairs_summary_are_found_in_the_report(documents: Comparing, language: Language) -> None:
    comparison = documents.compare(CHAIR, REPORT, language)
    found = {anchors(pair.a): anchors(pair.b) for pair in comparison.pairs if pair.a}
    wanted = {"dp1": "dp1", "dp4": "dp12", "dp11": "dp7", "dp16": "dp22", "dp24": "dp34 dp35", "dp28": "dp42"}
    assert {a: found[a] for a in wanted} == wanted
    assert "" not in found.values()
    counts = comparison.counts()
    assert (counts["split"], counts["dropped"], counts["new"]) == (1, 0, 15)
    # The paragraphs of procedure of the report are not counted among what is new.
    beside = [pair for pair in comparison.pairs if comparison.is_beside(pair)]
    assert [anchors(pair.b) for pair in beside] == [f"p{n}" for n in range(1, 47)]


def test_everything_is_in_one_pair_and_quoted_from_the_texts(documents: Comparing) -> None:
    comparison = documents.compare(REPORT, "cop10-2020-draft-resolution", "en")
    sides = [[each for pair in comparison.pairs for each in side(pair)] for side in (lambda p: p.a, lambda p: p.b)]
    for ids, doc_id in zip(sides, (REPORT, "cop10-2020-draft-resolution"), strict=True):
        units = [u.anchor_id for u in documents.library.units(doc_id, "en") if u.kind not in ("head", "table_row")]
        assert sorted(ids) == sorted(units)
    for pair in comparison.pairs:
        for shift in pair.shifts:
            for said, place in ((shift.before, shift.a), (shift.after, shift.b)):
                assert said == (comparison.units[place[0]].text[slice(*place[1])] if place else "")


def test_texts_on_other_subjects_have_nothing_in_common(documents: Comparing) -> None:
    comparison = documents.compare(CHAIR, "wg6-2014-background", "zh")
    assert {pair.change for pair in comparison.pairs} == {"new", "dropped"}
    # Where nothing corresponds, all of it is what is compared.
    assert comparison.counts() == {**dict.fromkeys(CHANGES, 0), "dropped": 28, "new": 94}


def test_the_json_is_the_contract(drafts: Comparing) -> None:
    made = drafts.compare(FIRST, SECOND).to_dict()
    assert list(made) == ["pairs"]
    assert {tuple(pair) for pair in made["pairs"]} == {("a", "b", "change", "similarity", "moved")}
    assert json.loads(json.dumps(made)) == made
    assert {"a": [f"{FIRST}#p6"], "b": [f"{SECOND}#p15"], "change": "same", "similarity": 1.0, "moved": True} in made[
        "pairs"
    ]
    assert [pair["similarity"] for pair in made["pairs"] if pair["change"] == "new"] == [0.0, 0.0, 0.0]


def test_the_assistant_compares_by_meaning_too(assistant: Assistant) -> None:
    comparison = assistant.compare(CHAIR, REPORT, "en")
    assert isinstance(comparison, Comparison)
    assert {"dp24": "dp34 dp35", "dp4": "dp12"}.items() <= {
        anchors(pair.a): anchors(pair.b) for pair in comparison.pairs
    }.items()
    # The same as where only the index is opened, and not the model.
    assert Comparing.open(assistant.library.folder).compare(CHAIR, REPORT, "en") == comparison


def test_two_drafts_that_somebody_added_are_compared_before_and_after_the_index_knows_them(library: Library) -> None:
    add_paper(library, [MARKING, POST], "draft-1")
    add_paper(library, [POST, MARKING.replace("ten", "twenty")], "draft-2")
    expected = [("p1", "p2", "reworded"), ("p2", "p1", "same")]
    before = compare(library, None, "draft-1", "draft-2")
    assert told(before.pairs) == expected
    assert [pair.moved for pair in before.pairs].count(True) == 1
    assert [(s.kind, s.before, s.after) for pair in before.pairs for s in pair.shifts] == [("number", "ten", "twenty")]
    index = ensure_index(library, Letters(), progress=False)
    assert told(compare(library, index, "draft-1", "draft-2").pairs) == expected
    # Of a document that came since, the index knows nothing.
    add_paper(library, [MARKING, POST.replace("weapons", "arms")], "draft-3")
    later = compare(library, index, "draft-1", "draft-3").pairs
    assert told(later) == [("p1", "p1", "same"), ("p2", "p2", "reworded")]


def test_the_language_is_one_that_both_have(library: Library) -> None:
    add_texts(library, "both", {"zh": ["各国应标识枪支。"], "en": [MARKING]})
    add_texts(library, "english", {"en": [MARKING]})
    assert compare(library, None, "both", "english", "zh").language == "en"
    add_texts(library, "chinese", {"zh": ["各国应标识枪支。"]})
    assert compare(library, None, "both", "chinese").language == "zh"
    with pytest.raises(ComparisonError) as refused:
        compare(library, None, "chinese", "english")
    assert "chinese in Chinese and english in English only" in refused.value.message("en")
    assert "chinese 仅有中文文本，english 仅有英文文本" in refused.value.message("zh")


def test_what_cannot_be_compared_is_said_in_one_line(library: Library, documents: Comparing) -> None:
    with pytest.raises(UnknownDocumentError, match="nowhere"):
        documents.compare(CHAIR, "nowhere")
    with pytest.raises(ComparisonError, match="twice; expected two documents"):
        documents.compare(CHAIR, CHAIR)
    add_paper(library, [MARKING], "draft")
    add_paper(library, [POST], "draft")
    with pytest.raises(ComparisonError) as replaced:
        compare(library, None, "draft", "draft")
    assert "the earlier text is not kept" in replaced.value.message("en")
    assert "替换前的文本未予保留" in replaced.value.message("zh")


def test_what_others_own_is_not_there_to_be_compared(library: Library) -> None:
    add_paper(library, [MARKING], "shared")
    own = add_paper(library, [POST], "plan", owner="anna").doc_id
    assert compare(Seen(library, "anna"), None, "shared", own).pairs
    with pytest.raises(UnknownDocumentError):
        compare(Seen(library, "ben"), None, "shared", own)
