"""What the figures say to a delegate: how far to rely on an answer, and what to do about the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.records import Language
from web.evaluation.cells import Cell, cell_of
from web.evaluation.numbers import round_percent, whole
from web.evaluation.summary import Figure, Summary
from web.strings import Section, strings


@dataclass(frozen=True)
class Claim:
    """One thing that the figures say: the share in large, the figure it is of, the sentence."""

    share: str
    cell: Cell
    sentence: str


def claims(summary: Summary, language: Language) -> list[Claim]:
    """What was found, in the order that matters to a reader. A figure that is undefined says nothing."""
    words = strings(language).evaluation
    return [*_quotes(summary, words, language), *_answers(summary, words, language)]


def advice(summary: Summary, language: Language) -> list[str]:
    """What follows from it for whoever uses an answer."""
    words = strings(language).evaluation
    said = [words.advice_quote if exact(summary) else words.advice_compare]
    cited = summary.figure("test", "citation_precision")
    if cited is None or cited.value < 1:
        said.append(words.advice_read)
    declined = summary.figure("test", "abstention_precision")
    if declined and declined.value < 1:
        mistaken = declined.questions - hits_of(declined)
        counts = {"n": whole(declined.questions, language), "m": whole(mistaken, language)}
        said.append(words.advice_declined.format(**counts))
    return said


def exact(summary: Summary) -> bool:
    """Whether all that was quoted is in the documents and all that was said rests on what is quoted."""
    found = [summary.figure("test", name) for name in ("quote_validity", "groundedness")]
    return all(figure is not None and figure.value == 1 for figure in found)


def hits_of(figure: Figure) -> int:
    """How many of its questions a figure counts, where it counts each wholly or not at all."""
    return round(figure.value * figure.questions)


def _quotes(summary: Summary, words: Section, language: Language) -> Iterator[Claim]:
    quotes, sentences = (summary.figure("test", name) for name in ("quote_validity", "groundedness"))
    if quotes is None or sentences is None:
        return
    worse = min(quotes, sentences, key=lambda figure: figure.value)
    shares = {"quotes": round_percent(quotes.value, language), "sentences": round_percent(sentences.value, language)}
    sentence = words.quotes_exact if exact(summary) else words.quotes_inexact.format(**shares)
    yield Claim(round_percent(worse.value, language), cell_of(worse, language), sentence)


def _answers(summary: Summary, words: Section, language: Language) -> Iterator[Claim]:
    for name, key in (("answered", "answered"), ("citation_precision", "cited"), ("answer_coverage", "complete"),
                      ("abstention_recall", "declined")):  # fmt: skip
        figure = summary.figure("test", name)
        if figure is None:
            continue
        share = round_percent(figure.value, language)
        if key in ("answered", "declined"):
            n, k = figure.questions, hits_of(figure)
            text = words[f"{key}_all" if k == n else f"{key}_some"]
            sentence = text.format(n=whole(n, language), k=whole(k, language), m=whole(n - k, language))
        else:
            sentence = words[key].format(share=share)
        yield Claim(share, cell_of(figure, language), sentence)
