"""The page: Gradio components and events around what :mod:`web.render` draws, mounted on a guarded FastAPI app."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse

from assistant.answer import Answer, Citation, Evidence
from corpus.errors import RapporteurError
from corpus.glossary import Term, glossary
from corpus.records import Language
from web.glossary import render_glossary
from web.panel import render_empty_panel, render_evidence, render_panel_failure
from web.render import render_composer, render_conversation, render_header
from web.security import LOOPBACK_NAMES, Guard
from web.session import Conversation, Failure, Turns, View, first_reference, resolve
from web.strings import strings

logger = logging.getLogger(__name__)

FOLDER: Final = Path(__file__).parent

#: Questions that wait before one more is turned away, and how many are answered at a time.
QUEUE_LENGTH, ANSWERS_AT_ONCE = 32, 2

#: Our own files, served as they are: Gradio would rewrite a style sheet that is given to it.
_FILES: Final = {"page.js": "text/javascript", "style.css": "text/css"}

#: Until the style sheet has come and the language is settled there is nothing worth seeing.
_UNSEEN: Final = ".gradio-container { visibility: hidden; }"

#: The interface before the browser has said which language its reader wants.
FIRST_LANGUAGE: Final[Language] = "zh"


class Answers(Protocol):
    """What the page needs of an assistant."""

    def ask(
        self,
        question: str,
        history: Sequence[tuple[str, Answer]] = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question; raises a RapporteurError where it cannot be asked."""

    def evidence(
        self, anchor_id: str, language: Language | None = None, reader: Language = "zh", before: int = 2, after: int = 2
    ) -> Evidence:
        """A unit in its place; raises a RapporteurError where there is none."""


def build_page(
    assistant: Answers,
    names: tuple[str, ...] = LOOPBACK_NAMES,
    queue_length: int = QUEUE_LENGTH,
    answers_at_once: int = ANSWERS_AT_ONCE,
    terms: Sequence[Term] | None = None,
) -> FastAPI:
    """The whole application, ready for uvicorn.

    Args:
        assistant: What answers the questions and finds the evidence.
        names: The host names under which the page is served.
        queue_length: Questions that may wait; one more is told at once that there is no room.
        answers_at_once: Questions answered at the same time.
        terms: What the glossary lists; the project's own terms where None.
    """
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    for name, media_type in _FILES.items():
        _serve(application, name, media_type)

    blocks = _Page(assistant, glossary().terms if terms is None else terms, answers_at_once).blocks
    blocks.queue(max_size=queue_length, default_concurrency_limit=answers_at_once, api_open=False)
    gr.mount_gradio_app(
        application,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size="1mb",
        favicon_path=str(FOLDER / "favicon.png"),
        theme=_theme(),
        css=_UNSEEN,
        head='<link rel="stylesheet" href="web/style.css">',
    )
    application.add_middleware(Guard, names=names)
    return application


def _serve(application: FastAPI, name: str, media_type: str) -> None:
    # no-cache asks each time whether the file is still the same, so that a new version never meets an old page.
    @application.api_route(f"/web/{name}", methods=["GET", "HEAD"], include_in_schema=False)
    def file() -> FileResponse:
        return FileResponse(FOLDER / name, media_type=media_type, headers={"cache-control": "no-cache"})


def _theme() -> gr.themes.Base:
    # Named fonts only: Gradio's own choices come with files to fetch.
    fonts = [gr.themes.Font(name) for name in ("system-ui", "sans-serif")]
    return gr.themes.Base(font=fonts, font_mono=[gr.themes.Font("monospace")])


class _Page:
    """The components of one page and what happens between them; what a reader does is kept in the session alone."""

    def __init__(self, assistant: Answers, terms: Sequence[Term], answers_at_once: int) -> None:
        self.assistant, self.terms = assistant, terms
        language = FIRST_LANGUAGE
        with gr.Blocks(title=strings(language).title, analytics_enabled=False, fill_width=True) as self.blocks:
            self.conversation, self.view, self.language = gr.State(Conversation()), gr.State(None), gr.State(language)
            self.header = _part("header", render_header(language), "'language' 'new'")
            self.glossary = _part("glossary", render_glossary(terms, language), "")
            with gr.Row(elem_id="stage"):
                with gr.Column(elem_id="talk"):
                    self.log = _part("conversation", render_conversation((), language), "'cite'")
                    self.composer = _part("composer", render_composer(language), "'ask'")
                self.panel = _part("panel", render_empty_panel(language), "'more' 'close'")
            self._wire(answers_at_once)

    def _wire(self, answers_at_once: int) -> None:
        at_once: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
        queued: dict[str, Any] = {
            "concurrency_limit": answers_at_once,
            "trigger_mode": "multiple",
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        everything = [self.conversation, self.view, self.language]
        answered = [self.view, self.log, self.panel]
        # The question shows at once, and the answer waits its turn in the queue, which may be full.
        asked = self.composer.ask(
            self.begin, [self.conversation, self.language], [self.conversation, self.log], **at_once
        )
        reply = asked.success(self.answer, [self.conversation], [], **queued)
        reply.success(self.show, [self.conversation, self.language], answered, **at_once)
        reply.failure(self.turn_away, [self.conversation, self.language], answered, **at_once)
        self.log.cite(self.open, [self.conversation, self.language], [self.view, self.panel], **at_once)
        self.panel.more(self.extend, everything, [self.view, self.panel], **at_once)
        self.panel.close(self.close, [self.language], [self.view, self.panel], **at_once)
        labelled = [self.language, self.header, self.glossary, self.log, self.composer, self.panel]
        self.header.language(self.relabel, everything, labelled, **at_once)
        self.header.new(self.restart, [self.conversation, self.language], [self.conversation, *answered], **at_once)

    def begin(self, conversation: Conversation, language: Language, event: gr.EventData) -> tuple[Conversation, str]:
        """Shows the question, and that its answer is being looked for."""
        question = _sent(event, "question")
        conversation.begin(question if isinstance(question, str) else "")
        return conversation, render_conversation(conversation.turns, language)

    def answer(self, conversation: Conversation) -> None:
        """Answers the question that waits."""
        turn = conversation.pending()
        if turn is None:
            return
        outcome: Answer | Failure
        try:
            outcome = self.assistant.ask(turn.question, history=conversation.answered())
        except RapporteurError as error:
            outcome = Failure(error)
        except Exception:
            # The edge of the application: the reader gets a sentence, the log the trace.
            logger.exception("a question could not be answered")
            outcome = Failure(None)
        conversation.finish(turn.serial, outcome)

    def show(self, conversation: Conversation, language: Language) -> tuple[View | None, str, str]:
        """Shows what came of the question, and opens its first citation."""
        reference = first_reference(conversation.turns)
        view = View(reference) if reference else None
        return (
            view,
            render_conversation(conversation.turns, language),
            self._panel(conversation.turns, view, language),
        )

    def turn_away(self, conversation: Conversation, language: Language) -> tuple[View | None, str, str]:
        """Says that the queue had no room for the question."""
        turn = conversation.pending()
        if turn is not None:
            conversation.finish(turn.serial, Failure(None, busy=True))
        return self.show(conversation, language)

    def open(self, conversation: Conversation, language: Language, event: gr.EventData) -> tuple[View | None, str]:
        """Opens a citation or lead of the conversation."""
        found = resolve(conversation.turns, _sent(event, "reference"))
        view = View(found[0]) if found else None
        return view, self._panel(conversation.turns, view, language)

    def extend(
        self, conversation: Conversation, view: View | None, language: Language, event: gr.EventData
    ) -> tuple[View | None, str]:
        """Shows more of the document around the open citation."""
        side = _sent(event, "side")
        view = view.more(side) if view is not None and side in ("before", "after") else view
        return view, self._panel(conversation.turns, view, language)

    def close(self, language: Language) -> tuple[None, str]:
        """Closes the citation."""
        return None, render_empty_panel(language)

    def relabel(
        self, conversation: Conversation, view: View | None, language: Language, event: gr.EventData
    ) -> tuple[Language, str, str, str, str, str]:
        """Shows everything in the language the reader chose."""
        chosen = _sent(event, "language")
        language = chosen if chosen in ("zh", "en") else language
        return (
            language,
            render_header(language),
            render_glossary(self.terms, language),
            render_conversation(conversation.turns, language),
            render_composer(language),
            self._panel(conversation.turns, view, language),
        )

    def restart(self, conversation: Conversation, language: Language) -> tuple[Conversation, None, str, str]:
        """Begins an empty conversation."""
        conversation.clear()
        return conversation, None, render_conversation((), language), render_empty_panel(language)

    def _panel(self, turns: Turns, view: View | None, language: Language) -> str:
        found = resolve(turns, view.reference) if view else None
        if view is None or found is None:
            return render_empty_panel(language)
        try:
            return self._evidence(found[1], view, language)
        except RapporteurError as error:
            return render_panel_failure(error.message(language), language)
        except Exception:
            logger.exception("the evidence of a citation could not be shown")
            return render_panel_failure(strings(language).internal, language)

    def _evidence(self, citation: Citation, view: View, language: Language) -> str:
        evidence = self.assistant.evidence(
            citation.anchor, language=citation.language, reader=language, before=view.before, after=view.after
        )
        shown = evidence.unit.language
        wanted: Language = "en" if shown == "zh" else "zh"
        other = self.assistant.evidence(citation.anchor, language=wanted, reader=language, before=0, after=0)
        # Where there is no version in the wanted language, the assistant gives the one there is.
        counterpart = other if other.unit.language != shown else None
        return render_evidence(evidence, counterpart, citation, view, language)


def _part(name: str, value: str, events: str) -> gr.HTML:
    """A piece of the page, drawn on the server; ``page.js`` sends its events, which are named here for Gradio."""
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        head='<script src="web/page.js"></script>',
        js_on_load=f"/* {events} */ window.rapporteur.{name}(element, trigger, watch);",
    )


def _sent(event: gr.EventData, name: str) -> object:
    """What the browser sent under a name, None where it sent nothing of the kind."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None
