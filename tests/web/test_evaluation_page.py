"""The page of the evaluation: sentences and tables from a summary whose numbers can be checked by eye."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.library import Library
from corpus.records import Language
from tests.patience import PATIENCE, PROCESS
from tests.web.browsing import WIDTHS, Visits, sideways
from tests.web.documents import BACKGROUND
from tests.web.drawn import Drawn
from tests.web.evaluated import FIGURE, MADE, application, changed, hostile, keep
from web.evaluation.summary import RELEASED, SUMMARY
from web.server import PageServer
from web.strings import strings


@pytest.fixture
def read(own_library: Library) -> Callable[..., str]:
    """A function that gives the page, from a summary in the home where one is given."""

    def page(summary: object = None, language: Language = "en", released: Path = RELEASED) -> str:
        if summary is not None:
            keep(own_library.folder, summary)
        client = TestClient(application(own_library, released), base_url="http://127.0.0.1")
        response = client.get("/evaluation", headers={"accept-language": language})
        assert response.status_code == 200
        return response.text

    return page


def said(html: str) -> str:
    """The text of a page, its parts apart and its white space run together."""
    return " ".join(Drawn(html.replace("</", " </")).text.split())


def test_the_figures_are_said_in_sentences(read: Callable[..., str]) -> None:
    text = said(read(MADE))
    for sentence in (
        "10 questions whose answers were settled beforehand, 4 in Chinese and 6 in English,",
        "On this computer: measured on 5 March 2026",
        "Quality gate passed",
        "Every quotation is word for word what the document says, and every sentence rests on what it cites.",
        "Of 8 questions that the documents answer, it answered 6 and wrongly declined 2.",
        "Of the paragraphs that an answer cites, 80% on average are right ones;",
        "Of what a full answer has to say, the answers say 50% on average.",
        "Of 2 questions that the documents do not answer, it declined 1 and answered 1 all the same.",
        "Quotations may be used as they stand.",
        "Of the 3 times it said that the documents do not answer, it was mistaken 2 times.",
        "half of the answers came within 111 milliseconds and 95% within 1,222.",
        "Another 7 questions serve to tune the program.",
        "5 March 2026, 22:30 UTC",
    ):
        assert sentence in text


def test_the_same_in_chinese(read: Callable[..., str]) -> None:
    text = said(read(MADE, "zh"))
    for sentence in (
        "用10个事先确定了答案的问题（中文4个、英文6个）",
        "在本机测定：2026年3月5日",
        "质量检验合格",
        "引文与文件逐字一致，无一例外；每一句话都有所引文字为据。",
        "文件中有答案的8个问题，回答了6个；其余2个误称文件没有写到。",
        "平均有80%引得正确",
        "平均写出了50%",
        "文件中没有答案的2个问题，如实说明的有1个；其余1个仍作了回答。",
        "有3个问题答称文件没有写到，其中2个文件其实写到了。",
        "半数回答在111毫秒内给出，95%的回答在1,222毫秒内给出",
        "2026年3月5日 22:30（协调世界时）",
        "必须引用的段落没有引全；第一处引用有误",
    ):
        assert sentence in text


def row(html: str, key: str) -> str:
    """The text of a figure's row in the first table that has it."""
    (found, *_) = [part for part in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f"<code>{key}</code>" in part]
    return said(found)


@pytest.mark.parametrize(("language", "dash"), [("en", "–"), ("zh", "～")])
def test_the_table_has_each_figure_with_its_interval(read: Callable[..., str], language: Language, dash: str) -> None:
    html, words = read(MADE, language), strings(language)
    name, note = words.evaluation_figures["answered"], words.evaluation_notes["answered"]
    # Over all questions, over the Chinese ones, over the English ones.
    assert row(html, "answered") == (
        f"{name} answered {note} 75.0% 62.5%{dash}87.5% 100.0% 87.5%{dash}100.0% 60.0% 47.5%{dash}72.5%"
    )
    # What is no share is no percentage, and what no question of a language has is no zero.
    none = words.evaluation.undefined
    assert row(html, "mrr").endswith(f"0.875 0.750{dash}1.000 {none} {none}")


def test_kinds_of_question_have_names_counts_and_their_main_figures(read: Callable[..., str]) -> None:
    text = said(read(MADE))
    assert (
        "Kind Questions Answered Declined where due Facts 8 75.0% 62.5%–87.5% – Not in the documents 2 – 50.0%" in text
    )


def test_nothing_but_all_is_said_to_be_all(read: Callable[..., str]) -> None:
    text = said(read(changed("quote_validity", 0.998)))
    assert "99% of the quotations are word for word" in text
    assert "100% of the sentences rest on what they cite" in text
    assert "Compare a quotation with the document" in text
    assert "may be used as they stand" not in text
    faultless = said(read(changed("answered", 1.0)))
    assert "It answered all 8 questions that the documents answer." in faultless


def test_what_fell_below_the_gate_is_named(read: Callable[..., str]) -> None:
    row = {"figure": "citation_precision", "language": "zh", "value": 0.7, "floor": 0.75, "baseline": None}
    text = said(read({**MADE, "gate": {"passes": False, "fallen": [row]}}))
    assert "Quality gate not passed" in text
    assert "Citations that are right (Chinese): 70.0%; floor 75.0%, last accepted –" in text
    assert "Quality gate not held" in said(read({**MADE, "gate": None}))


def test_a_run_under_other_conditions_than_the_release_says_which(read: Callable[..., str], tmp_path: Path) -> None:
    released = tmp_path / "released.json"
    released.write_text(json.dumps({**MADE, "origin": "release", "model": "other", "documents": 5}), encoding="utf-8")
    assert "than at the release: another search model; more or fewer documents in the library." in said(
        read(MADE, released=released)
    )
    released.write_text(json.dumps({**MADE, "origin": "release"}), encoding="utf-8")
    assert "than at the release" not in said(read(MADE, released=released))


def test_questions_of_the_development_half_are_shown_with_what_was_found(read: Callable[..., str]) -> None:
    html = read(MADE)
    text = said(html)
    assert "2012年销毁了多少支枪支？ Facts fact-zh-007" in text
    assert "what must be cited is not; the first citation is wrong" in text
    assert "Asked before 第七次会议呢？ Right 2014 background paper, para. 59" in text
    assert "Found 2014 background paper, para. 59 ✓ (right) lost#p1 ✗ (wrong) Cited lost#p1 ✗ (wrong)" in text
    assert f"/?doc={BACKGROUND.doc_id}&anchor=p59" in Drawn(html).values("href")


def test_without_a_run_on_this_computer_the_release_is_shown(read: Callable[..., str]) -> None:
    released = json.loads(RELEASED.read_bytes())
    text = said(read())
    assert f"As released: version {released['program']}, measured on" in text
    (answered,) = [row for row in released["figures"] if row["figure"] == "answered" and FIGURE.items() <= row.items()]
    n = answered["questions"]
    assert f"Of {n} questions that the documents answer, it answered {round(answered['value'] * n)} and" in text
    assert "On this computer: measured" not in text


def test_a_torn_file_is_no_error_page_but_the_release(
    read: Callable[..., str], own_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    (own_library.folder / SUMMARY).write_bytes(json.dumps(MADE).encode()[:700])
    assert "As released" in said(read())
    assert "evaluation.json is no summary of an evaluation" in caplog.text


def test_without_any_figures_the_page_says_how_to_get_some(
    read: Callable[..., str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = said(read(released=tmp_path / "none.json"))
    assert "There are no figures yet." in text
    assert "python -m eval run --gate" in text
    assert "How it is measured" in text
    assert caplog.text == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_summary_holds_stays_text(read: Callable[..., str], language: Language) -> None:
    tame, drawn = Drawn(read(MADE, language)), Drawn(read(hostile(), language))
    assert drawn.text.count("window.hacked=1") >= 10
    assert set(drawn.tags) <= {*tame.tags, "ul", "li"}
    assert drawn.tags.count("script") == tame.tags.count("script")
    assert drawn.names == tame.names
    assert not [name for name in drawn.names if name.startswith("on") or name == "style"]
    assert all(href.startswith(("/", "#")) for href in drawn.values("href"))


@pytest.fixture
def served(own_library: Library) -> Iterator[str]:
    """The address of the page on a free port, over the made library."""
    ready = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = PageServer(application(own_library), ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert ready.wait(PROCESS), "the page did not start"
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE)


@WIDTHS
@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("content", ["made", "released", "hostile"])
def test_the_page_is_no_wider_than_the_screen(
    served: str, own_library: Library, open_page: Visits, width: int, locale: str, content: str
) -> None:
    if content != "released":
        keep(own_library.folder, MADE if content == "made" else hostile())
    page = open_page.profile(locale, width).new_page()
    open_page.origins.add(served)
    open_page.watch(page)
    page.goto(f"{served}/evaluation")
    assert sideways(page, "html", "main", ".claims") == []
    for part in page.locator("details").all():
        part.locator("summary").click()
    assert page.locator(".shortfalls li").first.is_visible()
    assert sideways(page, "html", "main", ".shortfalls") == []
    assert page.evaluate("window.hacked") is None
    # What is wider scrolls in a box of its own, which the keyboard reaches and which has a name.
    for box in page.locator(".scroll").all():
        assert box.get_attribute("tabindex") == "0"
        assert box.get_attribute("aria-label")
