"""What a browser kept is believed only as far as the library bears it out; what it bears out is drawn as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.answer import Answer
from corpus.library import Library
from corpus.records import LANGUAGES
from tests.web.documents import BACKGROUND, RESOLUTION, put
from tests.web.fake import DESTROYED, FUNDED, SIDES, FakeAssistant
from web.asking.drawing import draw_turn
from web.asking.filters import Filters
from web.asking.kept import PIECES, TEXT, TURNS, Conversation, KeptTurn, keep, made_anew
from web.asking.turns import Failure, Turn
from web.site import Answers
from web.site import Site as Pages

ID = "0123456789abcdef" * 2
#: A question for every kind of answer.
QUESTIONS = (
    "2012年5月销毁了多少支枪支？",
    "How many were destroyed?",
    "cryptocurrencies",
    "hostile",
    "Who knows?",
    "谁知道第99段？",
    *(f"differ {named}" for named in SIDES),
)


def turn_of(fake: FakeAssistant, question: str, **more: Any) -> Turn:
    return Turn(ID, question, fake.ask(question), **more)


def sent(turn: Turn) -> dict[str, Any]:
    """The turn as it comes back from a browser."""
    kept: dict[str, Any] = json.loads(json.dumps(keep(turn)))
    return kept


def anew(kept: dict[str, Any], assistant: Answers) -> Turn:
    (turn,) = made_anew((KeptTurn.model_validate(kept),), assistant)
    return turn


def answer_of(turn: Turn) -> Answer:
    assert isinstance(turn.outcome, Answer)
    return turn.outcome


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_kind_of_answer_is_the_same_when_made_anew(fake: FakeAssistant, pages: Pages, question: str) -> None:
    filters = Filters(documents=("wg6-2014-background",), years=(2014,), languages=("zh",))
    turn = turn_of(fake, question, filters=filters, vote="down", comment="不对，见第60段")
    again = anew(sent(turn), fake)
    assert again == turn
    for language in LANGUAGES:
        assert draw_turn(pages, again, language) == draw_turn(pages, turn, language)


def test_a_follow_up_a_failure_and_a_question_without_outcome_are_the_same_too(fake: FakeAssistant) -> None:
    following = Turn(ID, "And in 2014?", fake.ask("And in 2014?", [("destroyed", fake.ask("destroyed"))]))
    assert answer_of(following).understood == "destroyed And in 2014?"
    for turn in (following, Turn(ID, "", Failure("因", "because")), Turn(ID, "stopped")):
        assert anew(sent(turn), fake) == turn


def test_what_is_kept_holds_no_text_around_the_quotes(fake: FakeAssistant) -> None:
    kept = sent(turn_of(fake, "销毁"))
    assert FUNDED[1] in json.dumps(kept, ensure_ascii=False)
    assert "萨赫勒地区的部分内容" not in json.dumps(kept, ensure_ascii=False)
    assert len(json.dumps(kept)) < 4_000


def test_titles_labels_and_standing_come_from_the_library(fake: FakeAssistant) -> None:
    turn = turn_of(fake, "销毁")
    kept = sent(turn)
    for citation in kept["answer"]["citations"]:
        citation |= {"label": "第1段", "official": False, "standing": ["已获通过"], "text": "别的"}
        citation["document"] = {"id": "x", "title": "另一份文件", "symbol": "A/1", "symbol_status": "confirmed"}
    assert anew(kept, fake) == turn


Change = Callable[[dict[str, Any]], None]


def change(path: str, value: Any) -> Change:
    """Sets what stands at a path such as ``citations.0.anchor``."""

    def changed(answer: dict[str, Any]) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        place: Any = answer
        for step in way:
            place = place[step]
        place[last] = value

    return changed


@pytest.mark.parametrize(
    "forged",
    [
        change("citations.0.anchor", "wg6-2014-background#p58"),
        change("citations.0.anchor", "wg6-2014-background#p9999"),
        change("citations.0.anchor", "wg6-2014-background"),
        change("citations.0.anchor", "#p59"),
        change("citations.0.anchor", ""),
        change("citations.0.anchor", "unheard-of#p59"),
        change("citations.0.anchor", "wg6-2014-background#<script>"),
        change("citations.0.language", "en"),
        change("citations.0.start", 0),
        change("citations.0.end", 10**40),
        change("citations.0.start", 10**40),
        change("citations.0.quote", DESTROYED[1].replace("1,045", "9,045")),
        change("citations.0.quote", DESTROYED[1][:-1]),
        change("citations.0.quote", ""),
    ],
)
def test_a_citation_that_the_library_does_not_bear_out_goes_with_all_that_rests_on_it(
    fake: FakeAssistant, forged: Change
) -> None:
    kept = sent(turn_of(fake, "销毁"))
    forged(kept["answer"])
    turn = anew(kept, fake)
    answer = answer_of(turn)
    assert turn.changed
    assert [citation.n for citation in answer.citations] == [2]
    # The second sentence cites the first citation, too.
    assert answer.sentences == ()


@pytest.mark.parametrize(
    "forged",
    [
        change("sentences.0.text", "毒品和犯罪问题办公室销毁了9,999支枪支。"),
        change("sentences.0.text", DESTROYED[1] + "。"),
        change("sentences.0.citations", []),
        change("sentences.0.citations", [3]),
        change("sentences.0.citations", [1, 3]),
        # Its words stand in the other citation.
        change("sentences.0.citations", [2]),
    ],
)
def test_a_sentence_that_is_not_quoted_from_what_it_cites_is_not_shown(fake: FakeAssistant, forged: Change) -> None:
    kept = sent(turn_of(fake, "销毁"))
    forged(kept["answer"])
    turn = anew(kept, fake)
    assert turn.changed
    assert [sentence.text for sentence in answer_of(turn).sentences] == [FUNDED[1]]
    assert len(answer_of(turn).citations) == 2


def test_a_lead_that_the_library_does_not_bear_out_is_not_shown(fake: FakeAssistant) -> None:
    kept = sent(turn_of(fake, "Who knows?"))
    kept["answer"]["leads"][0]["quote"] = "made up"
    turn = anew(kept, fake)
    assert turn.changed
    assert [lead.n for lead in answer_of(turn).leads] == [2]


def test_what_a_model_worded_is_shown_as_long_as_its_source_stands(fake: FakeAssistant) -> None:
    kept = sent(turn_of(fake, "cryptocurrencies"))
    assert not anew(kept, fake).changed
    kept["answer"]["citations"][0]["quote"] = "bitcoins"
    turn = anew(kept, fake)
    assert turn.changed
    assert answer_of(turn).sentences == ()


def test_nothing_is_compared_where_one_of_the_two_is_gone(fake: FakeAssistant) -> None:
    kept = sent(turn_of(fake, "differ alike"))
    kept["answer"]["citations"] = kept["answer"]["citations"][:1]
    answer = answer_of(anew(kept, fake))
    assert not answer.compared
    assert len(answer.sentences) == 1


@pytest.mark.parametrize(("question", "gone"), [("销毁", "p61"), ("Who knows?", "op15")])
def test_a_library_that_lost_a_unit_says_so(
    fake: FakeAssistant, own_library: Library, question: str, gone: str
) -> None:
    kept = sent(turn_of(fake, question))
    put(own_library, BACKGROUND if gone[0] == "p" else RESOLUTION, without=(gone,))
    turn = anew(kept, FakeAssistant(own_library))
    answer = answer_of(turn)
    assert turn.changed
    assert [each.n for each in answer.citations or answer.leads] == [1]


def test_a_library_without_the_documents_is_no_fault(fake: FakeAssistant, tmp_path: Path) -> None:
    empty = FakeAssistant(Library.open(tmp_path / "empty"))
    for question in QUESTIONS:
        turn = anew(sent(turn_of(fake, question)), empty)
        assert turn.changed
        assert answer_of(turn).citations == answer_of(turn).leads == answer_of(turn).sentences == ()


def test_the_order_of_the_turns_is_kept(fake: FakeAssistant) -> None:
    turns = [replace(turn_of(fake, question), id=f"{at:032x}") for at, question in enumerate(QUESTIONS)]
    again = made_anew(Conversation.model_validate({"turns": [sent(turn) for turn in turns]}).turns, fake)
    assert list(again) == turns


NEITHER_ID = ["", "x", ID.upper(), ID + "\n", ID[:-1], "../" + ID, 7, None]


@pytest.mark.parametrize(
    "broken",
    [
        *(change("id", value) for value in NEITHER_ID),
        *(change("question", value) for value in (None, 7, ["q"], "q" * (TEXT + 1), "\ud800")),
        *(change("vote", value) for value in ("sideways", "UP", None, 1)),
        *(change("comment", value) for value in (None, "c" * (TEXT + 1))),
        *(change("answer", value) for value in ("销毁", [], 0, {})),
        *(change("filters", value) for value in (None, {"authors": []}, {"years": ["soon"]})),
        *(change("failure", value) for value in ("x", {"zh": "x"}, {"zh": "x", "en": 1})),
        *(change("answer.language", value) for value in ("fr", None)),
        *(change("answer.mode", value) for value in ("guess", None)),
        change("answer.abstained", "perhaps"),
        *(change("answer.sentences", value) for value in ("x", [1], [{"text": "x"}], None)),
        change("answer.sentences.0.citations", ["one"]),
        change("answer.sentences.0.text", 7),
        *(change("answer.citations.0.n", value) for value in (0, -1, 1000, "one", None, 1.5)),
        *(change("answer.citations.0.start", value) for value in (-1, "x", None, 0.5)),
        change("answer.citations.0.end", -5),
        change("answer.citations.0.anchor", "a" * 401),
        change("answer.citations.0.language", "fr"),
        change("answer.notes", "one"),
        change("answer.compared", "maybe"),
    ],
)
def test_what_is_not_of_its_form_is_refused(fake: FakeAssistant, broken: Change) -> None:
    kept = sent(turn_of(fake, "销毁"))
    broken(kept)
    with pytest.raises(ValidationError):
        KeptTurn.model_validate(kept)


@pytest.mark.parametrize("part", ["sentences", "citations", "leads", "notes"])
def test_no_more_pieces_are_read_than_an_answer_may_have(fake: FakeAssistant, part: str) -> None:
    kept = sent(turn_of(fake, "differ alike" if part != "leads" else "Who knows?"))
    kept["answer"][part] = [kept["answer"][part][0]] * PIECES if part != "notes" else ["note"] * PIECES
    KeptTurn.model_validate(kept)
    kept["answer"][part] *= 2
    with pytest.raises(ValidationError):
        KeptTurn.model_validate(kept)


def test_no_more_turns_are_read_than_a_conversation_may_have(fake: FakeAssistant) -> None:
    kept = sent(turn_of(fake, "销毁"))
    assert len(Conversation.model_validate({"turns": [kept] * TURNS}).turns) == TURNS
    for wrong in ({"turns": [kept] * (TURNS + 1)}, {"turns": kept}, {}, [], {"turns": [], "more": 1}):
        with pytest.raises(ValidationError):
            Conversation.model_validate(wrong)


@pytest.mark.parametrize("question", ["长" * 60_000, "", " ", "a\ud800b"])
def test_a_refused_question_of_any_length_can_be_kept(question: str) -> None:
    kept = sent(Turn(ID, question, Failure("因", "because")))
    assert KeptTurn.model_validate(kept).failure is not None
