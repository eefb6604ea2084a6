"""Adding over HTTP: each state and each refusal, in the reader's language, and nothing before it is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from assistant.live import Following
from corpus.errors import SnapshotError
from corpus.library import Library
from corpus.readers.limits import LARGEST_FILE
from corpus.readers.reading import Reading
from corpus.records import LANGUAGES, Language
from corpus.shelf.adding import add_version
from corpus.shelf.fetching import Fetched
from corpus.shelf.owners import owned
from tests.shelf import add_paper, description, everything, reading_of
from tests.web.adding.conftest import Desk, said
from tests.web.adding.made import BAD, PARAGRAPHS, SYMBOL, TITLE, TOO_LARGE, paper
from tests.web.documents import BACKGROUND
from web.adding.form import APART
from web.adding.staging import Limits, Staging
from web.strings import strings

EN, ZH = strings("en"), strings("zh")
DOC = "a-ac-300-2026-5"


def read_at_once(data: bytes, name: str, language: Language | None = None) -> Reading:  # noqa: ARG001
    """Takes any file for one of a paragraph."""
    return reading_of([name])


@pytest.fixture(scope="module")
def bad_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk at which all bad files were tried, and a good one last."""
    desk = Desk(Library.open(tmp_path_factory.mktemp("bad")))
    for name, (data, _, _) in BAD.items():
        assert desk.upload(name, data).status_code == 200
    desk.upload("large.pdf", b"", size=TOO_LARGE)
    desk.upload("good.docx", paper())
    desk.settled()
    return desk


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*BAD, "large.pdf"])
def test_each_bad_file_says_why_in_the_readers_language(bad_desk: Desk, name: str, language: Language) -> None:
    bad_desk.language = language
    item = next(
        BeautifulSoup(file["html"], "lxml") for file in bad_desk.look()["files"] if file["said"].startswith(name)
    )
    _, en, zh = BAD.get(name, (b"", "at most 20 MB", "上限是20 MB"))
    assert (zh if language == "zh" else en) in said(item.select_one(".refusal"))
    assert said(item.select_one(".file-state")) == strings(language).adding_states.refused
    assert item.select_one("[data-discard]")


def test_the_others_do_not_stop_for_a_bad_one_and_nothing_is_added_yet(bad_desk: Desk) -> None:
    assert [file["state"] for file in bad_desk.look()["files"]] == ["refused"] * (len(BAD) + 1) + ["read"]
    assert bad_desk.library.documents() == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_says_what_was_found_and_how_surely(desk: Desk, language: Language) -> None:
    desk.language = language
    words = strings(language)
    item = desk.file(desk.read("glaciers.docx", paper("en")))
    entries = {entry.select_one("[name]")["name"]: entry for entry in item.select(".entry")}
    assert set(entries) == {
        "title", "symbol", "date", "kind", "body", "session", "original_language", "official", "belongs",
    }  # fmt: skip
    for name in ("title", "symbol", "date", "body", "session", "original_language"):
        assert words.adding.stated in said(entries[name].select_one(".basis")), name
    assert "3 March 2026" in said(entries["date"])
    assert said(entries["kind"].select_one(".basis-status")) == words.adding.inferred
    assert TITLE["en"] in said(entries["kind"])
    assert SYMBOL in said(entries["official"])
    facts = said(item.select_one(".read-facts"))
    assert "General" in facts
    assert words.units.paragraph.format(n=3) in facts
    first = [said(each) for each in item.select(".first-units li")]
    assert len(first) == 3
    assert PARAGRAPHS["en"][1] in first[1]
    assert said(item.select_one("[data-plan]")) == words.adding_plans.new.format(
        language=words.texts.english
    )  # fmt: skip


def test_a_document_is_added_as_its_reader_corrected_it(desk: Desk) -> None:
    staged_id = desk.read("glaciers.docx", paper("en"))
    before = desk.library.generation()
    assert desk.confirm(staged_id, title="Sirens of the Hunza", date="2026", kind="background")
    document = desk.library.document(DOC)
    assert document.titles.en == "Sirens of the Hunza"
    assert (document.kind, document.year, document.symbol) == ("background", 2026, SYMBOL)
    assert [unit.anchor for unit in desk.library.units(DOC)] == ["head", "p1", "p2", "p3"]
    assert PARAGRAPHS["en"][1] in desk.library.unit(DOC, "p2").text
    looked = desk.look()
    assert looked["generation"] > before
    assert [file["state"] for file in looked["files"]] == ["added"]
    item = desk.file(staged_id)
    assert item.select_one(f"a[href^='/documents/{DOC}']")
    assert EN.adding.added_note in said(item)
    # What was added is not kept twice.
    assert desk.staging.of("")[0].data == b""


def test_what_is_added_waits_for_the_index_and_says_how_far_it_is(desk: Desk) -> None:
    desk.assistant.lagging = Following(desk.library.generation(), behind=True)
    staged_id = desk.read("glaciers.docx", paper("en"))
    assert desk.confirm(staged_id)
    before = desk.assistant.lagging.generation

    def shown(following: Following) -> str:
        desk.assistant.lagging = following
        (file,) = desk.look()["files"]
        assert file["busy"]
        assert file["state"] == "embedding"
        return said(desk.file(staged_id))

    assert EN.adding.embedding_soon in shown(Following(before, True))
    assert EN.adding.embedding_begun.format(total=212) in shown(Following(before, True, 0, 212))
    assert "37 of 212 paragraphs, about 40 s left" in shown(Following(before, True, 37, 212, 40.2))
    assert EN.adding.embedding_note in shown(Following(before, True, 37, 212, 0.1))
    error = SnapshotError("the disk is full", "room", "free some", zh="磁盘已满")
    assert "the disk is full" in shown(Following(before, True, error=error))
    desk.assistant.lagging = Following(desk.library.generation())
    assert EN.adding.added_note in said(desk.file(staged_id))
    # It can be asked about while its sentences follow, and the page says how far they are.
    desk.assistant.lagging = Following(desk.library.generation(), False, 37, 212, 40.2, refining=True)
    (file,) = desk.look()["files"]
    assert (file["state"], file["busy"]) == ("added", True)
    text = said(desk.file(staged_id))
    assert EN.adding.added_note in text
    assert EN.adding.refining.format(far="37 of 212 paragraphs, about 40 s left") in text
    # Another document that is on its way takes nothing back.
    desk.assistant.lagging = Following(desk.library.generation(), behind=True)
    assert EN.adding.added_note in said(desk.file(staged_id))


def test_only_what_changed_is_drawn_anew(desk: Desk) -> None:
    desk.read("glaciers.docx", paper("en"))
    (file,) = desk.look()["files"]
    known = f"{file['id']}.{file['version']},nonsense"
    (same,) = desk.request("GET", f"/adding?known={known}").json()["files"]
    assert "html" not in same
    assert (same["id"], same["version"]) == (file["id"], file["version"])


def test_another_language_is_paired_and_what_does_not_correspond_is_listed(desk: Desk) -> None:
    more = (*PARAGRAPHS["en"], "The Group thanked the people of the valley.")
    assert desk.confirm(desk.read("en.docx", paper("en", more)))
    staged_id = desk.read("zh.docx", paper("zh"))
    plan = desk.file(staged_id).select_one("[data-plan]")
    assert said(plan).startswith(EN.adding_plans.paired.format(language="Chinese"))
    assert plan.select_one(f"a[href='/documents/{DOC}']")
    assert EN.adding.only_there.format(labels="para. 4") in said(plan)
    assert "only in this text" not in said(plan)
    assert desk.confirm(staged_id)
    assert {version.language for version in desk.library.document(DOC).versions} == {"zh", "en"}


def test_a_newer_version_says_that_it_replaces_and_the_same_file_that_it_is_held(desk: Desk) -> None:
    first = paper("en")
    assert desk.confirm(desk.read("a.docx", first))
    again = desk.read("again.docx", first)
    item = desk.file(again)
    assert said(item.select_one(".plan")).startswith(EN.adding_plans.held.format(language="English"))
    assert not item.select("form")
    newer = desk.read("b.docx", paper("en", ("Fifty sirens were installed along the Hunza River in 2026.",)))
    assert said(desk.file(newer).select_one("[data-plan]")).startswith(
        EN.adding_plans.replaced.format(language="English")
    )
    assert desk.confirm(newer)
    assert "Fifty sirens" in desk.library.units(DOC)[-1].text
    assert len(desk.library.documents()) == 4


def test_a_text_is_paired_by_hand_or_kept_apart(desk: Desk) -> None:
    assert desk.confirm(desk.read("a.docx", paper("en")))
    staged_id = desk.read("b.docx", paper("en", ("Another paper with the same symbol was found in the archives.",)))
    options = {option["value"]: option.text for option in desk.file(staged_id).select("[name=belongs] option")}
    assert set(options) == {"", APART, DOC, "wg6-2014-background", "cop10-2020-draft-resolution", "forged"}
    assert "replaces its English text" in options["wg6-2014-background"]
    form = desk.form(staged_id)
    told = desk.send("PUT", f"/adding/files/{staged_id}", form | {"belongs": "wg6-2014-background"}).json()["plan"]
    assert EN.adding_plans.official.format(language="English") in told
    assert BACKGROUND.titles.en[1:] in told
    # What its reader chose is still there for a page that is opened anew.
    assert desk.form(staged_id)["belongs"] == "wg6-2014-background"
    assert desk.confirm(staged_id, belongs=APART)
    assert desk.library.document(f"{DOC}-2").symbol == SYMBOL


def test_what_cannot_be_is_said_at_the_field_and_nothing_is_lost(desk: Desk) -> None:
    staged_id = desk.read("a.docx", paper("en"))
    before = everything(desk.library)
    assert not desk.confirm(staged_id, title=" ", date="yesterday", body="The Group")
    item = desk.file(staged_id)
    assert {box["name"] for box in item.select("[aria-invalid]")} == {"title", "date"}
    box = item.select_one("[name=date]")
    assert said(item.select_one(f"#{str(box['aria-describedby']).split()[-1]}")) == EN.adding.wrong_date
    assert item.select_one("[name=body]")["value"] == "The Group"
    assert EN.adding.read_as.format(value="Working Group on Glaciers") in said(item)
    assert everything(desk.library) == before
    assert desk.confirm(staged_id, title="A", date="2026-03-03")


def test_what_the_library_refuses_is_said_and_can_be_mended(desk: Desk) -> None:
    text = "The text of the United Nations."
    add_version(
        desk.library, reading_of([text]), description("paper", symbol=SYMBOL, official=True), text.encode(), "x.txt"
    )
    staged_id = desk.read("a.docx", paper("en"))
    assert not desk.confirm(staged_id, official=False)
    assert "has an official text in this language" in said(desk.file(staged_id).select_one(".refusal"))
    assert desk.confirm(staged_id, official=False, belongs=APART)


def test_what_came_meanwhile_is_met_when_it_is_confirmed(desk: Desk) -> None:
    """What adding would do was told before; another reader was sooner."""
    data = paper("en")
    staged_id = desk.read("a.docx", data)
    form = desk.form(staged_id)
    add_version(desk.library, reading_of(["Mine."]), description("sooner"), data, "a.docx")
    assert desk.send("POST", f"/adding/files/{staged_id}/confirm", form).json() == {"added": True}
    assert desk.staging.of("")[0].added.outcome == "held"  # type: ignore[union-attr]
    assert DOC not in {document.doc_id for document in desk.library.documents()}


def test_those_with_nothing_to_check_are_confirmed_together_and_one_bears_on_the_next(desk: Desk) -> None:
    plain = [
        desk.read("a.docx", paper("en")),
        desk.read("b.docx", paper("en", title="Report on sirens", symbol="A/AC.300/2026/6")),
    ]
    same = desk.read("c.docx", paper("en", PARAGRAPHS["en"][:2]))
    undated = desk.read("d.docx", paper("en", title="Undated report", symbol="A/AC.300/L.7", dated=False))
    assert desk.look()["plain"] == 3
    page = BeautifulSoup(desk.request("GET", "/documents").text, "lxml").select_one("[data-together]")
    assert said(page.button) == EN.adding.confirm_all.format(n=3)
    assert not page.has_attr("hidden")
    assert desk.send("POST", "/adding/confirm", {}).json() == {"added": 2}
    states = {file["id"]: file["state"] for file in desk.look()["files"]}
    # The third would now replace the first, which is for its reader to say.
    assert states == {**dict.fromkeys(plain, "added"), same: "read", undated: "read"}
    assert desk.look()["plain"] == 0


@pytest.mark.parametrize("size", [LARGEST_FILE + 1, 2 * LARGEST_FILE])
def test_a_body_over_the_limit_is_refused_with_a_message(desk: Desk, size: int) -> None:
    answer = desk.upload("large.pdf", b"x" * size, size=10)
    assert answer.status_code == 413
    assert "at most 20 MB" in answer.json()["message"]
    assert desk.look()["files"] == []


def test_a_file_of_exactly_the_limit_is_taken(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of(staging=Staging(read=read_at_once))
    assert desk.upload("a.txt", b"x" * LARGEST_FILE).status_code == 200
    assert [file["state"] for file in desk.settled()["files"]] == ["read"]


def test_a_file_that_did_not_arrive_whole_is_not_taken(desk: Desk) -> None:
    assert desk.upload("a.txt", b"12345", size=9).status_code == 422
    assert desk.look()["files"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_twenty_first_file_is_told(desk_of: Callable[..., Desk], language: Language) -> None:
    desk = desk_of(staging=Staging(read=read_at_once), language=language)
    for n in range(20):
        assert desk.upload(f"{n}.txt", b"x").status_code == 200
    answer = desk.upload("20.txt", b"x")
    assert answer.status_code == 409
    assert ("一次最多20个" if language == "zh" else "at most 20 at once") in answer.json()["message"]
    assert len(desk.settled()["files"]) == 20
    desk.request("DELETE", f"/adding/files/{desk.look()['files'][0]['id']}")
    assert desk.upload("20.txt", b"x").status_code == 200


def test_without_room_it_is_told(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of(staging=Staging(Limits(size=100)))
    answer = desk.upload("a.txt", b"x" * 101)
    assert answer.status_code == 409
    assert "room for one more" in answer.json()["message"]


def test_a_symbol_is_fetched_read_and_added(desk_of: Callable[..., Desk]) -> None:
    def fetch(symbol: str, language: Language) -> Fetched:
        assert (symbol, language) == (SYMBOL, "zh")
        return Fetched(paper("zh"), "a.docx")

    desk = desk_of(staging=Staging(fetch=fetch))
    answer = desk.send("POST", "/adding/symbols", {"symbol": f" {SYMBOL} ", "language": "zh"})
    desk.settled()
    assert desk.confirm(answer.json()["id"])
    assert desk.library.document(DOC).titles.zh == TITLE["zh"]


@pytest.mark.parametrize("text", ["report.pdf", "../etc/passwd", "A", "", "x" * 150])
def test_what_is_no_symbol_is_told(desk: Desk, text: str) -> None:
    answer = desk.send("POST", "/adding/symbols", {"symbol": text, "language": "en"})
    assert "is not the symbol of a document" in answer.json()["message"]
    assert desk.look()["files"] == []


@pytest.mark.parametrize(("method", "path"), [("PUT", ""), ("POST", "/confirm"), ("DELETE", "")])
def test_an_unknown_file_and_anothers_are_not_there(desk: Desk, method: str, path: str) -> None:
    staged_id = desk.upload("a.docx", paper("en"), reader="anna").json()["id"]
    desk.settled("anna")
    form = {
        "title": "x", "symbol": "", "date": "2026", "session": "", "body": "", "kind": "other", "original_language": "",
        "official": False,
    }  # fmt: skip
    for name, reader in ((staged_id, "bei"), (staged_id, ""), ("nothing", "anna"), (staged_id[:-1], "anna")):
        assert desk.send(method, f"/adding/files/{name}{path}", form, reader).status_code == 404
    assert desk.look("bei")["files"] == []
    assert [file["state"] for file in desk.look("anna")["files"]] == ["read"]
    assert desk.send(method, f"/adding/files/{staged_id}{path}", form, "anna").status_code == 200
    if method != "PUT":
        # It is done, and is not done twice.
        again = desk.send("POST", f"/adding/files/{staged_id}/confirm", form, "anna")
        assert again.status_code == 404


def test_what_a_reader_adds_is_theirs_alone_and_changes_nothing_that_all_share(desk: Desk) -> None:
    staged_id = desk.upload("a.docx", paper("en"), reader="guest").json()["id"]
    desk.settled("guest")
    shared = set(owned(desk.library, ""))
    form = {
        "title": "x", "symbol": "", "date": "2026", "session": "", "body": "", "kind": "other", "original_language": "",
        "official": False,
    }  # fmt: skip
    assert EN.adding.alone in desk.look("guest")["files"][0]["html"]
    assert desk.send("POST", f"/adding/files/{staged_id}/confirm", form, "guest").json() == {"added": True}
    assert [document.titles.en for document in owned(desk.library, "guest")] == ["x"]
    assert set(owned(desk.library, "")) == shared
    # Where a librarian adds the same file, all share it.
    again = desk.upload("a.docx", paper("en")).json()["id"]
    desk.settled()
    assert EN.adding.alone not in desk.look()["files"][0]["html"]
    assert desk.send("POST", f"/adding/files/{again}/confirm", form).json() == {"added": True}
    assert len(owned(desk.library, "")) == len(shared) + 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "multipart/form-data; boundary=x"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": ""}, 415),
        # Another port of this computer, which has the same name as the page's own.
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "none"}, 403),
        ({"origin": "https://example.org"}, 421),
        ({"origin": "null"}, 421),
        ({"sec_fetch_site": "same-origin", "origin": "http://127.0.0.1"}, 200),
    ],
)
def test_what_a_foreign_page_could_have_a_browser_send_changes_nothing(
    desk: Desk, headers: dict[str, str], status: int
) -> None:
    before = everything(desk.library)
    assert desk.request("POST", "/adding/files?name=a.txt&size=1", b"x", **headers).status_code == status
    assert len(desk.look()["files"]) == (status == 200)
    if status != 200:
        posted = ("/adding/symbols", "/adding/confirm", "/removed/forged/restore")
        assert {desk.request("POST", path, b"{}", **headers).status_code for path in posted} == {status}
        assert everything(desk.library) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"title": 1}', b"\xff", b'{"symbol": "A/1", "language": "fr"}', b'{"symbol": "A/1"}'],
)
def test_what_is_not_of_the_form_is_refused(desk: Desk, body: bytes) -> None:
    answer = desk.request("POST", "/adding/symbols", body, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_a_title_that_is_hostile_stays_text(desk: Desk) -> None:
    title = '<img src=x onerror=alert(1)> \u202e & "report"'
    item = desk.file(desk.read("<b>\u202e.docx", paper("en", title=title)))
    assert not item.select("img, b:not(.first-units b)")
    assert "<b>.docx" in said(item.select_one(".file-name"))
    assert item.select_one("[name=title]")["value"].startswith("<img src=x")


def test_the_page_has_the_files_as_they_are_without_asking(desk: Desk) -> None:
    staged_id = desk.read("glaciers.docx", paper("en"))
    page = BeautifulSoup(desk.request("GET", "/documents").text, "lxml")
    (item,) = page.select("[data-file]")
    assert item["id"] == f"file-{staged_id}"
    assert item.select_one("[name=title]")["value"] == TITLE["en"]
    assert page.select_one("[data-adding]")["data-generation"] == str(desk.library.generation())
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    other = BeautifulSoup(desk.request("GET", "/documents", reader="bei").text, "lxml")
    assert not other.select("[data-file]")


def test_a_document_that_went_since_is_said_to_be_gone(desk: Desk) -> None:
    staged_id = desk.read("a.docx", paper("en"))
    assert desk.confirm(staged_id)
    assert desk.request("DELETE", f"/documents/{DOC}").status_code == 200
    assert EN.adding.added_gone in said(desk.file(staged_id))


def test_an_empty_library_takes_its_first_document(tmp_path: Path) -> None:
    desk = Desk(Library.open(tmp_path / "empty"))
    assert desk.confirm(desk.read("a.docx", paper("en")))
    add_paper(desk.library, ["Two."], "second")
    assert {document.doc_id for document in desk.library.documents()} == {DOC, "second"}
