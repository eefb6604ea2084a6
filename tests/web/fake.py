"""An assistant whose every answer can be checked by eye: the public methods of the real one, over made documents."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.alignment import Comparison
from assistant.alignment.compare import compare
from assistant.answer import Answer, AnswerSentence, Citation, EarlierTurn, Evidence, Hit
from assistant.briefing.finish import AS_MADE, Choices
from assistant.briefing.records import Note
from assistant.citations import cite, is_official
from assistant.compose import Quoted
from assistant.engine import History
from assistant.generate.writing import Writer
from assistant.ledger import Ledger
from assistant.ledger.book import Book
from assistant.live import Following
from corpus.anchors import label, split_anchor_id
from corpus.errors import QuestionError, SpanError, UnknownVersionError
from corpus.library import Library
from corpus.records import Language
from corpus.shelf.owners import Seen
from tests.patience import LONG
from tests.web.documents import HOSTILE, UNITS
from tests.web.noted import written

P56, P58, P59, P60, P61, P62, P63 = (f"wg6-2014-background#p{n}" for n in (56, 58, 59, 60, 61, 62, 63))
OP13, OP14, OP15 = (f"cop10-2020-draft-resolution#op{n}" for n in (13, 14, 15))

#: A unit, and words that stand in one of its language versions.
Words = tuple[str, str]

DESTROYED: Words = (P59, "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作。")
FUNDED: Words = (P61, "毒品和犯罪问题办公室得到日本政府提供的资金，用于在两个萨赫勒国家开展枪支收缴和销毁工作。")
JULY: Words = (P60, "2012年7月")
SHARED: Words = (P60, "阿根廷和巴西的代表在会上分享了制订国家枪支收缴和自愿放弃方案的经验。")
TOOK_PART: Words = (P59, "UNODC took part in the destruction of 1,045 firearms in May 2012.")
CRYPTO: Words = (OP14, "cryptocurrencies in trafficking in firearms, and to share what they learn 𠮷")
REPORT: Words = (OP15, "Requests the Secretariat to report")

NOTES: dict[Language, tuple[str, ...]] = {
    "zh": ("各份文件中没有第99段。", "文件内部不一致。"),
    "en": ("There is no para. 99.", "The document disagrees with itself."),
}
REASONS: dict[Language, str] = {
    "zh": "没有段落同时提到所问的各项内容。",
    "en": "No paragraph mentions everything the question asks about.",
}
EMPTY = QuestionError(
    "an empty question", "some words", "write what you want to know", zh="没有问题；请写下要了解的内容。"
)

#: Pairs of texts that are set side by side, each named by a word of the question.
SIDES: dict[str, tuple[Words, Words]] = {
    "alike": ((P62, "（第62段的文字。）"), (P63, "（第63段的文字。）")),
    "drafts": (
        (OP13, "Invites States parties to make full use of the tools for tracing;"),
        (OP14, "Urges States parties to investigate the use of the darknet"),
    ),
    "same": ((P62, "段的文字"), (P63, "段的文字")),
    "apart": ((P56, "工作组似宜审议下列事项"), (P63, "第63段的文字")),
    "languages": (
        (P61, "毒品和犯罪问题办公室得到日本政府提供的资金"),
        (P61, "Japan funded the collection of firearms"),
    ),
    "hostile": (("forged#p1", HOSTILE), ("forged#p1", HOSTILE[12:-9])),
}


@dataclass(frozen=True)
class Asked:
    """What the assistant was asked."""

    question: str
    history: tuple[EarlierTurn, ...]
    documents: tuple[str, ...]
    languages: tuple[Language, ...]


@dataclass
class FakeAssistant:
    """Answers by the words in the question, from the documents of :mod:`tests.web.documents`.

    ``slow`` in a question waits until ``go`` is set; ``paced`` waits before each further sentence for a ``step``. A
    question that begins with 那 or "And" is read with the one before it. ``ended`` counts the answers given to the end.
    The index is up with the library, unless ``lagging`` says how far it is. A ``writer`` words notes alone.
    """

    library: Library
    go: threading.Event = field(default_factory=threading.Event)
    step: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    asked: list[Asked] = field(default_factory=list)
    ended: int = 0
    lagging: Following | None = None
    books: dict[int, Book] = field(default_factory=dict)
    writer: Writer | None = None

    @property
    def worded(self) -> bool:
        return self.writer is not None

    @property
    def following(self) -> Following:
        return self.lagging or Following(self.library.generation())

    def stream(
        self, question: str, history: History = (), language: Language | None = None, documents: Sequence[str] = (),
        languages: Sequence[Language] = (),
    ) -> Iterator[Answer]:  # fmt: skip
        earlier = tuple(turn if isinstance(turn, EarlierTurn) else EarlierTurn.of(*turn) for turn in history)
        self.asked.append(Asked(question, earlier, tuple(documents), tuple(languages)))
        understood = None
        if earlier and question.startswith(("那", "And")):
            understood = f"{earlier[-1].understood or earlier[-1].question} {question}"
        # Half a character cannot be shown; like the real one, this one drops it.
        asked = question.encode("utf-8", "ignore").decode("utf-8")
        whole = replace(self._answer(understood or asked, language), question=asked)
        if understood:
            whole = replace(whole, understood=understood)
        if "slow" in question and not self.go.wait(LONG):
            raise TimeoutError("nobody let the slow question go on")
        for count in range(1, len(whole.sentences)):
            shown = whole.sentences[:count]
            cited = {n for sentence in shown for n in sentence.citations}
            citations = tuple(citation for citation in whole.citations if citation.n in cited)
            yield replace(whole, sentences=shown, citations=citations, notes=(), compared=False)
            if "paced" in question and not self.step.acquire(timeout=LONG):
                raise TimeoutError("nobody let the paced answer take a step")
        yield whole
        self.ended += 1

    def seen_by(self, reader: str) -> FakeAssistant:
        """The same for one reader, to whom what others own is not there."""
        return replace(self, library=Seen(self.library, reader))

    def ask(
        self, question: str, history: History = (), language: Language | None = None, documents: Sequence[str] = ()
    ) -> Answer:
        *_, whole = self.stream(question, history, language, documents)
        return whole

    def search(self, question: str, k: int = 10, documents: Sequence[str] = (), *, history: History = ()) -> list[Hit]:
        answer = self.ask(question, history, None, documents)
        cited = [(self.library.unit(*split_anchor_id(c.anchor), c.language), c.score) for c in answer.citations]
        return [Hit(unit, score) for unit, score in cited[:k]]

    def evidence(
        self, anchor_id: str, language: Language | None = None, reader: Language = "zh", before: int = 2, after: int = 2
    ) -> Evidence:
        unit = self.library.unit(*split_anchor_id(anchor_id), language)
        document = self.library.document(unit.doc_id)
        standing = tuple(note.get(reader) for note in self.library.standing(unit, document))
        around = self.library.neighbours(unit, before, after)
        name = label(unit.anchor, reader)
        return Evidence(unit, name, document, is_official(document, unit.language), standing, *around)

    def brief(
        self, topic: str = "", item: str = "", documents: Sequence[str] = (), language: Language | None = None,
        choices: Choices = AS_MADE, polish: bool = False, again: bool = True,
    ) -> Note:  # fmt: skip
        if "slow" in topic and not self.go.wait(LONG):
            raise TimeoutError("nobody let the slow note go on")
        writer = self.writer if polish else None
        return written(self.library, topic, item, documents, language, choices, writer, again)

    def compare(self, a: str, b: str, language: Language | None = None) -> Comparison:
        return compare(self.library, None, a, b, language)

    def ledger(
        self, actor: str = "", topic: str = "", documents: Sequence[str] = (), *, language: Language | None = None
    ) -> Ledger:
        book = self.books.setdefault(self.library.generation(), Book(self.library))
        return book.ledger(actor, topic, documents, language)

    def cite(
        self, anchor_id: str, language: Language, start: int, end: int, n: int = 1, score: float = 0.0,
        reader: Language = "zh",
    ) -> Citation:  # fmt: skip
        unit = self.library.unit(*split_anchor_id(anchor_id), language)
        if unit.language != language:
            raise UnknownVersionError(f"{anchor_id} in {language}", "a version there is", "ask for that")
        if not 0 <= start < end <= len(unit.text):
            raise SpanError(f"{start} to {end}", "a span within the text", "quote what is there")
        return cite(self.library, n, Quoted(unit, start, end, score), reader)

    def quoted(self, n: int, words: Words, reader: Language) -> Citation:
        """The citation of words, wherever they stand in their unit."""
        anchor_id, quote = words
        unit = next(unit for unit in UNITS if unit.anchor_id == anchor_id and quote in unit.text)
        start = unit.text.index(quote)
        return self.cite(anchor_id, unit.language, start, start + len(quote), n, 0.9, reader)

    def _answer(self, question: str, language: Language | None) -> Answer:
        if not question.strip():
            raise EMPTY
        if len(question) > 2000:
            raise QuestionError(
                f"{len(question)} characters", "2,000 at most", "shorten the question",
                zh=f"问题有{len(question)}个字符，最多2,000个；请缩短。",
            )  # fmt: skip
        if "crash" in question:
            raise ZeroDivisionError("a fault of the program, at /secret/path")
        reader: Language = language or ("zh" if any("\u4e00" <= each <= "\u9fff" for each in question) else "en")
        if "differ" in question or "不同" in question:
            pair = next((pair for name, pair in SIDES.items() if name in question), SIDES["alike"])
            return replace(self._saying(question, reader, *pair, JULY), notes=NOTES[reader], compared=True)
        if "销毁" in question:
            answer = self._saying(question, reader, DESTROYED, FUNDED)
            first, second = answer.sentences
            return replace(answer, sentences=(first, replace(second, citations=(2, 1))))
        if "destroyed" in question:
            return self._saying(question, reader, TOOK_PART, (P61, FUNDED[1][:21]), JULY)
        if "crypto" in question:
            said = "Urges States parties to investigate the use of cryptocurrencies in trafficking in firearms."
            answer = self._saying(question, reader, CRYPTO)
            return replace(answer, mode="llm", sentences=(AnswerSentence(said, (1,)),))
        if "hostile" in question:
            answer = self._saying(question, reader, ("forged#p1", HOSTILE))
            return replace(answer, understood=HOSTILE, notes=(HOSTILE,))
        return Answer(
            question, reader, "extractive", True, REASONS[reader], (), (),
            (self.quoted(1, SHARED, reader), self.quoted(2, REPORT, reader)),
            notes=NOTES[reader] if "99" in question else (),
        )  # fmt: skip

    def _saying(self, question: str, reader: Language, *quotes: Words) -> Answer:
        """The answer whose sentences are quotes, each with its own number."""
        citations = tuple(self.quoted(n, words, reader) for n, words in enumerate(quotes, 1))
        sentences = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
        return Answer(question, reader, "extractive", False, None, sentences, citations)
