"""The conversation as HTML: questions, cited answers, abstentions with their leads, failures. Pure functions."""

from __future__ import annotations

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.schedule import read_out
from corpus.records import Language
from web.comparison import render_comparison, sides_of
from web.markup import capital, citation_mark, escape, excerpt, lang_of, symbol_note
from web.session import Failure, Reference, Turn, Turns
from web.strings import EXAMPLES, LANGUAGE_NAMES, Strings, strings

#: Columns of a quote shown under an answer, whose rest is a click away, and of a question that was refused.
QUOTE_COLUMNS, REFUSED_COLUMNS = 150, 240


def render_header(language: Language) -> str:
    """The bar at the top: the name, the language of the interface, a new conversation."""
    words = strings(language)
    languages = "".join(
        f'<button type="button" class="language" data-language="{code}" lang="{lang_of(code)}"'
        f' aria-pressed="{"true" if code == language else "false"}">{escape(name)}</button>'
        for code, name in LANGUAGE_NAMES.items()
    )
    return (
        f'<header class="bar" data-interface="{language}" data-html-lang="{words.html_lang}"'
        f' data-title="{escape(words.title)}">'
        f'<div class="brand"><h1>{escape(words.name)}</h1><p>{escape(words.tagline)}</p></div>'
        f'<div class="languages" role="group" aria-label="{escape(words.interface_language)}">{languages}</div>'
        f'<button type="button" class="plain" data-glossary aria-expanded="false">{escape(words.glossary)}</button>'
        f'<button type="button" class="plain" data-new aria-label="{escape(words.new_conversation)}">'
        f'<span class="roomy">{escape(words.new_conversation)}</span>'
        f'<span class="tight">{escape(words.new_short)}</span></button></header>'
        f'<p class="disconnected" role="alert" data-text="{escape(words.disconnected)}"></p>'
    )


def render_composer(language: Language) -> str:
    """The box a question is written in."""
    words = strings(language)
    return (
        f'<form class="composer"><label class="unseen" for="question">{escape(words.question)}</label>'
        f'<textarea id="question" name="question" rows="1" placeholder="{escape(words.placeholder)}"'
        f' aria-describedby="question-keys" autocomplete="off" enterkeyhint="send"></textarea>'
        f'<button type="submit" class="solid">{escape(words.ask)}</button>'
        f'<p id="question-keys" class="keys">{escape(words.keys_hint)}</p></form>'
    )


def render_conversation(turns: Turns, language: Language) -> str:
    """The whole conversation, or the welcome with its example questions where nothing was asked yet."""
    words = strings(language)
    inner = "".join(_turn(index, turn, language) for index, turn in enumerate(turns)) or _welcome(language)
    name = escape(words.conversation)
    return f'<div class="log" role="log" aria-live="polite" aria-label="{name}" tabindex="0">{inner}</div>'


def _welcome(language: Language) -> str:
    words = strings(language)
    order: tuple[Language, ...] = ("zh", "en") if language == "zh" else ("en", "zh")
    examples = "".join(
        f'<li><button type="button" class="example" data-ask lang="{lang_of(code)}">{escape(question)}</button></li>'
        for code in order
        for question in EXAMPLES[code]
    )
    return (
        f'<section class="welcome"><h2>{escape(words.welcome)}</h2><p>{escape(words.welcome_note)}</p>'
        f'<h3 id="examples">{escape(words.examples)}</h3><ul aria-labelledby="examples">{examples}</ul></section>'
    )


def _turn(index: int, turn: Turn, language: Language) -> str:
    words = strings(language)
    outcome = turn.outcome
    question = excerpt(turn.question, REFUSED_COLUMNS) if isinstance(outcome, Failure) else turn.question
    if outcome is None:
        state, body = "pending", f'<p class="searching" role="status">{escape(words.searching)}</p>'
    elif isinstance(outcome, Failure):
        state, body = "failed", _failure(outcome, language)
    elif outcome.abstained:
        state, body = "abstained", _abstention(index, outcome, words)
    else:
        state, body = "answered", _answer(index, outcome, words)
    return (
        f'<article class="turn {state}" data-serial="{escape(turn.serial)}">'
        f'<h2 class="question"><span class="unseen">{escape(words.question)}: </span>{escape(question)}</h2>'
        f'<div class="outcome">{body}</div></article>'
    )


def _failure(failure: Failure, language: Language) -> str:
    words = strings(language)
    message = (
        words.busy if failure.busy else words.internal if failure.error is None else failure.error.message(language)
    )
    return f'<p class="verdict">{escape(words.failed)}</p><p class="reason">{escape(message)}</p>'


def _answer(index: int, answer: Answer, words: Strings) -> str:
    cited = {citation.n: citation for citation in answer.citations}
    sides = sides_of(answer)
    # What stands in a column is not said a second time.
    beside = {side.n for side in sides}
    sentences = render_comparison(index, sides, words) + "".join(
        _sentence(index, sentence, cited, answer, words)
        for sentence in answer.sentences
        if not sentence.citations or not beside.issuperset(sentence.citations)
    )
    by_model = f'<p class="by-model">{escape(words.by_model)}</p>' if answer.mode == "llm" else ""
    marks = "".join(f"[{citation.n}]" for citation in answer.citations if not citation.official)
    remark = f'<p class="unofficial">{escape(words.quoted_unofficial.format(marks=marks))}</p>' if marks else ""
    return (
        f'{_understood(answer, words)}<h3 class="unseen">{escape(words.answer)}</h3>'
        f'<div class="sentences">{sentences}</div>{_notes(answer, words)}{by_model}{remark}'
        f'<h3 class="sources-heading">{escape(words.sources)}</h3>{_sources(index, "c", answer.citations, words)}'
    )


def _understood(answer: Answer, words: Strings) -> str:
    """How a follow-up was read; nothing where no earlier turn changed the question."""
    if not answer.understood:
        return ""
    question = f'<span lang="{lang_of(answer.language)}">{escape(answer.understood)}</span>'
    return f'<p class="understood">{escape(words.understood).format(question=question)}</p>'


def _notes(answer: Answer, words: Strings) -> str:
    items = "".join(f'<li lang="{lang_of(answer.language)}">{escape(note)}</li>' for note in answer.notes)
    return f'<ul class="notes" aria-label="{escape(words.notes)}">{items}</ul>' if items else ""


def _sentence(index: int, sentence: AnswerSentence, cited: dict[int, Citation], answer: Answer, words: Strings) -> str:
    sources = [cited[n] for n in sentence.citations if n in cited]
    marks = "".join(citation_mark(Reference(index, "c", source.n), source, words) for source in sources)
    # An extractive sentence is its source's own words, in the source's language, whatever that of the question.
    language = sources[0].language if sources and answer.mode == "extractive" else answer.language
    text = escape(read_out(sentence.text, language))
    return f'<p lang="{lang_of(language)}">{text}<span class="marks">{marks}</span></p>'


def _abstention(index: int, answer: Answer, words: Strings) -> str:
    reason = f'<p class="reason" lang="{lang_of(answer.language)}">{escape(answer.reason)}</p>' if answer.reason else ""
    leads = ""
    if answer.leads:
        leads = (
            f'<h3 class="sources-heading">{escape(words.leads)}</h3>'
            f'<p class="leads-note">{escape(words.leads_note)}</p>'
            f"{_sources(index, 'l', answer.leads, words)}"
        )
    verdict = f'<p class="verdict">{escape(words.abstained)}</p>{reason}'
    return f"{_understood(answer, words)}{verdict}{_notes(answer, words)}{leads}"


def _sources(index: int, kind: str, citations: tuple[Citation, ...], words: Strings) -> str:
    # A note on a text's standing goes with every citation; under the second of the same standing a pointer is enough.
    first_with: dict[tuple[str, ...], int] = {}
    items = []
    for citation in citations:
        reference = Reference(index, "c" if kind == "c" else "l", citation.n)
        items.append(_source(reference, citation, first_with.get(citation.standing), words))
        first_with.setdefault(citation.standing, citation.n)
    return f'<ol class="sources">{"".join(items)}</ol>'


def _source(reference: Reference, citation: Citation, same_as: int | None, words: Strings) -> str:
    document = citation.document
    symbol = symbol_note(document.symbol, document.symbol_status, words)
    remark = "" if citation.official else f'<span class="unofficial">{escape(words.unofficial)}</span> '
    standing = ""
    if citation.standing and same_as is not None:
        standing = f'<p class="standing">{escape(words.standing_as.format(n=same_as))}</p>'
    elif citation.standing:
        notes = " ".join(citation.standing)
        standing = f'<p class="standing"><b>{escape(words.standing)}</b> {escape(notes)}</p>'
    title = escape(capital(document.short_title))
    return (
        f'<li class="source"><button type="button" class="source-open" data-cite="{reference}">'
        f'<span class="number">[{citation.n}]</span> <span class="source-title">{title}</span>'
        f'<span class="source-label">{escape(citation.label)}</span></button>'
        f'<p class="quote" lang="{lang_of(citation.language)}">{escape(excerpt(citation.quote, QUOTE_COLUMNS))}</p>'
        f'<p class="symbol">{remark}{escape(symbol)}</p>{standing}</li>'
    )
