"""Who is listed: as having attended, made a general statement, led a discussion, or sponsored a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from assistant.ledger.actors import names, person
from assistant.ledger.grammar import words
from assistant.ledger.records import Act, Actor
from corpus.records import Bilingual, Language

_ACTS: Final[tuple[Act, ...]] = ("general_statement", "made_statement", "attended", "sponsored")
#: An actor with what it is listed for.
Listed = tuple[Actor, Act]

_PARTICLES = "da|das|de|del|della|dos|di|van|von|der|den|la|el|al|bin|ben|ibn|du|le|y|zu"
_PERSON = rf"[A-ZÀ-Þ][\w.'’-]+(?: (?:{_PARTICLES}|[A-ZÀ-Þ][\w.'’-]*))+"
_TITLE = r"(?:(?:Professor|Prof\.?|Dr\.?|Mr\.?|Ms\.?|Mrs\.?|Judge|Ambassador) )?"
# A name of an organisation that nobody knows is as long as this at most.
_LONGEST_NAME = 160


class Lists:
    """How a language lists who did something. Safe to use from several threads."""

    def __init__(self, language: Language) -> None:
        w = words(language)
        own = w.read["lists"]
        self._language = language
        name = w.name() if language == "zh" else f"(?-i:{w.name()})"
        self._name = w.compiled(name)
        self._act = {act: w.compiled(own[act]) for act in _ACTS}
        self._heads, self._not, self._organisations = (
            w.compiled(own[key]) for key in ("heads", "not", "organisations")
        )
        officials = w.name("official") if language == "zh" else f"(?-i:{w.name('official')})"
        if language == "en":
            several = rf"(?:the )?{name}(?:(?:, and |, | and )(?:the )?{name})*"
            self._led = w.compiled(rf"\b{own['led']}\b")
            self._chair = w.compiled(rf"{own['led']} (?:the )?(?P<who>{officials})")
            self._panellist = w.compiled(
                rf"(?:by|:|;|,|and|\))\s+(?:and )?{_TITLE}(?P<who>(?-i:{_PERSON}))(?:,[^();]*?)?"
                rf" \((?:also )?(?:on behalf of )?(?P<of>{several})\)"
            )
            self._person = w.compiled(rf"{own['led']} {_TITLE}(?P<who>(?-i:{_PERSON}))")
            self._sponsors = w.compiled(rf"(?P<who>{several})\W*: {own['submitted']}\b")
            self._submitted = w.compiled(rf"\bsubmitted by (?:the delegations? of )?(?P<who>{several})")
        else:
            several = rf"{name}(?:\s*(?:、|和|与|及|，?以及)\s*{name})*"
            self._led = re.compile(rf"由.*?(?:{own['led']})")
            self._chair = re.compile(rf"由(?P<who>{officials})(?:{own['led']})")
            self._panellist = re.compile(
                rf"(?P<who>{_PERSON}|(?<=[：、；和])[\u4e00-\u9fff·]{{2,15}}?)\s*[^（），；：、]{{0,8}}（(?:也|同时)?(?:代表)?(?P<of>{several})）"
            )
            self._person = re.compile(rf"由[^。；（）]*?(?P<who>{_PERSON})\s*(?:先生|女士|教授)?(?:{own['led']})")
            self._sponsors = re.compile(rf"(?P<who>{several})[*\s]*[：:].{{0,20}}?(?:{own['submitted']})")
            self._submitted = re.compile(rf"由?(?P<who>{several})(?:共同|联合)?提交(?!的)")

    def listed(self, sentence: str) -> list[Listed]:
        """Whom a sentence of a report lists, and for what; empty where it lists nobody."""
        return self._leading(sentence) or self._behind_colon(sentence)

    def sponsors(self, heading: Sequence[str]) -> Iterator[tuple[int, Listed]]:
        """Whom the lines of a document's heading name as those it is of, each with the number of the line."""
        for n, line in enumerate(heading):
            if found := self._sponsors.match(line.strip()) or self._submitted.search(line):
                for actor in self._actors(found["who"]):
                    if actor.kind != "official":
                        yield n, (actor, "sponsored")

    def _leading(self, sentence: str) -> list[Listed]:
        if self._led.search(sentence) is None:
            return []
        found: list[Actor] = []
        if chair := self._chair.search(sentence):
            found += self._actors(chair["who"])
        for panellist in self._panellist.finditer(sentence):
            found += [person(panellist["who"]), *self._actors(panellist["of"])]
        if not any(actor.key.startswith("official/") and actor not in names().actors for actor in found):
            alone = self._person.search(sentence)
            found += [person(alone["who"])] if alone else []
        return [(actor, "led") for actor in dict.fromkeys(found)]

    def _behind_colon(self, sentence: str) -> list[Listed]:
        head, colon, items = sentence.replace("：", ":", 1).partition(":")
        if not colon:
            # 发言的还有…的代表 needs no colon.
            without = re.match(r".*?的(?:还)?有", sentence) if self._language == "zh" else None
            if without is None:
                return []
            head, items = without[0], sentence[without.end() :]
        act = next((act for act, pattern in self._act.items() if pattern.search(head)), None)
        if act is None or not self._heads.search(head) or self._not.search(head):
            return []
        known = bool(self._organisations.search(head))
        found = [self._item(item, known) for item in self._items(items)]
        return [(actor, act) for actor in dict.fromkeys(found) if actor is not None]

    def _items(self, text: str) -> list[str]:
        """The members of a list: apart at its commas, but for those within a name that is known."""
        text = text.strip().rstrip("。.;；")
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"\x00{len(kept) - 1}\x01"

        masked = self._name.sub(keep, text)
        if self._language == "zh":
            parts = re.split(r"、|；|，?\s*以及|，|(?<=\x01)(?:和|与|及)|(?:和|与|及)(?=\x00)", masked)
        else:
            parts = re.split(r"; and |; |, and |, |(?<=\x01) and | and (?:the )?(?=\x00)", masked)
            if len(parts) > 1 and " and " in parts[-1]:
                parts[-1:] = parts[-1].rsplit(" and ", 1)
        return [re.sub(r"\x00(\d+)\x01", lambda m: kept[int(m[1])], part).strip() for part in parts]

    def _item(self, item: str, of_organisations: bool) -> Actor | None:
        """Who a member of a list is: known by name, or where organisations are listed any other."""
        bare = re.sub(r"^(?:and |the |和|及|以及)+|(?:的)?(?:代表|观察员)$", "", item.strip()).strip()
        bare = re.sub(r"^(?:representatives? of |observers? (?:of|for) )(?:the )?", "", bare)
        actor = names().called(bare, self._language)
        if actor is not None or not of_organisations or not 2 < len(bare) < _LONGEST_NAME:
            return actor
        return Actor(f"organisation/{bare}", "organisation", Bilingual(bare, bare))

    def _actors(self, text: str) -> list[Actor]:
        found = (names().called(match[0], self._language) for match in self._name.finditer(text))
        return [actor for actor in found if actor is not None]


@cache
def lists(language: Language) -> Lists:
    """The lists of a language."""
    return Lists(language)
