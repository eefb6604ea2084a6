"""Whether whoever a sentence names stands in its evidence, and there does what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.alignment.duties import actors_named
from assistant.alignment.records import Span
from assistant.claims.belongs import belonging_faults
from assistant.claims.called import kind_of, mentions, named
from assistant.claims.matching import Part, likely
from assistant.claims.persons import person_faults
from assistant.claims.records import Fault
from assistant.claims.swapped import swapped
from assistant.claims.texts import clauses
from assistant.grounding import Source, names_stand
from corpus.records import Language


def actor_faults(
    sentence: str, language: Language, every: Sequence[tuple[str, Language]], near: Sequence[Part]
) -> tuple[Fault, ...]:
    """Names that no text of the evidence has, and those that it has where somebody else does what is said."""
    # Whose paper it is that says something is no part of what it says.
    sentence = _PAPERS.sub(" ", sentence)
    there = {key for text, of in every for key in named(text, of)}
    ours = named(sentence, language)
    found = [Fault("actor", name, "") for key, name in ours.items() if key not in there]
    # Whom the list of names knows was looked for by key.
    if not found and not names_stand(_unnamed(sentence, language), language, [Source(text, of) for text, of in every]):
        found.append(Fault("actor", sentence, ""))
    kinds = {name for text, of in every for name, _ in _asked(text, of)}
    mentioned = _asked(sentence, language)
    absent = [name for name, _ in mentioned if name not in kinds and name not in _FAMILY]
    if not found and absent:
        found.append(Fault("actor", absent[0], ""))
    return (
        tuple(found)
        or person_faults(sentence, language, every, named)
        or tuple(belonging_faults(sentence, language, every) or _elsewhere(sentence, language, near))
    )


def _asked(text: str, language: Language) -> tuple[tuple[str, Span], ...]:
    # The Bureau is no Chair; civil society has two names.
    return actors_named(text.replace("主席团", "").replace("民间组织", "民间社会"), language)


def _unnamed(sentence: str, language: Language) -> str:
    """A sentence without those it names who are known, and what only opens it in place of the first of them."""
    rest = list(sentence)
    for key, (start, end) in mentions(sentence, language):
        if kind_of(key) == "state":
            rest[start:end] = "x" * (end - start)
    return _UNITED_NATIONS.sub("United Nations", "".join(rest))


_PAPERS: Final = re.compile(
    r"(?:the )?Chair['’]s summary|主席的?总结|(?:the )?Secretariat['’]s (?:background )?(?:paper|note)"
    r"|background paper (?:prepared )?by the Secretariat|秘书处(?:编写)?的?背景文件",
    re.I,
)
_UNITED_NATIONS: Final = re.compile(r"(?<![\w/])UN(?![\w/-])")
_FAMILY = frozenset(
    {"states", "states parties", "member states", "governments", "conference", "working group", "assembly"}
)


def _elsewhere(sentence: str, language: Language, near: Sequence[Part]) -> list[Fault]:
    """Names that stand in the evidence, but not where it says what the clause does, and others stand there."""
    whole = named(sentence, language)
    if fault := _other_body(sentence, language, near):
        return [fault]
    for clause in clauses(sentence, language):
        ours = named(clause, language)
        found = likely(clause, language, near)
        if not ours or not found:
            continue
        best = [each.part for each in found if each.share >= found[0].share - 0.1]
        theirs = {key: name for part in best for key, name in named(part.sentence, part.language).items()}
        missing = [key for key in ours if key not in theirs and not _speaks(clause, ours[key], key, near)]
        rivals = [key for key in theirs if key not in ours]
        if missing and rivals:
            return [Fault("actor", ours[missing[0]], theirs[rivals[0]])]
        if fault := swapped(clause, language, ours, whole, best):
            return [fault]
    return []


def _speaks(clause: str, name: str, key: str, near: Sequence[Part]) -> bool:
    """Whether somebody is told as who speaks all through the evidence, where its first sentence says who that is."""
    behind = clause[clause.find(name) + len(name) :][:40]
    before = clause[: clause.find(name)][-30:]
    told = _SPEAKER_BEHIND.match(behind) or _SPEAKER_BEFORE.search(before)
    return told is not None and any(key in named(part.sentence, part.language) for part in near if part.at == 0)


_SPEAKER_BEHIND: Final = re.compile(
    r"(?:['’]s)? (?:panell?ist|speaker|representative|delegat\w+)"
    r"|的?(?:专题讨论)?(?:第.位)?(?:嘉宾|发言者|代表|发言人)",
    re.I,
)
_SPEAKER_BEFORE: Final = re.compile(
    r"(?:panell?ist|speaker|representative)s? (?:of|from|for) (?:the )?$|(?:来自|代表)$", re.I
)


def _other_body(sentence: str, language: Language, near: Sequence[Part]) -> Fault | None:
    """A body of the Conference that the evidence does not name, where it says the same of another."""
    ours = _bodies(sentence, language)
    there = frozenset().union(*(_bodies(part.text, part.language) for part in near))
    best = likely(sentence, language, near)
    if not ours or ours & there or not best:
        return None
    rivals = _bodies(best[0].part.text, best[0].part.language) or _bodies(best[0].part.sentence, best[0].part.language)
    return Fault("actor", min(ours), min(rivals)) if rivals else None


def _bodies(text: str, language: Language) -> frozenset[str]:
    return frozenset(key.partition("/")[2] for key, _ in mentions(text, language) if kind_of(key) == "body")
