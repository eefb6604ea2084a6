"""An assistant whose every answer can be checked by eye: the public methods of the real one over hand-made units."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answer import Answer, AnswerSentence, Citation, DocumentRef, Evidence
from corpus.anchors import anchor_kind, label
from corpus.errors import QuestionError, UnknownAnchorError
from corpus.glossary import Term
from corpus.records import Bilingual, Document, Footnote, Language, StandingNote, Subitem, SymbolStatus, Unit, Version

HOSTILE = (
    '<script>window.hacked=1</script><img src="http://127.0.0.1:9/i.png" onerror="window.hacked=1">'
    '<b style="background:url(http://127.0.0.1:9/b.png)">x</b> ![m](http://127.0.0.1:9/m.png) '
    "${window.hacked=1} `{{value}}` "
    '<a href="javascript:window.hacked=1">y</a></mark></textarea>"\'> [1]'
)

NOTE = StandingNote(
    Bilingual(
        "事实以文件日期为准；本文件为秘书处的背景文件，未经谈判。",
        "Facts hold as of the document's date; a Secretariat background paper, not negotiated.",
    ),
    "p1",
    ("*",),
)
DRAFT = StandingNote(
    Bilingual("决议草案；文库中没有其获得通过的记录。", "A draft; nothing in the library records its adoption."),
    "op1",
    ("*",),
)
FORGERY = StandingNote(Bilingual(HOSTILE, HOSTILE), "p1", ("*",))


def _document(
    doc_id: str,
    title: Bilingual,
    short: Bilingual,
    symbol: str | None,
    status: SymbolStatus,
    note: StandingNote,
    *versions: Version,
) -> Document:
    empty = Bilingual("", "")
    return Document(
        doc_id, title, short, symbol, status, "report", empty, empty, empty, empty, 2020, "en", (), versions, (note,)
    )


BACKGROUND = _document(
    "wg6-2014-background",
    Bilingual(
        "秘书处关于毒品和犯罪问题办公室促进《枪支议定书》活动的背景文件",
        "Background paper by the Secretariat on activities of the United Nations Office on Drugs and Crime",
    ),
    Bilingual("2014年背景文件", "2014 background paper"),
    "CTOC/COP/WG.6/2014/3",
    "inferred",
    NOTE,
    Version("zh", "zh.txt", True, ""),
    Version("en", "en.txt", False, ""),
)
RESOLUTION = _document(
    "cop10-2020-draft-resolution",
    Bilingual("决议修订草案：加强国际法律框架", "Revised draft resolution on strengthening the legal framework"),
    Bilingual("决议修订草案", "revised draft resolution"),
    None,
    "unknown",
    DRAFT,
    Version("en", "en.txt", False, ""),
)
FORGED = _document(
    "forged",
    Bilingual(HOSTILE, HOSTILE),
    Bilingual(HOSTILE, HOSTILE),
    HOSTILE,
    "inferred",
    FORGERY,
    Version("en", "en.txt", False, ""),
    Version("zh", "zh.txt", True, ""),
)


def _unit(document: Document, anchor: str, language: Language, path: tuple[str, ...], text: str, **more: Any) -> Unit:
    return Unit(document.doc_id, anchor, anchor_kind(anchor) or "paragraph", "1", path, language, text, 0, **more)


_PATH_C = ("三、 促进批准和执行《枪支议定书》的活动", "C. 与民间社会的合作")
_PATH_D = ("三、 促进批准和执行《枪支议定书》的活动", "D. 提供技术援助，促进执行《枪支议定书》")
_PATH_D_EN = ("III. Activities to promote the Firearms Protocol", "D. Technical assistance")
_LISTED = "工作组似宜审议下列事项：(a)标识；(b)保存记录；(c)追查请求。"
# One language version after the other.
UNITS: tuple[tuple[Unit, ...], ...] = (
    (
        _unit(
            BACKGROUND,
            "p56",
            "zh",
            _PATH_C,
            _LISTED,
            subitems=(
                Subitem("(a)", 12, 17),
                Subitem("(b)", 17, 24),
                Subitem("(c)", 24, 32),
            ),
        ),
        _unit(
            BACKGROUND,
            "p57",
            "zh",
            _PATH_C,
            "毒品和犯罪问题办公室与来自以下国家的民间组织代表就关系到枪支问题国家法律的具体问题开展合作："
            "阿根廷、玻利维亚、巴西、布基纳法索、智利、毛里塔尼亚、巴拉圭、塞内加尔和乌拉圭。",
        ),
        _unit(
            BACKGROUND,
            "p58",
            "zh",
            _PATH_C,
            "相关民间组织的代表参加了毒品和犯罪问题办公室于2013年10月在加纳和塞内加尔以及2014年3月"
            "在玻利维亚的拉巴斯举办的调查和起诉贩运枪支培训课程。",
        ),
        _unit(
            BACKGROUND,
            "p59",
            "zh",
            _PATH_D,
            "在阿根廷于2007年制订的“国家自愿放弃枪支方案”框架内，毒品和犯罪问题办公室于2012年5月参加了"
            "1,045支枪支的销毁工作。阿根廷和巴西的经验得到广泛认可，被其他拉丁美洲国家视为良好做法，其中一些国家请毒品和犯罪问题办公室提供支持，"
            "以便依据本地区其他国家的经验教训，制订类似的国家收缴运动，对于枪支和爆炸物实施具有成本效益的处置方法。",
        ),
        _unit(
            BACKGROUND,
            "p60",
            "zh",
            _PATH_D,
            "2012年7月，在布宜诺斯艾利斯举办了法律统一问题区域研讨会，阿根廷和巴西的代表在会上分享了制订国家枪支收缴"
            "和自愿放弃方案的经验。",
            footnotes=(Footnote("3", "见CTOC/COP/2012/CRP.4。", 27),),
        ),
        _unit(
            BACKGROUND,
            "p61",
            "zh",
            _PATH_D,
            "根据全球枪支方案中关于萨赫勒地区的部分内容，毒品和犯罪问题办公室得到日本政府提供的资金，用于在两个萨赫勒国家"
            "开展枪支收缴和销毁工作。",
        ),
        *(_unit(BACKGROUND, f"p{n}", "zh", _PATH_D, f"（第{n}段的文字。）") for n in range(62, 75)),
    ),
    (
        _unit(
            RESOLUTION,
            "op13",
            "en",
            ("Operative part",),
            "Invites States parties to make full use of the tools for tracing;",
        ),
        _unit(
            RESOLUTION,
            "op14",
            "en",
            ("Operative part",),
            "Urges States parties to investigate the use of the darknet and of "
            "cryptocurrencies in trafficking in firearms, and to share what they learn 𠮷 with one another;",
        ),
        _unit(
            RESOLUTION,
            "op15",
            "en",
            ("Operative part",),
            "Requests the Secretariat to report on the implementation of the present resolution.",
        ),
    ),
    # The working translation, which lacks paragraph 60.
    (
        _unit(BACKGROUND, "p58", "en", _PATH_D_EN, "Civil society took part in the training courses."),
        _unit(
            BACKGROUND,
            "p59",
            "en",
            _PATH_D_EN,
            "Within the framework of the national voluntary surrender programme of Argentina, established in 2007, "
            "UNODC took part in the destruction of 1,045 firearms in May 2012. The experience of Argentina and Brazil "
            "is regarded as a good practice by other Latin American States.",
            footnotes=(Footnote("2", "See CTOC/COP/2012/CRP.4.", 40),),
        ),
        _unit(
            BACKGROUND, "p61", "en", _PATH_D_EN, "Japan funded the collection of firearms in two Sahelian countries."
        ),
    ),
    *(
        (_unit(FORGED, "p1", code, (HOSTILE,), f"Before {HOSTILE} after.", footnotes=(Footnote(HOSTILE, HOSTILE, 3),)),)
        for code in ("en", "zh")
    ),
)
DOCUMENTS = {document.doc_id: document for document in (BACKGROUND, RESOLUTION, FORGED)}

TERMS = (
    Term("term", ("枪支议定书",), ("Firearms Protocol",)),
    Term("term", ("打击跨国有组织犯罪公约", "有组织犯罪公约"), ("Organized Crime Convention", "UNTOC")),
    Term("term", ("增材制造", "3D打印"), ("additive manufacturing", "3D-printing")),
    Term("term", ("枪支",), ("firearm", "gun")),
    Term("word", ("主持",), ("chair",)),
    Term("state", ("加纳",), ("Ghana",)),
    Term("term", (HOSTILE,), ("hostile", HOSTILE)),
)


def official(document: Document, language: Language) -> bool:
    """Whether a document's text in a language is the official one."""
    return any(version.official for version in document.versions if version.language == language)


def cite(n: int, anchor_id: str, quote: str, language: Language) -> Citation:
    """The citation of a quote, with labels in the answer's language."""
    unit = next(unit for units in UNITS for unit in units if unit.anchor_id == anchor_id and quote in unit.text)
    document = DOCUMENTS[unit.doc_id]
    start = unit.text.index(quote)
    return Citation(
        n,
        anchor_id,
        unit.language,
        label(unit.anchor, language),
        quote,
        start,
        start + len(quote),
        unit.text,
        DocumentRef(
            document.doc_id,
            document.title(language),
            document.short_title(language),
            document.symbol,
            document.symbol_status,
        ),
        tuple(note.text.get(language) for note in document.standing),
        official(document, unit.language),
        0.9,
    )


NOTES: dict[Language, tuple[str, ...]] = {
    "zh": ("各份文件中没有第99段。", "文件内部不一致。"),
    "en": ("There is no para. 99.", "The document disagrees with itself."),
}
# Pairs of paragraphs with the quotes that are set side by side.
SIDES = {
    "alike": (("wg6-2014-background#p62", "（第62段的文字。）"), ("wg6-2014-background#p63", "（第63段的文字。）")),
    "drafts": (
        ("cop10-2020-draft-resolution#op13", "Invites States parties to make full use of the tools for tracing"),
        ("cop10-2020-draft-resolution#op14", "Urges States parties to investigate the use of the darknet"),
    ),
    "same": (("wg6-2014-background#p62", "段的文字"), ("wg6-2014-background#p63", "段的文字")),
    "apart": (("wg6-2014-background#p56", "工作组似宜审议下列事项"), ("wg6-2014-background#p63", "第63段的文字")),
    "languages": (
        ("wg6-2014-background#p61", "毒品和犯罪问题办公室得到日本政府提供的资金"),
        ("wg6-2014-background#p61", "Japan funded the collection of firearms"),
    ),
    "hostile": (("forged#p1", HOSTILE), ("forged#p1", HOSTILE[12:-9])),
}


def _comparison(question: str, spoken: Language) -> Answer:
    """A comparison of the pair that a question names, with a third citation and notes."""
    pair = next((pair for name, pair in SIDES.items() if name in question), SIDES["alike"])
    third = ("wg6-2014-background#p60", "2012年7月")
    citations = tuple(cite(n, anchor, quote, spoken) for n, (anchor, quote) in enumerate((*pair, third), 1))
    sentences = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
    return Answer(question, spoken, "extractive", False, None, sentences, citations, notes=NOTES[spoken], compared=True)


@dataclass
class FakeAssistant:
    """Answers by the words in the question; ``slow`` in a question waits until ``go`` is set.

    A question that begins with 那 or "And" is read with the one before it.
    """

    go: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, int, tuple[str, ...]]] = field(default_factory=list)

    def ask(
        self,
        question: str,
        history: Sequence[Any] = (),
        language: Language | None = None,
        documents: Sequence[str] = (),
    ) -> Answer:
        self.asked.append((question, len(history), tuple(documents)))
        if history and question.startswith(("那", "And")):
            understood = f"{history[-1][0]} {question}"
            return replace(self._answer(understood, language), question=question, understood=understood)
        return self._answer(question, language)

    def _answer(self, question: str, language: Language | None) -> Answer:
        if not question.strip():
            raise QuestionError(
                "an empty question", "some words", "write what you want to know", zh="没有问题；请写下要了解的内容。"
            )
        if len(question) > 2000:
            raise QuestionError(
                f"{len(question)} characters",
                "2,000 at most",
                "shorten the question",
                zh=f"问题有{len(question)}个字符，最多2,000个；请缩短。",
            )
        if "crash" in question:
            raise ZeroDivisionError("a fault of the program, at /secret/path")
        if "slow" in question:
            self.go.wait(20)
        spoken: Language = language or (
            "zh" if any("\u4e00" <= character <= "\u9fff" for character in question) else "en"
        )
        if "differ" in question or "不同" in question:
            return _comparison(question, spoken)
        if "销毁" in question:
            first = "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作"
            second = "毒品和犯罪问题办公室得到日本政府提供的资金，用于在两个萨赫勒国家开展枪支收缴和销毁工作。"
            citations = (
                cite(1, "wg6-2014-background#p59", first, spoken),
                cite(2, "wg6-2014-background#p61", second, spoken),
            )
            sentences = (AnswerSentence(first + "。", (1,)), AnswerSentence(second, (2, 1)))
            return Answer(question, spoken, "extractive", False, None, sentences, citations)
        if "destroyed" in question:
            first = "UNODC took part in the destruction of 1,045 firearms in May 2012."
            second = "毒品和犯罪问题办公室得到日本政府提供的资金"
            citations = (
                cite(1, "wg6-2014-background#p59", first, spoken),
                cite(2, "wg6-2014-background#p61", second, spoken),
                cite(3, "wg6-2014-background#p60", "2012年7月", spoken),
            )
            sentences = tuple(AnswerSentence(citation.quote, (citation.n,)) for citation in citations)
            return Answer(question, spoken, "extractive", False, None, sentences, citations)
        if "crypto" in question:
            text = "Urges States parties to investigate the use of cryptocurrencies in trafficking in firearms"
            found = cite(
                1,
                "cop10-2020-draft-resolution#op14",
                "cryptocurrencies in trafficking in firearms, and to share what they learn 𠮷",
                spoken,
            )
            return Answer(question, spoken, "llm", False, None, (AnswerSentence(text + ".", (1,)),), (found,))
        if "hostile" in question:
            found = cite(1, "forged#p1", HOSTILE, spoken)
            said = (AnswerSentence(HOSTILE, (1,)),)
            return Answer(
                HOSTILE, spoken, "extractive", False, None, said, (found,), understood=HOSTILE, notes=(HOSTILE,)
            )
        reason = (
            "没有段落同时提到所问的各项内容。"
            if spoken == "zh"
            else "No paragraph mentions everything the question asks about."
        )
        leads = (
            cite(
                1,
                "wg6-2014-background#p60",
                "阿根廷和巴西的代表在会上分享了制订国家枪支收缴和自愿放弃方案的经验。",
                spoken,
            ),
            cite(2, "cop10-2020-draft-resolution#op15", "Requests the Secretariat to report", spoken),
        )
        notes = NOTES[spoken] if "99" in question else ()
        return Answer(question, spoken, "extractive", True, reason, (), (), leads, notes=notes)

    def evidence(
        self, anchor_id: str, language: Language | None = None, reader: Language = "zh", before: int = 2, after: int = 2
    ) -> Evidence:
        versions = [(units, at) for units in UNITS for at, unit in enumerate(units) if unit.anchor_id == anchor_id]
        # The wanted language, else the one there is.
        for units, at in sorted(versions, key=lambda place: place[0][place[1]].language != language):
            unit, document = units[at], DOCUMENTS[units[at].doc_id]
            return Evidence(
                unit,
                label(unit.anchor, reader),
                document,
                official(document, unit.language),
                tuple(note.text.get(reader) for note in document.standing),
                units[max(0, at - before) : at],
                units[at + 1 : at + 1 + after],
            )
        raise UnknownAnchorError(
            f"no unit {anchor_id}", "an anchor of the library", "list the document", zh="没有这个段落。"
        )
