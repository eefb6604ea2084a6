"""Why there is no answer, for the reader: what was looked for and not found.

A reason stands alone on the command line and under a heading that says that there is no answer, so it does not say that
itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asked import Asked, gives, kinds_asked
from assistant.asking import says_nothing
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.retrieve import Passage
from assistant.words import WordIndex
from corpus.records import Bilingual, Language
from corpus.words import segmenter

# What is demanded, as the reader is told that it is not there.
_KINDS: dict[Asked, Bilingual] = {
    "money": Bilingual("金额", "a sum of money"),
    "share": Bilingual("百分比", "a percentage"),
    "members": Bilingual("各项名称", "all the names asked for"),
    "clock": Bilingual("钟点", "a time of day"),
    "day": Bilingual("具体日期", "an exact date"),
    "place": Bilingual("地点", "a place"),
    "article": Bilingual("条号", "the number of an article"),
    "span": Bilingual("时间长短", "a length of time"),
    "number": Bilingual("数字", "a number"),
    "date": Bilingual("日期", "a date"),
    "state": Bilingual("国家名称", "the name of a State"),
    "person": Bilingual("人名", "the name of a person"),
    "names": Bilingual("名称", "names"),
    "said": Bilingual("发言的内容", "what was said"),
    "reason": Bilingual("原因", "a reason"),
    "wording": Bilingual("原文", "the wording"),
}
_LATIN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
# Words of a question that a reason repeats, at most.
_MOST_WORDS = 8


def why_not(question: Question, evidence: Evidence, best: Passage, index: WordIndex, reader: Language) -> str:
    """What was looked for and not found, in the reader's language.

    The most telling of what the evidence lacks: what no document gives; a year, State, session or instrument; a
    document of the meeting; the kind of answer demanded; words that stand nowhere.
    """
    kinds = kinds_asked(question.plain)
    language = best.unit.language
    ungiven = [k for k in kinds if k in _KINDS and not gives(k, best.unit.text, question.plain, language)]
    if "beyond" in kinds:
        zh = "文件只记录其日期之前的情况，不提供意见、预测或最新动态。"
        en = "The documents record what was so at their dates, not views, forecasts or what is so today."
    elif evidence.missing:
        named = [f"“{name.surface}”" for name in evidence.missing]
        zh = f"最接近的段落没有提到{'、'.join(named)}。"
        en = f"The nearest paragraph does not mention {_either(named)}."
    elif question.elsewhere:
        zh, en = "文件库中没有所问会议的文件。", "The library holds no document of the meeting asked about."
    elif ungiven:
        zh = f"最接近的段落没有给出所问的{'、'.join(_KINDS[kind].zh for kind in ungiven)}。"
        en = f"The nearest paragraph does not give {_either([_KINDS[kind].en for kind in ungiven])}."
    elif unknown := _unknown(question, index):
        zh, en = f"没有一段提到{'、'.join(unknown)}。", f"No paragraph mentions {_either(unknown)}."
    else:
        zh, en = "最接近的段落也没有说到所问的内容。", "Even the nearest paragraph does not say what is asked."
    return zh if reader == "zh" else en


def _unknown(question: Question, index: WordIndex) -> list[str]:
    """The words of a question's topic that stand in no paragraph, quoted, as the question has them."""
    found = []
    for concept in question.topic[question.language]:
        word = concept[0].words[0]
        if (
            len(word) > 1
            and not word.isdigit()
            and not says_nothing(word)
            and not any(index.holds(each) for form in concept for each in form.words)
        ):
            found.append(_surface(word, question))
    # Of a long Chinese word the shorter ones inside it are among them too.
    whole = [w for w in found if w.isascii() or not any(w in other for other in found if other != w)]
    return [f"“{word}”" for word in dict.fromkeys(whole)][:_MOST_WORDS]


def _either(words: Sequence[str]) -> str:
    """Words as English lists them where none is there: one, two or three."""
    *before, last = words
    return f"{', '.join(before)} or {last}" if before else last


def _surface(word: str, question: Question) -> str:
    """A word as the question writes it: English ones are kept as stems."""
    written = _LATIN.findall(question.plain) if word.isascii() else ()
    return next((each for each in written if segmenter().words(each) == [word]), word)
