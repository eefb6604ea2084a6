"""What a topic speaks of, in the words that it has, those that stand for them, and those that only shape it.

"The effect of the epidemic on meetings" is on COVID-19: what it calls the epidemic the documents call otherwise, and
every other paragraph has an effect on something. So a concept here has the forms that delegates and documents have for
one thing (``everyday.yaml``), and words that shape a topic without naming it count for little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from assistant.asking import ASKING
from assistant.briefing.weights import BRIEFING
from assistant.concepts import Concept, Form, carried_concepts
from assistant.question import Question
from corpus.glossary import Glossary, Term, glossary
from corpus.records import Language
from corpus.words import segmenter

_FILE = Path(__file__).with_name("everyday.yaml")
# How much of a sense of the dictionary a word must be.
_CARRIED = 0.5
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Words that shape a topic and do not name one; English ones as stems.
_SHAPING = frozenset(
    "影响 适用 问题 措施 工作 安排 落实 执行 实施 加强 促进 改进 提供 有关 相关 作用 现状 进展 情形 挑战 做法 经验 机会"
    " 保护 打击 防止 预防 应对 利用 开展 遭 使用 需要 方法 国家 各国 减少 消除 防范 遏制 制止 推动 处理 解决 加以 方式"
    " 领域 活动 全面 有效 人 服务"
    " appli applic impact effect role use issu matter challeng progress measur way question situat work bring more get"
    " put make stop done give take countri state nation intern effort implement strengthen improv promot address combat"
    " prevent counter fight reduc respons respond need good practic experi develop support provid over new keep deal"
    " tackl problem servic".split()
)


@dataclass(frozen=True)
class Wording:
    """A topic for texts of one language: its concepts, and how much each counts, 0 to 1."""

    concepts: tuple[Concept, ...]
    counts: tuple[float, ...]


@dataclass(frozen=True)
class _Thing:
    """What a topic names: the words for it, the term it is, the meanings that everyday words for it have."""

    surface: str
    term: Term | None
    everyday: tuple[Term, ...]


class Everyday:
    """The rows of ``everyday.yaml``, and what the lexicon knows besides."""

    def __init__(self, rows: Sequence[Term], known: Sequence[Term]) -> None:
        self._found, self._own = Glossary(tuple(rows)), frozenset(rows)
        self._rows: dict[tuple[str, ...], list[Term]] = {}
        for row in (*rows, *known):
            for form in (*row.zh, *row.en):
                self._rows.setdefault(_content(form), []).append(row)

    def find(self, text: str, language: Language) -> tuple[str, ...]:
        """The everyday words that stand in a text."""
        return tuple(found.surface for found in self._found.find(text, language))

    def meanings(self, *forms: str) -> tuple[Term, ...]:
        """The rows that have one of some forms."""
        return tuple(dict.fromkeys(row for form in forms for row in self._rows.get(_content(form), ())))

    def of_term(self, *forms: str) -> tuple[Term, ...]:
        """The same without those of the lexicon: a stem of its plain words may be that of a term."""
        return tuple(row for row in self.meanings(*forms) if row in self._own)


@cache
def everyday() -> Everyday:
    """The everyday words of the process."""
    rows = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=_LOADER)
    known = [term for term in glossary().terms if term.kind == "word"]
    return Everyday([Term("word", tuple(zh.split(" / ")), tuple(en.split(" / "))) for zh, en in rows], known)


def wording(question: Question, language: Language) -> Wording:
    """The concepts of a topic for texts of one language, a term as one thing and not as many as it has words."""
    own = question.language
    concepts: list[Concept] = []
    counts: list[float] = []
    for thing in _things(question):
        forms = _own_forms(thing, question) if language == own else _carried_forms(thing, own, language)
        forms += [Form(words, BRIEFING.everyday) for row in thing.everyday for words in _contents(row.forms(language))]
        if forms:
            concepts.append(tuple(dict.fromkeys(forms)))
            shapes = not everyday().of_term(thing.surface) and all(word in _SHAPING for word in _content(thing.surface))
            counts.append(BRIEFING.shaping if shapes else 1.0)
    return Wording(tuple(concepts), tuple(counts))


def _things(question: Question) -> list[_Thing]:
    """What a topic names, terms first, then everyday phrases, then its other words."""
    own, rest = question.language, question.plain
    things: dict[Term | str, _Thing] = {}
    for found in glossary().find(question.plain, own):
        if found.term.kind == "term" and found.term not in things:
            meanings = everyday().of_term(found.surface, *found.term.forms(own))
            things[found.term] = _Thing(found.surface, found.term, meanings)
        if found.term.kind == "term":
            rest = _without(rest, found.surface, own)
    for surface in everyday().find(rest, own):
        if len(_content(surface)) > 1:
            things[surface] = _Thing(surface, None, everyday().meanings(surface))
            rest = _without(rest, surface, own)
    for word in dict.fromkeys(_content(rest)):
        things.setdefault(word, _Thing(word, None, everyday().meanings(word)))
    return _once(things.values())


def _once(things: Iterable[_Thing]) -> list[_Thing]:
    """Things without those that mean what one before them means: women and girls."""
    kept: list[_Thing] = []
    for thing in things:
        if not any(set(thing.everyday) & set(other.everyday) for other in kept):
            kept.append(thing)
    return kept


def _own_forms(thing: _Thing, question: Question) -> list[Form]:
    words = _content(thing.surface)
    if thing.term is None and len(words) == 1:
        # With what the lexicon also calls it.
        own = next((each for each in question.concepts[question.language] if each[0].words == words), ())
        return list(own) or [Form(words)]
    named = thing.term.forms(question.language) if thing.term else ()
    parts = [Form((word,), BRIEFING.of_term) for word in words] if len(words) > 1 else []
    return [*map(Form, _contents((thing.surface, *named))), *parts]


def _carried_forms(thing: _Thing, own: Language, language: Language) -> list[Form]:
    if thing.term is not None:
        return [Form(words) for words in _contents(thing.term.forms(language))]
    if everyday().of_term(thing.surface):
        return []
    # A dictionary gives a hundred words for some, most of which say it in part.
    carried = (form for concept in carried_concepts(thing.surface, own)[:1] for form in concept)
    return [form for form in carried if form.weight >= _CARRIED]


def _without(text: str, surface: str, language: Language) -> str:
    """A text without a term where it stands for itself."""
    if language == "zh":
        return text.replace(surface, " ")
    return re.sub(rf"\b{re.escape(surface)}\b", " ", text)


def _contents(forms: Iterable[str]) -> list[tuple[str, ...]]:
    return [words for form in forms if (words := _content(form))]


def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in segmenter().words(text) if word not in ASKING)
