"""A meta.yaml is refused in one line that names the file and the field; the bundled ones rest on real units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus.anchors import covers
from corpus.errors import MetaError
from corpus.home import BUNDLED_DATA
from corpus.meta import read_meta
from corpus.records import Document, Unit

CHAIR = "wg6-2020-chair-summary"
Edit = Callable[[dict[str, Any]], object]

# What is done to the fields of a good meta.yaml, and the words the refusal must hold.
WRONG: dict[str, tuple[Edit, str]] = {
    "unknown field": (lambda meta: meta.update(sessions="x"), "sessions"),
    "unknown field inside a version": (lambda meta: meta["versions"]["zh"].update(pages=3), "versions.zh.pages"),
    "unknown language": (lambda meta: meta["versions"].update(fr=meta["versions"]["zh"]), "versions.fr"),
    "missing field": (lambda meta: meta.pop("year"), "year"),
    "missing language of a title": (lambda meta: meta["title"].pop("en"), "title.en"),
    "year that is no number": (lambda meta: meta.update(year="soon"), "year"),
    "unknown kind": (lambda meta: meta.update(kind="poem"), "kind"),
    "unknown status": (lambda meta: meta.update(symbol="A/1", symbol_status="guessed"), "symbol_status"),
    "status without a symbol": (lambda meta: meta.update(symbol_status="inferred"), "symbol_status"),
    "symbol without a status": (lambda meta: meta.update(symbol="A/60/88"), "symbol_status"),
    "standing on no anchor": (lambda meta: meta["standing"][0].update(rests_on="page 4"), "page 4"),
    "unknown act": (lambda meta: meta["standing"][0].update(denies=["adopted", "vetoed"]), "standing.0.denies.1"),
    "act outside a list": (lambda meta: meta["standing"][0].update(denies="adopted"), "standing.0.denies"),
    "wrong id": (lambda meta: meta.update(id="wg6-2019"), "wg6-2019"),
}
NOT_YAML = {
    "open bracket": "id: [one, two\n",
    "tab": "id: x\n\ttitle: y\n",
    "control character": "id: x\x07\n",
    "list": "- id\n- title\n",
    "empty": "",
    "date that is none": "id: wg6-2020-chair-summary\nyear: 2020-13-45\n",
}


def _refusal(path: Path) -> str:
    with pytest.raises(MetaError) as caught:
        read_meta(path)
    message = str(caught.value)
    assert "\n" not in message
    assert f"{CHAIR}/meta.yaml" in message
    return message


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_field_is_refused_by_name(copy_of: Callable[..., Path], case: str) -> None:
    path = copy_of(CHAIR) / CHAIR / "meta.yaml"
    meta = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit, field = WRONG[case]
    edit(meta)
    path.write_text(yaml.safe_dump(meta, allow_unicode=True), encoding="utf-8")
    assert field in _refusal(path)


@pytest.mark.parametrize("case", NOT_YAML)
def test_what_is_no_yaml_of_fields_is_refused(copy_of: Callable[..., Path], case: str) -> None:
    path = copy_of(CHAIR) / CHAIR / "meta.yaml"
    path.write_text(NOT_YAML[case], encoding="utf-8")
    _refusal(path)


def test_the_line_of_broken_yaml_is_given(copy_of: Callable[..., Path]) -> None:
    path = copy_of(CHAIR) / CHAIR / "meta.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines[:3], "broken: [", *lines[3:]]), encoding="utf-8")
    assert "not YAML (line" in _refusal(path)


def test_a_missing_or_unreadable_file_is_refused(copy_of: Callable[..., Path]) -> None:
    path = copy_of(CHAIR) / CHAIR / "meta.yaml"
    path.write_bytes("id: 主席".encode("gb18030"))
    assert "UTF-8" in _refusal(path)
    path.unlink()
    assert "missing" in _refusal(path)


def test_the_bundled_metas_say_what_is_known_of_the_documents(documents: dict[str, Document]) -> None:
    assert {doc_id: document.symbol for doc_id, document in documents.items()} == {
        "wg6-2021-agenda": "CTOC/COP/WG.6/2021/1",
        "wg6-2020-report": "CTOC/COP/WG.6/2020/4",
        "wg6-2014-background": "CTOC/COP/WG.6/2014/3",
        "cop10-2020-draft-resolution": None,
        "wg6-2020-chair-summary": None,
    }
    assert {document.symbol_status for document in documents.values()} == {"inferred", "unknown"}
    assert {folder.name for folder in BUNDLED_DATA.iterdir() if folder.is_dir()} == documents.keys()


def test_titles_and_notes_are_given_in_both_languages(documents: dict[str, Document]) -> None:
    for document in documents.values():
        notes = [note.text for note in document.standing]
        for pair in (document.titles, document.short_titles, document.body, document.session, *notes):
            assert any("\u4e00" <= character <= "\u9fff" for character in pair.zh)
            assert pair.en.strip()
            assert not any("\u4e00" <= character <= "\u9fff" for character in pair.en)


def test_every_standing_note_rests_on_and_covers_units_that_exist(
    documents: dict[str, Document], units: dict[str, Unit]
) -> None:
    for doc_id, document in documents.items():
        assert document.standing, doc_id
        anchors = [unit.anchor for unit in units.values() if unit.doc_id == doc_id]
        for note in document.standing:
            assert note.rests_on in anchors, doc_id
            assert note.covers, doc_id
            for pattern in note.covers:
                assert any(covers((pattern,), anchor) for anchor in anchors), (doc_id, pattern)


def test_the_notes_of_the_report_cover_the_chapters_they_speak_of(
    documents: dict[str, Document], units: dict[str, Unit]
) -> None:
    report = [unit for unit in units.values() if unit.doc_id == "wg6-2020-report" and unit.kind == "paragraph"]
    chapters = {note.rests_on: note.covers for note in documents["wg6-2020-report"].standing}
    third = {unit.anchor for unit in report if unit.heading_path[0].startswith("三")}
    assert set(chapters["p7"]) == third
    assert set(chapters["p46"]) == {unit.anchor for unit in report} - third
    assert covers(chapters["p6"], "dp44")


def test_the_note_on_the_proposals_of_2014_covers_chapter_five(
    documents: dict[str, Document], units: dict[str, Unit]
) -> None:
    background = [unit for unit in units.values() if unit.doc_id == "wg6-2014-background"]
    chapter = {unit.anchor for unit in background if unit.heading_path and unit.heading_path[0].startswith("五")}
    assert set(documents["wg6-2014-background"].standing[1].covers) == chapter
