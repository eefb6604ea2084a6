"""A briefing note whose every line can be checked by eye, over the made documents."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.briefing.draft import Drafted, fixed, label, quote
from assistant.briefing.finish import Choices, finish
from assistant.briefing.records import Check, Note, SectionKey
from assistant.briefing.rewording import put_in, quotations
from assistant.generate.writing import Writer
from corpus.anchors import split_anchor_id
from corpus.errors import QuestionError, UnknownItemError
from corpus.library import Library
from corpus.records import Language, Sentence
from tests.web.documents import HOSTILE

#: What the note on anything but "nothing" quotes, and what it says of its own.
QUOTED = (
    ("wg6-2014-background#p59", "毒品和犯罪问题办公室于2012年5月参加了1,045支枪支的销毁工作。"),
    (
        "wg6-2014-background#p61",
        "毒品和犯罪问题办公室得到日本政府提供的资金，用于在两个萨赫勒国家开展枪支收缴和销毁工作。",
    ),
)
OURS = "查找范围：三份文件。"


def written(
    library: Library, topic: str, item: str, documents: Sequence[str], language: Language | None, choices: Choices,
    writer: Writer | None = None, again: bool = True,
) -> Note:  # fmt: skip
    """The note on a topic, in two sections; nothing where the topic says so, hostile words where it says that.

    Where there is a writer it words the quotations, as of a real note.

    Raises:
        QuestionError: there is neither topic nor item, or both.
        UnknownItemError: there is an item, for there is no agenda.
        UnknownDocumentError: a document is not in the library.
    """
    for doc_id in documents:
        library.document(doc_id)
    if bool(topic.strip()) == bool(item.strip()):
        raise QuestionError("none or two", "one", "give one", zh="没有填写议题；应填写其中一项；请填写议题")
    if item.strip():
        raise UnknownItemError("no agenda", "one", "give a topic", zh="没有议程；应有议程；请填写议题")
    reader: Language = language or "zh"
    note = Note(topic, "", reader, f"关于“{topic}”的参阅件", tuple(documents), (), (), Check(0, 0, 0, 0))
    said: list[tuple[str, str]] = [] if "nothing" in topic else list(QUOTED)
    if "hostile" in topic:
        said.append(("forged#p1", HOSTILE))
    quotes = [_quoted(library, anchor_id, words) for anchor_id, words in said]
    draft: dict[SectionKey, list[Drafted]] = {"absent": [fixed(OURS, "zh")]}
    if quotes:
        draft["background"] = [label("2014年背景文件", "zh"), *quotes]
        draft["ours"] = [label("底线：", "zh"), Drafted("blank", "", "zh")]
    if writer is None:
        return finish(note, draft, choices, library)
    given = quotations(draft, library, reader)
    worded = writer.polisher.polish(given, reader, None, again)
    return finish(note, put_in(draft, given, worded, reader), choices, library, worded)


def _quoted(library: Library, anchor_id: str, words: str) -> Drafted:
    """Words of a unit, in whichever language they stand."""
    for language in ("zh", "en"):
        unit = library.unit(*split_anchor_id(anchor_id), language)
        if words in unit.text:
            start = unit.text.index(words)
            return quote(unit, Sentence(start, start + len(words)))
    raise AssertionError(f"{anchor_id} does not say {words}")
