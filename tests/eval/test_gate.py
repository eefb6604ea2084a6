"""The gate: floors, falls beyond chance and beyond what is allowed, and what is not compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.records import Language
from eval.baseline import Baseline
from eval.errors import DatasetError
from eval.figures import Judged
from eval.gate import Gate, GateRow, hold, read_gate
from eval.judge import FIGURES
from eval.resample import Estimate
from tests.eval.outcomes import asked, judged, refusal, right, wrong

OPEN = Gate(dict.fromkeys(FIGURES, 0.0), dict.fromkeys(FIGURES, 0.0))


def gate(floor: float = 0.0, fall: float = 0.0) -> Gate:
    """A gate with a floor and a fall for hit@1 alone; others may be anything."""
    return Gate({**OPEN.floors, "hit@1": floor}, {**dict.fromkeys(FIGURES, 1.0), "hit@1": fall})


def questions(rights: int, wrongs: int, language: Language = "en") -> list[Judged]:
    """So many questions answered rightly, and wrongly: numbered from the first, so that the same ones were right."""
    return [
        (right if at < rights else wrong)(f"{language}-{at}", language) for at in range(rights + wrongs)
    ]  # fmt: skip


def row_of(rows: Sequence[GateRow], figure: str = "hit@1", language: str = "all") -> GateRow:
    (found,) = (row for row in rows if (row.figure, row.language) == (figure, language))
    return found


def verdicts(rows: Sequence[GateRow]) -> dict[tuple[str, str], str]:
    return {(row.figure, row.language): row.verdict for row in rows if row.verdict}


def test_a_run_like_its_baseline_passes() -> None:
    run = questions(7, 3)
    rows = hold(run, Baseline.of(run), OPEN)
    assert verdicts(rows) == {}
    row = row_of(rows)
    assert (row.floor, row.baseline, row.allowed) == (0.0, 0.7, 0.0)
    assert row.value is not None
    assert row.value.value == 0.7
    assert row.change == Estimate(0.0, 0.0, 0.0, 10)


def test_a_rise_passes() -> None:
    rows = hold(questions(9, 1), Baseline.of(questions(3, 7)), gate())
    assert verdicts(rows) == {}
    change = row_of(rows).change
    assert change is not None
    assert change.value == pytest.approx(0.6)


def test_a_floor_holds_whatever_was_before() -> None:
    low = questions(7, 3)
    assert verdicts(hold(low, Baseline.of(low), gate(floor=0.7))) == {}
    assert verdicts(hold(low, Baseline.of(low), gate(floor=0.75))) == {("hit@1", "all"): "is below its floor of 0.750"}
    assert verdicts(hold(low, Baseline({}), gate(floor=0.75))) == {("hit@1", "all"): "is below its floor of 0.750"}


def test_a_floor_is_for_both_languages_together() -> None:
    run = [*questions(10, 0, "zh"), *questions(5, 5, "en")]
    assert verdicts(hold(run, Baseline.of(run), gate(floor=0.75))) == {}
    assert set(verdicts(hold(run, Baseline.of(run), gate(floor=0.76)))) == {("hit@1", "all")}


def test_a_fall_beyond_chance_and_beyond_what_is_allowed_fails() -> None:
    rows = hold(questions(10, 10), Baseline.of(questions(20, 0)), gate(fall=0.1))
    said = "fell by 0.500, more than 0.100"
    assert verdicts(rows) == {("hit@1", "all"): said, ("hit@1", "en"): said}
    change = row_of(rows).change
    assert change is not None
    # Twenty coins: a standard error of √(.25 / 20) = .112.
    assert (change.value, change.count) == (-0.5, 20)
    assert change.low == pytest.approx(-0.72, abs=0.06)
    assert change.high == pytest.approx(-0.28, abs=0.06)


def test_a_fall_within_what_is_allowed_passes() -> None:
    assert verdicts(hold(questions(10, 10), Baseline.of(questions(20, 0)), gate(fall=0.5))) == {}


def test_a_fall_or_a_floor_is_not_missed_by_rounding() -> None:
    # .7 - .8 is less than -.1 as floating point adds.
    before, now = questions(80, 20), questions(70, 30)
    assert 0.7 - 0.8 < -0.1
    assert verdicts(hold(now, Baseline.of(before), gate(fall=0.1))) == {}
    assert set(verdicts(hold(now, Baseline.of(before), gate(fall=0.0999)))) == {("hit@1", "all"), ("hit@1", "en")}
    above = questions(3, 7)
    assert 0.1 + 0.2 > 3 / 10
    assert verdicts(hold(above, Baseline.of(above), gate(floor=0.1 + 0.2))) == {}


@pytest.mark.parametrize("lost", [1, 2])
def test_a_fall_within_chance_passes(lost: int) -> None:
    # One of twenty is more than allowed, but 36% of the resamples hold none of it, and 12% none of two.
    rows = hold(questions(20 - lost, lost), Baseline.of(questions(20, 0)), gate(fall=0.01))
    assert verdicts(rows) == {}
    change = row_of(rows).change
    assert change is not None
    assert change.value == pytest.approx(-lost / 20)
    assert change.high == 0.0


def test_as_many_lost_as_won_is_no_fall() -> None:
    before = questions(10, 10)
    now = [wrong(each.outcome.question.id) for each in before[:10]]
    now += [right(each.outcome.question.id) for each in before[10:]]
    assert verdicts(hold(now, Baseline.of(before), gate())) == {}


def test_a_fall_in_one_language_is_of_that_language() -> None:
    before = [*questions(100, 0, "zh"), *questions(10, 0, "en")]
    now = [*questions(100, 0, "zh"), *questions(5, 5, "en")]
    assert verdicts(hold(now, Baseline.of(before), gate(fall=0.1))) == {
        ("hit@1", "en"): "fell by 0.500, more than 0.100"
    }


def test_only_the_test_half_is_held() -> None:
    def in_dev(run: Sequence[Judged]) -> list[Judged]:
        return [
            Judged(replace(each.outcome, question=replace(each.outcome.question, split="dev")), each.scores)
            for each in run
        ]

    assert hold(in_dev(questions(0, 20)), Baseline.of(questions(20, 0)), gate(floor=1.0)) == []


def test_a_question_that_was_not_in_the_baseline_is_not_compared() -> None:
    rows = hold([*questions(10, 0), wrong("new-1"), wrong("new-2")], Baseline.of(questions(10, 0)), gate())
    row = row_of(rows)
    assert row.value is not None
    assert (row.value.value, row.value.count, row.baseline) == (10 / 12, 12, 1.0)
    assert row.change == Estimate(0.0, 0.0, 0.0, 10)
    assert verdicts(rows) == {}


def test_a_question_whose_text_changed_is_not_compared() -> None:
    def reworded(each: Judged) -> Judged:
        question = replace(each.outcome.question, question="What else?")
        return Judged(replace(each.outcome, question=question), each.scores)

    now = questions(0, 10)
    baseline = Baseline.of(questions(10, 0))
    row = row_of(hold([reworded(each) for each in now], baseline, gate()))
    assert (row.baseline, row.change, row.verdict) == (None, None, None)
    row = row_of(hold([*now[:5], *map(reworded, now[5:])], baseline, gate()))
    assert (row.baseline, row.change) == (1.0, Estimate(-1.0, -1.0, -1.0, 5))
    assert row.verdict == "fell by 1.000, more than 0.000"


def test_a_figure_that_had_a_value_and_has_none_fails() -> None:
    before, now = [right("q1")], [judged(asked("q1"), refusal())]
    said = verdicts(hold(now, Baseline.of(before), Gate(OPEN.floors, dict.fromkeys(FIGURES, 1.0))))
    gone = ("citation_precision", "quote_validity", "groundedness")
    assert said == {(figure, language): "has no value any more" for figure in gone for language in ("all", "en")}


def test_a_figure_that_has_a_value_for_the_first_time_is_held_against_its_floor_alone() -> None:
    before, now = [judged(asked("q1"), refusal())], [wrong("q1")]
    rows = hold(now, Baseline.of(before), Gate({**OPEN.floors, "citation_precision": 0.5}, OPEN.falls))
    row = row_of(rows, "citation_precision")
    assert (row.baseline, row.change, row.verdict) == (None, None, "is below its floor of 0.500")


def test_a_figure_without_value_now_and_before_has_no_row() -> None:
    run = questions(2, 0, "en")
    held = {(row.figure, row.language) for row in hold(run, Baseline.of(run), OPEN)}
    assert {language for _, language in held} == {"all", "en"}
    assert {figure for figure, _ in held}.isdisjoint({"references", "premises_met", "abstention_recall"})
    assert hold([], Baseline.of(run), OPEN) == []


def test_rows_come_in_the_order_of_figures_and_languages() -> None:
    run = [*questions(1, 0, "en"), *questions(1, 0, "zh")]
    rows = hold(run, Baseline({}), OPEN)
    assert [(row.figure, row.language) for row in rows[:6]] == [
        ("hit@1", "all"), ("hit@1", "zh"), ("hit@1", "en"), ("hit@5", "all"), ("hit@5", "zh"), ("hit@5", "en"),
    ]  # fmt: skip


def test_a_row_as_the_report_holds_it() -> None:
    row = GateRow("mrr", "zh", Estimate(0.5, 0.4, 0.6, 9), 0.1, 0.75, Estimate(-0.25, -0.3, -0.2, 8), 0.01, "fell")
    assert row.to_dict() == {
        "figure": "mrr", "language": "zh", "value": 0.5, "floor": 0.1, "baseline": 0.75,
        "change": {"value": -0.25, "low": -0.3, "high": -0.2}, "allowed": 0.01, "verdict": "fell",
    }  # fmt: skip
    bare = GateRow("mrr", "zh", None, 0.1, 0.75, None, 0.01, None).to_dict()
    assert (bare["value"], bare["change"], bare["verdict"]) == (None, None, None)
    # A value of zero is a value.
    zero = GateRow("mrr", "zh", Estimate(0.0, 0.0, 0.0, 1), 0.0, 0.0, Estimate(0.0, 0.0, 0.0, 1), 0.0, None).to_dict()
    assert (zero["value"], zero["baseline"]) == (0.0, 0.0)
    assert zero["change"] == {"value": 0.0, "low": 0.0, "high": 0.0}


# The file.


def toml(floors: dict[str, object], falls: dict[str, object]) -> str:
    tables = {"floors": floors, "falls": falls}
    return "".join(
        f"[{table}]\n" + "".join(f'"{name}" = {value}\n' for name, value in given.items())
        for table, given in tables.items()
    )


SHARES: dict[str, object] = dict.fromkeys(FIGURES, 0.25)


def test_the_gate_of_the_project_is_sound_and_lets_nothing_pass_that_is_not_quoted() -> None:
    read = read_gate()
    assert read.floors.keys() == read.falls.keys() == FIGURES.keys()
    assert read.floors["quote_validity"] == read.floors["groundedness"] == 1.0


def test_a_gate_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(toml(SHARES, {**SHARES, "mrr": 1, "hit@1": 0}), encoding="utf-8")
    read = read_gate(path)
    assert read.floors == dict.fromkeys(FIGURES, 0.25)
    assert (read.falls["mrr"], read.falls["hit@1"], read.falls["hit@5"]) == (1.0, 0.0, 0.25)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[floors", "cannot be read: "),
        ("", "floors: "),
        (toml(SHARES, SHARES) + "[more]\n", "more: "),
        (toml({**SHARES, "mrr": 1.5}, SHARES), "floors.mrr: "),
        (toml(SHARES, {**SHARES, "mrr": -0.01}), "falls.mrr: "),
        (toml({**SHARES, "mrr": "nan"}, SHARES), "floors.mrr: "),
        (toml({**SHARES, "mrr": '"much"'}, SHARES), "floors.mrr: "),
        (toml({**SHARES, "luck": 0.5}, SHARES), "[floors] and the figures differ in 'luck'"),
        (
            toml(SHARES, {name: share for name, share in SHARES.items() if name != "mrr"}),
            "[falls] and the figures differ in 'mrr'",
        ),
    ],
)
def test_what_is_no_gate_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DatasetError) as raised:
        read_gate(path)
    message = str(raised.value)
    assert message.startswith(str(path))
    assert said in message
    assert message.endswith("; mend it")


def test_a_gate_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"none\.toml cannot be read"):
        read_gate(tmp_path / "none.toml")
    path = tmp_path / "gate.toml"
    path.write_bytes(b"# \xff\n")
    with pytest.raises(DatasetError, match=r"gate\.toml cannot be read"):
        read_gate(path)
