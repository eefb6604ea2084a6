"""What the page asks of the server, asked by someone else: garbage is refused, never a fault and never a trace."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx_sse import EventSource

from corpus.feedback import all_feedback
from tests import patient
from tests.patience import PATIENCE, until
from tests.web.conftest import Site
from tests.web.documents import HOSTILE
from tests.web.drawn import Drawn
from tests.web.fake import DESTROYED
from web.asking.kept import TURNS, keep
from web.asking.turns import Failure, Turn
from web.strings import strings

ID = "0123456789abcdef" * 2
ROOMS = ["/conversation", "/feedback", "/export/word", "/export/markdown"]


def turn(site: Site, question: str = "销毁", turn_id: str = ID) -> dict[str, Any]:
    return keep(Turn(turn_id, question, site.fake.ask(question)))


def call(site: Site, *data: Any) -> list[tuple[str, Any]]:
    """The events that the server sends for a question, as the page asks it."""
    headers = {"content-type": "application/json"}
    # As a browser writes it: half a character as its escape, which httpx would not.
    body = json.dumps({"data": list(data)}).encode()
    joined = patient.post(f"{site.url}/gradio_api/call/answer", content=body, headers=headers)
    assert joined.status_code == 200
    with patient.stream("GET", f"{site.url}/gradio_api/call/answer/{joined.json()['event_id']}") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        return [(event.event, json.loads(event.data)) for event in EventSource(events).iter_sse()]


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "id": ID,
        "question": "2012年5月销毁了多少支枪支？",
        "language": "zh",
        "earlier": [],
        "filters": {},
    } | changes


GARBAGE = [
    b"", b"{", b"null", b"[]", b'"x"', b"7", b"NaN", b'{"turns": NaN}', b'{"turns": [NaN]}', b"\xff\xfe",
    b'{"turns": [{"id": "\xff"}]}', b'{"turns": [{"id": "\\ud800"}]}', b'{"turns": null}', b'{"turns": [null]}',
    b'{"turns": [{}]}', b'{"turns": [[]]}', b'{"\\ud800": 1}', b"[" * 100_000, b'{"turns":' * 50_000,
    b'{"turns": [], "more": 1}', b"turns=x",
]  # fmt: skip


@pytest.mark.parametrize("path", ROOMS)
def test_garbage_is_refused_and_not_said_back(site: Site, path: str) -> None:
    for body in GARBAGE:
        response = patient.post(site.url + path, content=body, headers={"content-type": "application/json"})
        assert response.status_code in (400, 422), body[:40]
        assert "Traceback" not in response.text
        assert "ud800" not in response.text


@pytest.mark.parametrize("path", ROOMS)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read_so_that_no_foreign_form_can_send_it(site: Site, path: str, kind: str) -> None:
    body = json.dumps({"turns": []}).encode()
    response = patient.post(site.url + path, content=body, headers={"content-type": kind})
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("path", ROOMS)
def test_a_room_is_entered_as_the_page_enters_it_or_not_at_all(site: Site, path: str) -> None:
    for method in ("GET", "PUT", "PATCH", "OPTIONS"):
        assert patient.request(method, site.url + path).status_code in (404, 405)


def test_a_conversation_is_drawn_anew_in_the_readers_language(site: Site) -> None:
    sent = {"turns": [turn(site), keep(Turn(ID, "", Failure("因为", "because")))]}
    for language, said in (("zh", "因为"), ("en", "because")):
        response = patient.post(f"{site.url}/conversation", json=sent, headers={"accept-language": language})
        assert response.status_code == 200
        assert response.text.count("<article") == 2
        assert strings(language).answer.sources in response.text  # type: ignore[arg-type]
        assert said in response.text
        assert DESTROYED[1] in response.text


def test_a_forged_conversation_shows_nothing_that_the_library_does_not_hold(site: Site) -> None:
    forged = turn(site)
    for citation in forged["answer"]["citations"]:
        citation["quote"] = HOSTILE
    forged["answer"]["sentences"][0]["text"] = "9,999支枪支"
    forged["question"] = HOSTILE
    response = patient.post(f"{site.url}/conversation", json={"turns": [forged]}, headers={"accept-language": "zh"})
    seen = Drawn(response.text)
    assert strings("zh").answer.changed in seen.text
    assert "9,999" not in seen.text
    # What was asked is the reader's own, and only text.
    assert seen.text.count("window.hacked=1</script>") == 1
    assert not {"script", "img"} & set(seen.tags)


def test_more_turns_than_a_browser_keeps_are_refused(site: Site) -> None:
    one = turn(site)
    assert patient.post(f"{site.url}/conversation", json={"turns": [one] * TURNS}).status_code == 200
    assert patient.post(f"{site.url}/conversation", json={"turns": [one] * (TURNS + 1)}).status_code == 422


@pytest.mark.parametrize("form", ["pdf", "Word", "markdown.md", "..%2fword", "%00", HOSTILE[:20]])
def test_an_unknown_format_is_refused(site: Site, form: str) -> None:
    assert patient.post(f"{site.url}/export/{form}", json={"turns": [turn(site)]}).status_code in (404, 422)


@pytest.mark.parametrize(
    "wrong",
    [
        {"vote": "sideways"}, {"vote": ""}, {"vote": None}, {"turn": None}, {"turn": {}}, {"comment": "c" * 20_001},
        {"earlier": ["q"] * 101}, {"earlier": "q"}, {"earlier": [1]}, {"more": 1},
        # What the library itself does not take.
        {"comment": "c" * 2_001}, {"earlier": [""]}, {"earlier": ["q" * 2_001]}, {"earlier": ["?"] * 3},
    ],
)  # fmt: skip
def test_feedback_that_is_none_is_refused_and_nothing_kept(site: Site, wrong: dict[str, Any]) -> None:
    before = all_feedback(site.library)
    sent = {"turn": turn(site), "vote": "up", "comment": "", "earlier": []} | wrong
    response = patient.post(f"{site.url}/feedback", json=sent)
    assert response.status_code in (204, 422)
    if response.status_code == 204:
        # The page sends what it kept of earlier questions; one that is no question is left out.
        assert set(all_feedback(site.library)[-1].earlier) <= {"q"}
        patient.delete(f"{site.url}/feedback/{ID}")
    assert all_feedback(site.library) == before


def test_feedback_on_what_has_no_answer_is_refused(site: Site) -> None:
    failed = keep(Turn(ID, "x", Failure("因", "because")))
    assert patient.post(f"{site.url}/feedback", json={"turn": failed, "vote": "up"}).status_code == 422
    assert ID not in {each.id for each in all_feedback(site.library)}


@pytest.mark.parametrize("feedback_id", [ID, "x", "%00", "' OR 1=1 --", "a" * 3000])
def test_withdrawing_what_was_never_given_takes_nothing_back(site: Site, feedback_id: str) -> None:
    kept = "f" * 32
    given = patient.post(f"{site.url}/feedback", json={"turn": turn(site, turn_id=kept), "vote": "up"})
    assert given.status_code == 204
    assert patient.delete(f"{site.url}/feedback/{feedback_id}").status_code == 204
    assert kept in {each.id for each in all_feedback(site.library)}
    assert patient.delete(f"{site.url}/feedback/{kept}").status_code == 204
    assert kept not in {each.id for each in all_feedback(site.library)}


def test_an_answer_grows_by_a_sentence_and_ends_with_what_is_to_be_kept(site: Site) -> None:
    events = [data[0] for name, data in call(site, asked()) if name in ("generating", "complete")]
    grown = [Drawn(state["html"]) for state in events if not state["done"]]
    assert grown
    assert DESTROYED[1] in grown[0].text
    # Growing, it offers no vote, and there is nothing to keep yet.
    assert all("data-feedback" not in drawn.names for drawn in grown)
    assert {state["turn"] is None for state in events if not state["done"]} == {True}
    assert events[-1]["done"]
    assert events[-1]["turn"]["id"] == ID
    assert events[-1]["turn"]["answer"]["sentences"][0]["text"] == DESTROYED[1]
    assert "data-feedback" in Drawn(events[-1]["html"]).names


def test_what_is_asked_reaches_the_assistant_as_it_was_sent(site: Site) -> None:
    earlier = [{"question": "q", "understood": "u", "cited": ["wg6-2014-background#p59"]}, {"question": "r"}]
    filters = {"kinds": ["background"], "languages": ["zh"]}
    call(site, asked(earlier=earlier, filters=filters))
    seen = site.fake.asked[-1]
    assert [(each.question, each.understood, each.cited) for each in seen.history] == [
        ("q", "u", ("wg6-2014-background#p59",)), ("r", None, ()),
    ]  # fmt: skip
    assert seen.documents == ("wg6-2014-background",)
    assert seen.languages == ("zh",)


@pytest.mark.parametrize(
    ("question", "zh"),
    [("", "没有问题；请写下要了解的内容。"), ("长" * 30_000, "问题有30000个字符，最多2,000个；请缩短。"),
     ("crash", strings("zh").errors.internal)],
    ids=["empty", "long", "crash"],
)  # fmt: skip
def test_a_question_without_an_answer_ends_in_a_sentence_and_can_be_kept(site: Site, question: str, zh: str) -> None:
    (_, (state,)) = call(site, asked(question=question))[-1]
    assert state["done"]
    assert zh in state["html"]
    assert "secret" not in json.dumps(state)
    assert state["turn"]["failure"]["zh"] == zh
    assert patient.post(f"{site.url}/conversation", json={"turns": [state["turn"]]}).status_code == 200


def test_filters_that_no_document_fits_end_in_a_sentence(site: Site) -> None:
    (_, (state,)) = call(site, asked(filters={"years": [1999]}))[-1]
    assert "放宽" in state["html"]


@pytest.mark.parametrize(
    "data",
    [
        (None,), ("x",), ([],), ({},), (7,),
        *((asked(**change),) for change in (
            {"id": "x"}, {"id": None}, {"question": None}, {"question": ["q"]}, {"language": "fr"},
            {"earlier": [{"question": "q"}] * 9}, {"earlier": [{"question": "q" * 20_001}]}, {"earlier": ["q"]},
            {"earlier": [{"question": "q", "cited": ["x" * 401]}]},
            {"earlier": [{"question": "q", "cited": ["x"] * 101}]},
            {"filters": {"authors": []}}, {"filters": None}, {"more": 1},
        )),
    ],
)  # fmt: skip
def test_what_is_no_question_is_not_asked(site: Site, data: tuple[Any, ...]) -> None:
    before = len(site.fake.asked)
    events = call(site, *data)
    assert not any(state for _, states in events if isinstance(states, list) for state in states)
    assert len(site.fake.asked) == before


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"data": {}}', b'{"data": 7}', b"\xff", b'{"data": ["\\ud800"]}']
)
def test_a_call_that_is_none_is_no_fault(site: Site, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = patient.post(f"{site.url}/gradio_api/call/answer", content=body, headers=headers)
    assert response.status_code < 500
    assert "Traceback" not in response.text


def test_half_a_character_in_a_question_is_no_fault(site: Site) -> None:
    (_, (state,)) = call(site, asked(question="\ud800销毁"))[-1]
    assert DESTROYED[1] in state["html"]
    assert patient.post(f"{site.url}/conversation", json={"turns": [state["turn"]]}).status_code == 200


def test_the_evidence_of_any_address_is_a_panel(site: Site) -> None:
    for query in (
        "", "?doc=%ff&anchor=p1", "?doc=a&doc=b&anchor=p1", "?doc=%00&anchor=p1", "?doc=%ED%A0%80&anchor=p59",
        "?doc=wg6-2014-background&anchor=p59&mark=1-2-zzzzzzzz", f"?doc={HOSTILE[:50]}&anchor=p1", "?" + "a=b&" * 900,
    ):  # fmt: skip
        response = patient.get(f"{site.url}/evidence{query}")
        assert response.status_code == 200
        assert response.text.strip().startswith('<aside class="evidence')
        assert not {"script", "img"} & set(Drawn(response.text).tags)


def test_two_readers_who_ask_at_once_each_get_their_own(site: Site) -> None:
    other = "f" * 32
    with ThreadPoolExecutor(2) as readers:
        questions = (asked(question="slow 销毁"), asked(id=other, question="slow cryptocurrencies"))
        answers = [readers.submit(call, site, question) for question in questions]
        # Both are waited for at the same time.
        until(lambda: len(site.fake.asked) == 2)
        site.fake.go.set()
        events = [answer.result(timeout=PATIENCE) for answer in answers]
    (first,), (second,) = (each[-1][1] for each in events)
    assert (first["turn"]["id"], second["turn"]["id"]) == (ID, other)
    said = [json.dumps(each, ensure_ascii=False) for each in events]
    assert [DESTROYED[1] in each for each in said] == [True, False]
    assert ["cryptocurrencies" in each for each in said] == [False, True]
    drawn = patient.post(f"{site.url}/conversation", json={"turns": [second["turn"]]}).text
    assert "cryptocurrencies" in drawn
    assert DESTROYED[1] not in drawn
