"""The run in JUnit's form: XML whatever a question says, with the right counts."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from eval.gate import GateRow
from eval.report.junit import junit
from eval.resample import Estimate
from tests.eval.outcomes import DRY, SALT, asked, judged, refusal, right, run_of, wrong

FALLEN = GateRow("hit@1", "zh", None, 0.0, 0.75, None, 0.01, "has no value any more")
HELD = GateRow("mrr", "all", Estimate(0.6, 0.5, 0.7, 9), 0.1, None, None, 0.01, None)


def suites(content: bytes) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(content)
    assert root.tag == "testsuites"
    assert all(suite.tag == "testsuite" for suite in root)
    return {suite.attrib["name"]: suite for suite in root}


def assert_counts(suite: ElementTree.Element, tests: int, failures: int) -> None:
    assert (suite.attrib["tests"], suite.attrib["failures"]) == (str(tests), str(failures))
    assert (len(suite.findall("testcase")), len(suite.findall("testcase/failure"))) == (tests, failures)


def test_each_question_is_a_case_and_those_that_fall_short_fail() -> None:
    found = suites(junit(run_of(right("q1"), wrong("q2", "zh"), wrong("q3"))))
    assert found.keys() == {"questions"}
    assert_counts(found["questions"], tests=3, failures=2)
    first, second, _ = found["questions"]
    assert first.attrib == {"classname": "test.fact.en", "name": "q1", "time": "0.020"}
    assert second.attrib["classname"] == "test.fact.zh"
    failure = second.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "what must be cited is not; the first citation is wrong"
    assert failure.text == f"What of q2?\ncited: {DRY}"


def test_a_question_that_was_declined_cites_nothing() -> None:
    (suite,) = suites(junit(run_of(judged(asked("q1"), refusal(SALT))))).values()
    assert suite.findtext("testcase/failure") == "What of q1?\ncited: nothing"


def test_each_row_of_the_gate_is_a_case() -> None:
    found = suites(junit(run_of(right("q1"), gate=[FALLEN, HELD])))
    assert_counts(found["questions"], tests=1, failures=0)
    assert_counts(found["gate"], tests=2, failures=1)
    fallen, held = found["gate"]
    assert fallen.attrib == {"classname": "gate.zh", "name": "hit@1"}
    failure = fallen.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "hit@1 (zh) has no value any more"
    assert held.attrib == {"classname": "gate.all", "name": "mrr"}


def test_a_gate_without_rows_and_a_run_without_questions_are_empty_suites() -> None:
    found = suites(junit(run_of(gate=[])))
    assert_counts(found["questions"], tests=0, failures=0)
    assert_counts(found["gate"], tests=0, failures=0)


def test_what_xml_cannot_hold_is_left_out_of_a_question_and_the_rest_stays() -> None:
    said = '枪支 \U0001f52b </failure> & "quoted" ]]>\tand\nmore'
    question = replace(asked("q1"), question="\x00\x08\x0b\x1f\ufffe" + said)
    content = junit(run_of(judged(question, refusal())))
    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    (suite,) = suites(content).values()
    assert suite.findtext("testcase/failure") == f"{said}\ncited: nothing"


def test_what_xml_cannot_hold_is_left_out_of_an_id_and_a_kind() -> None:
    question = replace(asked("q\x001\ud800"), kind="fa\x0bct\uffff")
    (suite,) = suites(junit(run_of(judged(question, refusal())))).values()
    assert (suite[0].attrib["name"], suite[0].attrib["classname"]) == ("q1", "test.fact.en")
