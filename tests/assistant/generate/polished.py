"""A draft of a note with quotations of two documents, sentences that say the same, and notes made of them."""

from __future__ import annotations

import json
from collections.abc import Callable

from assistant.briefing.draft import Draft, Drafted, fixed, label, quote
from assistant.briefing.finish import AS_MADE, Choices, finish
from assistant.briefing.records import Check, Line, Note
from assistant.briefing.rewording import put_in, quotations
from assistant.compose import Quoted
from assistant.generate.settings import Settings
from assistant.generate.writing import Writer
from corpus.anchors import split_anchor_id
from corpus.library import Library
from corpus.records import Language, Sentence
from tests.llm_server import Asked, Reply, Script

P59, TEN, ELEVEN = "wg6-2014-background#p59", "wg6-2020-report#dp10", "wg6-2020-report#dp11"
CHAIRS = "wg6-2020-chair-summary#dp8"

#: By words of a quotation, a sentence that says what it says.
TRUE = {
    "1,045": (
        "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作，这是在阿根廷于2007年制订的“国家自愿放弃枪支方案”"
        "框架内进行的。"
    ),
    "蓝图": (
        "各国应考虑规范3D打印武器及其零部件所需的蓝图，以填补这方面的立法空白，并将非法持有、上传和下载此类蓝图以及非法打印"
        "这些物品的行为定为刑事犯罪。"
    ),
    "两用物品": (
        "由于3D打印机可被视为两用物品，应鼓励各国与业界合作，以期制定法律，要求制造这些物品的公司在技术上对机器加以限制，"
        "防止3D打印枪支零部件。"
    ),
}
#: The same of the two that stand under one name, joined.
JOINED = (TRUE["蓝图"][:-1] + "；" + TRUE["两用物品"], "蓝图", "两用物品")
NEVER_SENT = ("底线", "可能被问", "查找范围", "文件库没有", "未经逐行谈判")

#: Has a note worded while the server plays something.
Polish = Callable[..., Note]


def sentence_of(library: Library, anchor_id: str, words: str, language: Language = "zh") -> Drafted:
    """The sentence of a unit that holds some words, quoted."""
    unit = library.unit(*split_anchor_id(anchor_id), language)
    return next(quote(unit, each) for each in unit.sentences if words in unit.text[each.start : each.end])


def draft_of(library: Library) -> Draft:
    """Three quotations in two sections, one of them with a twin, and every other kind of line."""
    eight = library.unit(*split_anchor_id(CHAIRS), "zh")
    ten = sentence_of(library, TEN, "蓝图")
    twin = Quoted(eight, 0, len(eight.text), 1.0)
    head = library.unit("wg6-2020-report", "head", "zh")
    eleven = library.unit(*split_anchor_id(ELEVEN), "zh")
    return {
        "meeting": [label("2020年会议报告", "zh"), quote(head, Sentence(0, len(head.text)))],
        "background": [label("2014年背景文件", "zh"), sentence_of(library, P59, "1,045")],
        "outcomes": [
            label("2020年会议报告", "zh"),
            Drafted("standing", "讨论要点未经逐行谈判。", "zh", ten.cited),
            Drafted("quote", ten.text, "zh", (*ten.cited, twin)),
            sentence_of(library, ELEVEN, "两用物品"),
        ],
        "moves": [quote(eleven, Sentence(0, len(eleven.text)), beside="a>b")],
        "questions": [Drafted("question", "可能被问到什么？", "zh", ten.cited)],
        "ours": [label("底线：", "zh"), Drafted("blank", "", "zh")],
        "absent": [fixed("查找范围：文件库没有别的。", "zh")],
    }


def note_of(
    library: Library, to: Settings | Writer | None = None, choices: Choices = AS_MADE, again: bool = True,
    draft: Draft | None = None, language: Language = "zh",
) -> Note:  # fmt: skip
    """The note of the draft; worded as the assistant has it worded where it is told by what."""
    drafted = draft or draft_of(library)
    blank = Note("3D打印枪支", "", language, "关于“3D打印枪支”的参阅件", (), (), (), Check(0, 0, 0, 0))
    if to is None:
        return finish(blank, drafted, choices, library)
    given = quotations(drafted, library, language)
    writer = to if isinstance(to, Writer) else Writer(to)
    worded = writer.polisher.polish(given, language, None, again)
    return finish(blank, put_in(drafted, given, worded, language), choices, library, worded)


def wording(*sentences: tuple[str | int, ...], form: bool = False) -> Script:
    """Sentences that each cite the quotations that hold some words, or a number; those of other sections left out."""

    def script(asked: Asked) -> Reply:
        there = " ".join(asked.paragraphs.values())
        cited = [
            (text, [of if isinstance(of, int) else asked.number(of) for of in words])
            for text, *words in sentences
            if all(isinstance(of, int) or of in there for of in words)
        ]
        if form:
            return Reply(json.dumps({"sentences": [{"text": text, "citations": n} for text, n in cited]}))
        return Reply("\n".join(f"{text}{''.join(f'[{each}]' for each in n)}" for text, n in cited))

    return script


def true(*words: str) -> list[tuple[str | int, ...]]:
    """The true sentences of some quotations."""
    return [(TRUE[each], each) for each in words]


def lines(note: Note, *kinds: str) -> list[Line]:
    """The lines of some kinds, in order."""
    return [line for section in note.sections for line in section.lines if line.kind in kinds]


def places(note: Note) -> set[tuple[str, str, int, int]]:
    """What a note cites."""
    return {(each.anchor, each.language, each.start, each.end) for each in note.citations}


def cited(note: Note, line: Line) -> list[tuple[str, int, int]]:
    """What a line cites."""
    found = [note.citations[n - 1] for n in line.citations]
    return [(each.anchor, each.start, each.end) for each in found]


def check_whole(note: Note, plain: Note, *allowed: str) -> None:
    """What was made of a note keeps its promise: nothing is lost, nothing added, nothing said without a citation.

    ``allowed`` are the sentences of a model that may stand.
    """
    assert places(note) == places(plain)
    for kind in ("standing", "question", "label", "blank", "source"):
        assert [(line.text, cited(note, line)) for line in lines(note, kind)] == [
            (line.text, cited(plain, line)) for line in lines(plain, kind)
        ]
    polished = lines(note, "polished")
    assert {line.text for line in polished} <= set(allowed)
    assert all(line.citations for line in lines(note, "polished", "quote"))
    assert all(each.text[each.start : each.end] == each.quote for each in note.citations)
    kept = [(line.text, cited(note, line)) for line in lines(note, "quote")]
    spoken_for = {place for line in polished for place in cited(note, line)}
    for line in lines(plain, "quote"):
        whole = (line.text, cited(plain, line))
        assert whole in kept or set(whole[1]) <= spoken_for
    assert all(each in [(line.text, cited(plain, line)) for line in lines(plain, "quote")] for each in kept)
    assert note.check.verbatim == note.check.supported == note.check.sentences == len(kept)
    assert note.check.polish is not None
    assert (note.check.polish.polished, note.check.polish.quoted) == (len(polished), len(kept))
