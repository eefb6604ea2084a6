"""What is said of a citation whose words are gone: replaced on a day, removed, or in another document now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, AnswerSentence, Citation
from corpus.library import Library
from corpus.records import LANGUAGES, Language
from corpus.rows import MOMENT, now
from corpus.shelf.adding import add_version
from corpus.shelf.amending import amend, description_of_document
from corpus.shelf.naming import day_in_words
from corpus.shelf.pairing import pair
from corpus.shelf.removing import remove
from corpus.shelf.removing_version import remove_version
from corpus.shelf.versions import versions_of
from tests.shelf import add_paper, description, reading_of
from tests.web.drawn import Drawn
from tests.web.fake import FakeAssistant
from tests.web.reading import reading_application
from web.asking.drawing import draw_turn
from web.asking.evidence import panel_context
from web.asking.kept import KeptTurn, keep, made_anew
from web.asking.turns import Turn
from web.asking.view import View, view_of
from web.documents.table import official_first
from web.site import Site as Pages
from web.strings import strings

ID = "0123456789abcdef" * 2
UNOFFICIAL = ["Mark every firearm at import.", "Keep the records for ten years."]
OFFICIAL = ["Every firearm shall be marked at import.", "Keep the records for ten years."]
EARLIER, LATER = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A paper of two languages, the English an unofficial translation, beside another document."""
    library = Library.open(tmp_path / "home")
    add_paper(library, ["每支枪支进口时应打标。", "应保存记录十年。"], "paper", "zh", official=True)
    add_paper(library, UNOFFICIAL, "paper")
    add_paper(library, ["Seals eat fish."], "zoo")
    return library


@pytest.fixture
def pages(library: Library) -> Pages:
    return Pages(FakeAssistant(library), library)


def cited(library: Library, n: int = 1, language: Language = "en") -> Citation:
    unit = library.unit("paper", f"p{n}", language)
    return FakeAssistant(library).cite(unit.anchor_id, language, 0, len(unit.text), n)


def kept_turn(library: Library, at: str = "") -> dict[str, Any]:
    """A conversation's turn as a browser has it, that quotes both paragraphs of the English text."""
    citations = (cited(library, 1), cited(library, 2))
    sentences = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
    answer = Answer("Who marks?", "en", "extractive", False, None, sentences, citations)
    sent: dict[str, Any] = json.loads(json.dumps(keep(Turn(ID, "Who marks?", answer, at=at))))
    return sent


def served(library: Library, language: Language = "zh") -> TestClient:
    """The pages that are read, over HTTP."""
    application = reading_application(library, ())
    headers = {"accept-language": language}
    return TestClient(application, base_url="http://127.0.0.1", headers=headers, follow_redirects=False)


def replace_by_official(library: Library) -> str:
    """The official English text in the place of the other; gives the day, as it is where this runs."""
    add_version(library, reading_of(OFFICIAL), description("paper", official=True), b"official", "official.txt")
    moment = next(v.replaced_at for v in versions_of(library, "paper") if v.language == "en")
    return datetime.fromisoformat(moment).astimezone().date().isoformat()


def drawn(pages: Pages, kept: dict[str, Any], language: Language) -> Drawn:
    (turn,) = made_anew((KeptTurn.model_validate(kept),), pages.assistant)
    return Drawn(draw_turn(pages, turn, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_of_before_says_when_its_source_was_replaced_and_shows_what_stands_there(
    library: Library, pages: Pages, language: Language
) -> None:
    kept = kept_turn(library, EARLIER)
    words = strings(language)
    assert words.losses.as_it_stands not in drawn(pages, kept, language).text
    day = replace_by_official(library)
    page = drawn(pages, kept, language)
    assert words.losses.replaced.format(date=day_in_words(day).get(language)) in page.text
    assert words.losses.as_it_stands in page.text
    assert words.answer.changed in page.text
    # What is quoted is the paragraph as it stands; the words that were quoted are nowhere.
    assert OFFICIAL[0] in page.text
    assert UNOFFICIAL[0] not in page.text
    # The other paragraph has the same words still, of a text that is official now.
    assert UNOFFICIAL[1] in page.text
    assert words.texts.unofficial not in page.text


def test_an_answer_of_after_the_replacement_and_one_without_a_moment(library: Library, pages: Pages) -> None:
    kept = kept_turn(library)
    day = replace_by_official(library)
    said = strings("en").losses.replaced.format(date=day_in_words(day).en)
    # Of what an earlier version of the page kept no moment is known.
    del kept["at"]
    assert said in drawn(pages, kept, "en").text
    assert said not in drawn(pages, {**kept, "at": LATER}, "en").text
    assert strings("en").panel.lost in drawn(pages, {**kept, "at": LATER}, "en").text


@pytest.mark.parametrize("forged", ["yesterday", "2020-13-45T00:00:00Z", "<b>", "2020-01-01", "9" * 400])
def test_a_moment_that_is_none_is_as_if_none_were_kept(library: Library, pages: Pages, forged: str) -> None:
    kept = {**kept_turn(library), "at": forged}
    assert KeptTurn.model_validate(kept).at == ""
    assert forged not in drawn(pages, kept, "zh").text


def test_a_turn_keeps_its_moment_and_a_new_one_has_it(library: Library) -> None:
    kept = kept_turn(library, EARLIER)
    assert kept["at"] == EARLIER
    (turn,) = made_anew((KeptTurn.model_validate(kept),), FakeAssistant(library))
    assert turn.at == EARLIER
    assert turn.gone == ()
    assert datetime.strptime(now(), MOMENT) - datetime.strptime(EARLIER, MOMENT) > timedelta(days=365)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_says_when_the_text_was_replaced_and_shows_the_present_paragraph(
    library: Library, pages: Pages, language: Language
) -> None:
    view = view_of(cited(library))
    day = replace_by_official(library)
    page = Drawn(pages.fragment("parts/panel.html", language, **panel_context(pages, view, language)))
    words = strings(language)
    assert words.losses.replaced.format(date=day_in_words(day).get(language)) in page.text
    assert OFFICIAL[0] in page.text
    assert page.marks == []
    assert words.texts.unofficial not in page.text
    kept = Drawn(pages.fragment("parts/panel.html", language, **panel_context(pages, view_of(cited(library, 2)), "en")))
    assert kept.marks == [OFFICIAL[1]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_removed_is_named_with_the_day_and_how_long_it_can_be_brought_back(
    library: Library, pages: Pages, language: Language
) -> None:
    kept, words = kept_turn(library, EARLIER), strings(language)
    view = view_of(cited(library))
    english = words.texts.english
    gone = remove_version(library, "paper", "en")
    date = day_in_words(datetime.fromisoformat(gone.removed_at).astimezone().date().isoformat()).get(language)
    said = words.losses.version_removed.format(language=english, date=date)
    assert said in drawn(pages, kept, language).text
    assert said in pages.fragment("parts/panel.html", language, **panel_context(pages, view, language))
    library.connection.execute("DELETE FROM removed")
    assert words.losses.version_gone.format(language=english) in drawn(pages, kept, language).text
    title = library.document("paper").short_title(language)
    remove(library, "paper")
    said = words.losses.removed.format(title=title, date=date)
    assert said in drawn(pages, kept, language).text
    assert words.losses.as_it_stands not in drawn(pages, kept, language).text
    assert panel_context(pages, view, language) == {"panel": None, "panel_failure": said}
    library.connection.execute("DELETE FROM removed")
    assert "zoo" in panel_context(pages, view, language)["panel_failure"]
    assert words.losses.away in drawn(pages, kept, language).text


def test_what_a_browser_makes_up_is_not_said_back(library: Library, pages: Pages) -> None:
    kept = kept_turn(library)
    kept["answer"]["citations"][0]["anchor"] = "<b>nowhere</b>#p1"
    kept["answer"]["citations"][1]["anchor"] = "paper#<b>p2</b>"
    page = drawn(pages, kept, "en")
    assert "nowhere" not in page.text
    assert "<b>p2" not in page.text
    assert strings("en").losses.away in page.text


def test_what_cites_a_document_that_was_absorbed_goes_on_and_leads_to_the_one_there_is(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    add_paper(library, ["每支枪支进口时应打标。", "应保存记录十年。"], "lunwen", "zh")
    add_paper(library, UNOFFICIAL, "paper")
    pages = Pages(FakeAssistant(library), library)
    kept, view = kept_turn(library, EARLIER), view_of(cited(library))
    pair(library, "lunwen", "paper")
    (turn,) = made_anew((KeptTurn.model_validate(kept),), pages.assistant)
    assert isinstance(turn.outcome, Answer)
    assert [citation.anchor for citation in turn.outcome.citations] == ["lunwen#p1", "lunwen#p2"]
    assert not turn.changed
    panel = panel_context(pages, view, "en")["panel"]
    assert panel.view.address.startswith("/?doc=lunwen&anchor=p1&text=en&mark=")
    assert panel.other.unit.language == "zh"
    client = served(library)
    moved = client.get("/documents/paper?text=en")
    assert (moved.status_code, moved.headers["location"]) == (307, "/documents/lunwen?text=en")


def test_the_page_of_a_document_that_was_removed_says_so(library: Library) -> None:
    client = served(library, "zh")
    remove(library, "paper")
    page = client.get("/documents/paper")
    assert page.status_code == 404
    assert strings("zh").losses.not_here in page.text
    assert "一天之内可以恢复" in page.text
    assert strings("zh").losses.not_here not in client.get("/documents/nowhere").text


def test_the_official_text_is_shown_everywhere_once_it_is_there(library: Library, pages: Pages) -> None:
    client = served(library, "en")
    unofficial = strings("en").texts.unofficial
    assert unofficial in client.get("/documents/paper?text=en").text
    assert not cited(library).official
    replace_by_official(library)
    citation = cited(library)
    assert (citation.official, citation.text) == (True, OFFICIAL[0])
    panel = panel_context(pages, View("paper", "p1", "en"), "en")["panel"]
    assert all(each.official for each in panel.versions)
    for address in ("/documents/paper?text=en", "/documents/paper?text=both"):
        page = client.get(address).text
        assert OFFICIAL[0] in page
        assert UNOFFICIAL[0] not in page
        assert unofficial not in page
    assert all(version.official for version in official_first(library.document("paper")))


def test_distribution_is_shown_where_it_is_known_and_kinds_in_both_languages(library: Library) -> None:
    for language in LANGUAGES:
        client = served(library, language)
        words = strings(language)
        assert f"<dt>{words.shelf.distribution}</dt>" not in client.get("/documents/zoo").text
        said = replace(description_of_document(library.document("zoo")), distribution="General")
        amend(library, "zoo", said)
        page = client.get("/documents/zoo").text
        assert f"<dt>{words.shelf.distribution}</dt><dd>General</dd>" in page
        assert f"<dd>{words.kinds.other}</dd>" in page
        assert words.kinds.other in client.get("/documents").text
        # Nothing is said of a body or a session that nobody named.
        assert f"<dt>{words.reader.session}</dt>" not in page
        amend(library, "zoo", replace(said, distribution=""))
