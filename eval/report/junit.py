"""A run in JUnit's form, which CI systems show: a case for each question, and one for each row of the gate."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from eval.run import Run

# What XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(run: Run) -> bytes:
    """The run as XML: questions that fall short are failures, as are the rows of the gate that do not pass."""
    suites = ElementTree.Element("testsuites", name="evaluation")
    # A question that falls short does not fail the run: the gate does. Viewers show both suites apart.
    failures = {each.outcome.question.id: why for each, why in run.failures}
    questions = _suite(suites, "questions", len(run.judged), len(failures))
    for each in run.judged:
        question = each.outcome.question
        case = ElementTree.SubElement(
            questions,
            "testcase",
            classname=_holdable(f"{question.split}.{question.kind}.{question.language}"),
            name=_holdable(question.id),
            time=f"{each.outcome.milliseconds / 1000:.3f}",
        )
        if why := failures.get(question.id):
            _failure(case, "; ".join(why), f"{question.question}\ncited: {', '.join(each.outcome.cited) or 'nothing'}")
    if run.gate is not None:
        gate = _suite(suites, "gate", len(run.gate), len(run.fallen))
        for row in run.gate:
            case = ElementTree.SubElement(gate, "testcase", classname=f"gate.{row.language}", name=row.figure)
            if row.verdict:
                _failure(case, f"{row.figure} ({row.language}) {row.verdict}", "")
    return bytes(ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True))


def _suite(suites: ElementTree.Element, name: str, tests: int, failures: int) -> ElementTree.Element:
    return ElementTree.SubElement(suites, "testsuite", name=name, tests=str(tests), failures=str(failures))


def _failure(case: ElementTree.Element, message: str, text: str) -> None:
    failure = ElementTree.SubElement(case, "failure", message=_holdable(message))
    failure.text = _holdable(text)


def _holdable(text: str) -> str:
    return _FORBIDDEN.sub("", text)
