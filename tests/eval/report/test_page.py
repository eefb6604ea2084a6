"""The report page: one file that fetches nothing, in which what a question says is text and no markup."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from eval.gate import GateRow
from eval.report.page import page
from eval.resample import Estimate
from tests.eval.outcomes import DRY, SALT, answer, asked, asked_in_vain, judged, refusal, right, run_of, wrong

HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(2)> & {{ 7 * 7 }}'
VOID = {"meta", "line", "polyline"}


class Markup(HTMLParser):
    """The elements of a page with their attributes, and whether each is closed by its own end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def words(text: str) -> str:
    """What a reader sees of a page, white space made one."""
    body = text.partition("<body>")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


FALLEN = GateRow(
    "hit@1", "zh", Estimate(0.25, 0.1, 0.4, 9), 0.0, 0.75, Estimate(-0.5, -0.6, -0.4, 9), 0.01, "fell by 0.500"
)
HELD = GateRow("mrr", "all", Estimate(0.625, 0.5, 0.75, 9), 0.125, None, None, 0.01, None)
DEV = replace(asked("q9"), split="dev")


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    # As hostile as can be: what a question asks, and what an answer says, come from outside.
    question = replace(asked("q1"), question=HOSTILE, history=(HOSTILE,), note=HOSTILE, kind=HOSTILE)
    given = replace(refusal(DRY), reason=HOSTILE)
    text = page(run_of(judged(question, given, (HOSTILE,)), wrong("q2"), gate=[FALLEN, HELD]))
    markup = Markup(text)
    assert markup.open == []
    assert {tag for tag, _ in markup.elements}.isdisjoint(
        {"script", "link", "img", "iframe", "object", "embed", "base", "form", "a", "image", "use"}
    )
    for _, attributes in markup.elements:
        assert attributes.keys().isdisjoint({"src", "href", "srcset", "action", "xlink:href", "background", "style"})
        assert not any(name.startswith("on") for name in attributes)


def test_the_page_names_nothing_outside_itself() -> None:
    text = page(run_of(right("q1"), wrong("q2"), judged(DEV, refusal()), gate=[FALLEN, HELD]))
    assert re.search(r"https?:|//|\bsrc\b|\bhref\b|@import|url\(", text) is None


def test_what_a_question_says_is_text() -> None:
    question = replace(
        asked("<q1>", must=[["<b>salt</b>"]]), question=HOSTILE, history=("<i>before</i>",), note="</dl></details>"
    )
    text = page(run_of(judged(question, replace(refusal(), reason="</body>"), ("<u>e</u>",))))
    for markup in ("<script", "<img", "<q1>", "<i>", "<b>", "<u>", "</dl></details></dd>"):
        assert markup not in text
    assert text.count("</body>") == 1
    seen = words(text)
    for said in (HOSTILE, "<q1>", "<i>before</i>", "<b>salt</b>", "<u>e</u>", "</body>"):
        assert said in seen


def test_figures_are_shown_with_their_intervals_test_half_first() -> None:
    seen = words(page(run_of(judged(DEV, answer(SALT), (SALT,)), right("q1", "zh"), wrong("q2"))))
    assert "3 questions of questions.jsonl" in seen
    assert "Development: what is tuned on (1 question)" in seen
    test, dev = seen.index("Test: what is reported (2 questions)"), seen.index("Development: what is tuned on (1")
    assert test < dev
    assert "hit@1 0.500 0.000–1.000 1.000 1.000–1.000 0.000 0.000–0.000 hit@5" in seen[test:dev]
    # No question in Chinese there.
    assert "hit@1 1.000 1.000–1.000 – 1.000 1.000–1.000 hit@5" in seen[dev:]
    assert "references – – –" in seen
    assert "p50 20 ms, p95 20 ms." in seen


def test_a_half_without_questions_is_not_shown() -> None:
    seen = words(page(run_of(right("q1"))))
    assert "Test: what is reported" in seen
    assert "Development" not in seen


def test_each_kind_has_its_row() -> None:
    listed = replace(asked("q2"), kind="list")
    seen = words(page(run_of(right("q1"), judged(listed, answer(DRY), (DRY, SALT)))))
    head = "hit@1 hit@5 citation_precision citation_recall answer_coverage answered abstention_recall"
    fact, other = "1.000 1.000 1.000 1.000 – 1.000 –", "0.000 1.000 0.000 0.000 – 1.000 –"
    assert f"kind questions {head} fact 1 {fact} list 1 {other}" in seen


def test_questions_that_fall_short_are_shown_with_why_and_others_are_not() -> None:
    text = page(run_of(wrong("q-wrong"), right("q-right"), judged(asked_in_vain("q-vain"), answer(SALT))))
    seen = words(text)
    assert "Questions that fall short (2)" in seen
    assert (
        f"q-wrong What of q-wrong? what must be cited is not; the first citation is wrong expected one of {SALT} "
        f"retrieved {DRY} ✗ {SALT} ✓ cited {DRY} ✗ answered The moon is dry. confidence 0.900" in seen
    )
    assert "expected that the documents do not say retrieved nothing" in seen
    assert "q-right" not in text


def test_an_abstention_is_shown_with_its_reason() -> None:
    question = replace(asked("q1", any_of=(), all_of=[SALT, DRY]), history=("And the sea?", "And the moon?"))
    seen = words(page(run_of(judged(question, refusal()))))
    assert "after And the sea? → And the moon? expected all of d#p1, d#p2 retrieved nothing" in seen
    assert "cited nothing answered Nothing was found. confidence 0.100" in seen


def test_the_gate_is_shown_where_there_is_one() -> None:
    assert "Gate" not in words(page(run_of(right("q1"))))
    passes = words(page(run_of(right("q1"), gate=[HELD])))
    assert "Gate Passes All rows" in passes
    assert "mrr all 0.625 0.125 – –" in passes
    fails = words(page(run_of(right("q1"), gate=[FALLEN, HELD])))
    assert "Gate Does not pass: 1 row hit@1 (zh)" in fails
    assert "Gate Does not pass: 2 rows hit@1 (zh)" in words(page(run_of(right("q1"), gate=[FALLEN, FALLEN])))
    assert "hit@1 (zh) fell by 0.500 All rows" in fails
    assert "hit@1 zh 0.250 0.000 0.750 -0.500 -0.600 to -0.400" in fails


def test_the_curve_is_drawn_from_the_surest_answer_on() -> None:
    # Right at half of the coverage, wrong in half at all of it; the plot is 560 by 220, its risk of 0 at the foot.
    sure, unsure = judged(asked("q1"), answer(SALT, confidence=0.9)), judged(asked("q2"), answer(DRY, confidence=0.5))
    assert '<polyline points="280.0,220.0 560.0,110.0"' in page(run_of(unsure, sure))


def test_a_run_without_questions_is_a_page_too() -> None:
    assert "0 questions of questions.jsonl" in words(page(run_of()))
    assert "1 question of questions.jsonl" in words(page(run_of(right("q1"))))
