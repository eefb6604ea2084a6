"""A document that is added in the page is found, quoted and cited by the real assistant; once removed, in no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant import Assistant
from assistant.follow import Follower
from tests.patience import PROCESS
from tests.web.adding.made import paper
from tests.web.browsing import Visits, ask, wait_until
from tests.web.conftest import Site, serving
from web.strings import strings

EN = strings("en")
QUESTION = "How many sirens were installed along the Hunza River?"
DOC = "a-ac-300-2026-5"


@pytest.fixture
def site(copy_home: Callable[[], Path]) -> Iterator[Site]:
    """The application over the real assistant, whose index follows the library."""
    assistant = Assistant.open(copy_home(), progress=False)
    follower = Follower(assistant, every=0.1).start()
    with serving(assistant, assistant.library) as running:
        yield running
    follower.stop()


def test_a_document_is_added_asked_about_and_removed(open_page: Visits, site: Site) -> None:
    open_page.allows(r"ERR_ABORTED GET .*/(adding|documents)\?")
    assistant = site.assistant
    assert isinstance(assistant, Assistant)
    asking = open_page("en-GB")
    before = ask(asking, QUESTION)
    expect(before.locator(".verdict")).to_have_text(EN.answer.abstained)

    page = asking.context.new_page()
    open_page.watch(page)
    page.goto(f"{site.url}/documents")
    page.wait_for_selector("[data-adding][data-ready]")
    page.locator("[data-choose]").set_input_files(
        [{"name": "glaciers.docx", "mimeType": "application/octet-stream", "buffer": paper("en")}]
    )
    added = page.locator("[data-file]")
    added.get_by_label(EN.documents.title).fill("Sirens of the Hunza valley")
    added.get_by_role("button", name=EN.adding.confirm).click()
    expect(added).to_contain_text(EN.adding.added_note, timeout=PROCESS * 1000)

    expect(asking.locator(f".choices input[value='{DOC}']")).to_have_count(1)
    answered = ask(asking, QUESTION)
    expect(answered.locator(".sentences")).to_contain_text("Forty-one sirens were installed along the Hunza River")
    expect(answered.locator(".sources")).to_contain_text("Sirens of the Hunza valley")
    expect(answered.locator(".source-label").first).to_have_text("para. 2")

    page.locator(f"[data-remove='{DOC}']").click()
    expect(page.locator(".notice-said")).to_contain_text("Sirens of the Hunza valley")
    # The other tab offers it no more to search in.
    expect(asking.locator(f".choices input[value='{DOC}']")).to_have_count(0)
    # At once: the index has not followed, and need not have.
    gone = assistant.ask(QUESTION)
    assert gone.abstained
    assert not [each for each in (*gone.citations, *gone.leads) if each.document.id == DOC]
    page.get_by_role("button", name=EN.removing.undo).click()
    expect(page.locator(f"[data-remove='{DOC}']")).to_have_count(1)
    # Its vectors came back with it, so that the index has it again as soon as it has looked.
    wait_until(page, lambda: not assistant.following.behind)
    assert [each.document.id for each in assistant.ask(QUESTION).citations] == [DOC]
