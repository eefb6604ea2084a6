"""Every non-blank character of a source lands exactly once, by a slow oracle; the measure notices when one does not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from corpus.coverage import measure_coverage
from corpus.home import BUNDLED_DATA
from corpus.parse.builder import Ledger, Parsed
from corpus.parse.document import parse_version
from corpus.parse.traced import INSERTED
from corpus.records import Document

# What may stand outside units, headings and footnotes; anything else would be text lost to the reader.
FURNITURE = {
    "footnote rule": r"_{5,}",
    "footnote mark": r"[\d¹²³⁴⁵⁶⁷]",
    "footnote mark without a footnote": r"∗",
    "markdown": r"\*\*|-|\[|\]\(#\)",
    "number": r"\d+\.|\([a-z]\)|讨论要点\d+|Discussionpoint\d+",
    "table header": r"日期和时间议程项目标题或说明|DateandtimeAgendaitemTitleordescription",
}


def _taken(parsed: Parsed, taker: str) -> list[str]:
    return ["".join(parsed.source[at] for at in offsets) for name, offsets in parsed.ledger.entries if name == taker]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_character_stands_once_in_a_unit_or_in_the_ledger(version: Parsed) -> None:
    times: Counter[int] = Counter()
    for unit, origin in zip(version.units, version.origins, strict=True):
        for character, offset in zip(unit.text, origin, strict=True):
            if offset != INSERTED:
                assert version.source[offset] == character
                times[offset] += not character.isspace()
    for taker, offsets in version.ledger.entries:
        if taker != "unit":
            times.update(offsets)
    wanted = {offset: 1 for offset, character in enumerate(version.source) if not character.isspace()}
    assert {offset: count for offset, count in times.items() if count} == wanted


def test_the_measure_agrees_with_the_oracle(version: Parsed) -> None:
    coverage = measure_coverage(version)
    first = version.units[0]
    text = (BUNDLED_DATA / first.doc_id / f"{first.language}.txt").read_text(encoding="utf-8")
    assert coverage.complete
    assert coverage.total == len(_squeezed(text)) == sum(coverage.taken.values())


def test_a_heading_that_was_taken_stands_above_some_unit(version: Parsed) -> None:
    shown = {_squeezed(heading) for unit in version.units for heading in unit.heading_path}
    assert set(_taken(version, "heading")) == shown


def test_a_footnote_that_was_taken_hangs_on_some_unit(version: Parsed) -> None:
    notes = [note for unit in version.units for note in unit.footnotes]
    shown = Counter(_squeezed(piece) for note in notes for piece in (note.mark, note.text))
    assert Counter(_taken(version, "footnote")) == shown


def test_nothing_else_is_taken_but_furniture(version: Parsed) -> None:
    takers = {name for name, _ in version.ledger.entries} - {"unit", "heading", "footnote"}
    assert takers <= FURNITURE.keys()
    for taker in takers:
        for piece in _taken(version, taker):
            assert re.fullmatch(FURNITURE[taker], piece), (taker, piece)


def test_units_insert_nothing_but_joints_and_the_repeated_cells_of_the_table(version: Parsed) -> None:
    for unit, origin in zip(version.units, version.origins, strict=True):
        inserted = "".join(c for c, offset in zip(unit.text, origin, strict=True) if offset == INSERTED)
        if unit.kind == "table_row":
            cells = inserted.replace(" | ", "")
            assert cells == "" or cells in "".join(unit.text.split(" | ")[:2])
        else:
            assert not inserted.strip(), unit.anchor


def test_a_character_that_the_parser_dropped_is_missing(parsed: dict[str, Parsed]) -> None:
    version = parsed["wg6-2020-chair-summary"]
    coverage = measure_coverage(replace(version, source=version.source + "迷"))
    assert coverage.missing == (len(version.source),)
    assert not coverage.complete


def test_a_day_without_rows_in_a_mutated_table_is_missing(documents: dict[str, Document]) -> None:
    text = (BUNDLED_DATA / "wg6-2021-agenda" / "zh.txt").read_text(encoding="utf-8").rstrip()
    mutated = f"{text} \n\n5月 13日，星期四 \n"
    coverage = measure_coverage(parse_version(documents["wg6-2021-agenda"], "zh", mutated.encode()))
    assert [mutated[offset] for offset in coverage.missing] == list("5月13日，星期四")
    assert not coverage.complete


def test_an_offset_taken_twice_is_doubled(parsed: dict[str, Parsed]) -> None:
    version = parsed["wg6-2020-chair-summary"]
    offset = version.source.index("区块链")
    twice = Ledger((*version.ledger.entries, ("heading", (offset,))))
    coverage = measure_coverage(replace(version, ledger=twice))
    assert (coverage.missing, coverage.doubled) == ((), (offset,))
    assert not coverage.complete


def test_a_character_that_changed_on_its_way_is_altered(parsed: dict[str, Parsed]) -> None:
    version = parsed["wg6-2020-chair-summary"]
    offset = version.source.index("区块链")
    changed = tuple(replace(unit, text=unit.text.replace("区块链", "块块链")) for unit in version.units)
    coverage = measure_coverage(replace(version, units=changed))
    assert coverage.altered == (offset,)
    assert not coverage.complete
