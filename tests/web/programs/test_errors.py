"""What a program is told of its mistakes, and of faults that are not its own."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests import patient
from tests.web.programs.conftest import Programs
from tests.web.programs.known import SECRET
from web.programs.errors import INTERNAL

A_TURN = {"question": "What?"}


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": ""}, "问题是空的"),
        ("ask", {"question": "", "language": "en"}, "the question is empty; expected a question in Chinese or English"),
        ("ask", {"question": "…?!"}, "the question holds no words"),
        ("ask", {"question": "枪" * 2001}, "上限为 2,000 个"),
        ("search", {"question": "word " * 401}, "2,005 characters; expected at most 2,000"),
        ("ask", {"question": 5, "language": "en"}, "question is 5; expected a string"),
        ("ask", {"question": None}, "参数question为null；question应为一个字符串"),
        ("ask", {"question": "What?", "language": "fr"}, 'language is "fr"; expected "zh", "en" or null'),
        ("ask", {"question": "怎么说？", "language": "fr"}, "参数language为\"fr\"；language应为“zh”“en”或null"),
        ("ask", {"question": "What?", "documents": ["no-such"]}, "no-such"),
        ("ask", {"question": "怎么说？", "documents": ["no-such"]}, "没有编号为“no-such”的文件"),
        ("ask", {"question": "What?", "documents": "wg6-2020-report"}, "list of at most 100 document ids"),
        ("ask", {"question": "What?", "documents": ["x"] * 101}, "list of at most 100 document ids"),
        ("ask", {"question": "What?", "documents": ["x" * 201]}, "documents[0] is"),
        ("ask", {"question": "What?", "history": [A_TURN] * 9}, "at most 8 earlier results of ask"),
        ("ask", {"question": "What?", "history": [{"understood": "x"}]}, "history[0].question is missing; expected"),
        ("ask", {"question": "怎么说？", "history": [{}]}, "参数history[0].question缺失；history应为"),
        ("ask", {"question": "What?", "history": [{"question": "x" * 2001}]}, "history[0].question is"),
        ("ask", {"question": "What?", "history": [A_TURN | {"citations": [{"anchor": 1}]}]},
         "history[0].citations[0].anchor is 1; expected history to be a list of at most 8 earlier results of ask"),
        ("search", {"question": "What?", "k": 0}, "k is 0; expected a whole number from 1 to 50"),
        ("search", {"question": "怎么说？", "k": 51}, "参数k为51；k应为1至50的整数"),
        ("search", {"question": "What?", "k": 1.5}, "k is 1.5"),
        ("show_unit", {"anchor": "wg6-2020-report#p999", "language": "en"}, "wg6-2020-report has no 'p999'"),
        ("show_unit", {"anchor": "wg6-2020-report#p999"}, "wg6-2020-report 中没有“p999”"),
        ("show_unit", {"anchor": "nothing", "language": "en"}, "no document 'nothing'"),
        ("show_unit", {"anchor": "", "language": "en"}, 'anchor is ""; expected an address such as'),
        ("show_unit", {"anchor": "wg6-2020-report#p1", "before": 21}, "参数before为21；before应为0至20的整数"),
        ("show_unit", {"anchor": "wg6-2020-report#p1", "after": -1, "language": "en"}, "after is -1; expected a whole"),
        ("list_documents", {"language": ["zh"]}, "参数language为[\"zh\"]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_one_line_in_its_makers_language(
    programs: Programs, name: str, arguments: dict[str, Any], told: str
) -> None:
    said = programs.refused(name, **arguments)
    assert told in said
    assert "\n" not in said
    assert len(said) < 400


@pytest.mark.parametrize("fault", ["crash", "broken home"])
def test_a_fault_of_ours_is_logged_and_nothing_of_it_told(
    programs: Programs, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    with caplog.at_level(logging.ERROR, "web.programs"):
        assert programs.refused("search", question=f"{fault}?") == INTERNAL.en
        assert programs.refused("ask", question=f"这里有{fault}吗？") == INTERNAL.zh
    traces = [str(record.exc_info[1]) for record in caplog.records if record.exc_info]
    assert len(traces) == 2
    assert all(SECRET in trace for trace in traces)


@pytest.mark.parametrize(
    ("way", "body", "status", "told"),
    [
        ("v2/search", {"k": 3}, 422, "required argument: question; /gradio_api/info lists the arguments of search"),
        ("v2/search", {"question": "x", "page": 3}, 422, "`page` is not a valid"),
        ("v2/nosuch", {}, 404, "there is no function nosuch"),
        ("nosuch", {"data": []}, 404, "there is no function nosuch"),
        ("v2/search", ["x"], 422, "dictionary"),
    ],
)
def test_a_call_that_fits_no_function_is_refused_at_once(
    programs: Programs, way: str, body: Any, status: int, told: str
) -> None:
    response = patient.post(f"{programs.url}/gradio_api/call/{way}", json=body)
    assert response.status_code == status
    assert told in str(response.json()["detail"])


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", r'{"question": "\ud800", "language": "en"}', "the question is empty"),
        ("show_unit", r'{"anchor": "\ud800#p1", "language": "en"}', 'anchor is "?#p1"; expected an address'),
        ("show_unit", r'{"anchor": "a\nb#p1", "language": "en"}', r'anchor is "a\nb#p1"; expected an address'),
        ("search", r'{"question": "x", "documents": ["\ud800"]}', 'documents[0] is "?"; expected documents to be'),
    ],
)
def test_half_a_character_and_a_broken_line_are_mistakes_like_any_other(
    programs: Programs, name: str, arguments: str, told: str
) -> None:
    headers = {"content-type": "application/json"}
    joined = patient.post(f"{programs.url}/gradio_api/call/v2/{name}", content=arguments, headers=headers)
    ((event, said),) = programs.events(name, joined.json()["event_id"])
    assert event == "error"
    assert said["error"].startswith(told)


def test_a_call_to_no_index_is_refused_at_once(programs: Programs) -> None:
    call = {"data": [], "fn_index": 99, "session_hash": "a"}
    assert patient.post(f"{programs.url}/gradio_api/queue/join", json=call).status_code == 404


@pytest.mark.parametrize("way", ["call/v2/ask", "call/ask", "queue/join", "mcp/"])
def test_a_call_that_is_too_large_is_refused(programs: Programs, way: str) -> None:
    body = b'{"question": "' + b"x" * 2_000_000 + b'"}'
    headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
    response = patient.post(f"{programs.url}/gradio_api/{way}", content=body, headers=headers)
    assert response.status_code == 413
