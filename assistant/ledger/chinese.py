"""Who says what in a Chinese sentence of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.ledger.actors import names
from assistant.ledger.clauses import Clause, Role, Subject, SubjectKind
from assistant.ledger.grammar import TELLING, Verb, words
from assistant.ledger.records import LISTED, Act, Actor
from corpus.records import Language

# Acts that "并" may go on with after what was told; others may be part of what was told.
_GO_ON = frozenset(("stated", "presented", "proposed"))
_STOP = re.compile("[，。；：]")
# What makes of a verb and what is before it a description of what follows: 法国提出的建议.
_OF = re.compile(r"(?:了|过)?\s*的")
# What was told, wished for, denied or only supposed.
_UNSURE = re.compile(
    "指出|表示|强调|认为|说|如|若|倘|是否|希望|期待|争取|可能|(?:不|未|没有|无法|尚未|从未|将|会|应|须|需|可|能|以|待)$"
)
_REPLIES = re.compile("(?:在|作为)(?:答复|回答|回应)|.{0,20}?(?:答复|回答|回应|答称)(?:说|称|指出|表示|了|道|，)")
_PHRASES = re.compile("在|就|对|对于|关于|针对|围绕|向|为|以|根据|按照|通过")
_LONGEST_PHRASE = 70
# What stands before a clause that matters is no longer.
_LONGEST_LEAD = 400


class Chinese:
    """The grammar of Chinese reports. Safe to use from several threads."""

    language: Language = "zh"

    def __init__(self) -> None:
        w = words("zh")
        name = w.name()
        self._name = re.compile(name)
        speakers, official = w.part("speakers"), w.part("official_speakers")
        status = r"(?:《[^》]{1,60}》\s*)?(?:的)?(?:缔约国|缔约方|签署国|观察员国|非缔约国|会员国|成员国)?"
        one = rf"{status}{name}(?:的)?(?:(?:常驻)?代表团?|观察员)?"
        listed = rf"{one}(?:\s*(?:、|和|与|及|，?\s*以及|，?\s*还有)\s*{one})*"
        others = (
            "(?:等(?:一些|几个|多个|若干|[一二两三四五六七八九十]+个?)?(?:国家|国|缔约国|会员国|组织|代表团)?(?:的)?)?"
        )
        number = "(?:第[一二三四五六七八九十]+(?:位|名))?"
        either = rf"(?:(?:的)?(?:一位|一名|两位|两名){official}|(?:的)?{number}{speakers})?"
        spoke = rf"(?:(?:也|同时)?代表{listed}(?:及其成员国)?发言的)?"
        come = rf"来自{name}的{speakers}"
        record = rf"[^，。；（）]{{1,20}}(?:先生|女士|大使|教授|博士)\s*（{listed}[^）]*）"
        self._named = re.compile(rf"{spoke}(?:{record}|{come}|{listed}{others}{either})们?(?!\s*{name})")
        unnamed = w.read["unnamed"]
        counted = (
            rf"(?:{unnamed['counts']})+(?:{unnamed['measures']})?(?:(?:来自|属于|代表|参加)[^，。；]{{1,20}}?的)?(?:其他)?"
            rf"(?:{unnamed['nouns']})们?"
        )
        self._unnamed = re.compile(
            rf"(?:包括[^，。；]{{1,80}}?在内的)?{spoke}(?:{counted}|{w.part('unnamed', 'bare')})"
        )
        self._one = re.compile(w.part("back", "one"))
        self._several = re.compile(w.part("back", "several"))
        self._behalf = re.compile(
            rf"\s*(?:(?P<for>（(?:也|同时)?代表{listed}[^）]*）|(?:也|同时)?代表\s*{listed}[^，。；]{{0,10}}发言(?:时)?，?"
            rf"|(?:也|同时)?以\s*{listed}[^，。；]{{0,8}}名义(?:发言)?(?:时)?，?)|（[^）]{{1,60}}）)"
        )
        self._behalf_lead = re.compile(
            rf"(?:也|同时)?(?:代表{listed}[^，。；]{{0,10}}发言时|以{listed}[^，。；]{{0,8}}名义[^，。；]{{0,6}})，"
        )
        self._adverb = re.compile(rf"\s*{w.part('adverbs')}")
        self._when = re.compile(r"\s*在[^，。；]{1,50}?(?:时|中|上|下|方面|期间|后)")
        self._lead = re.compile(rf"{w.part('leads')}")
        self._lead_end = re.compile(rf"{w.part('lead_ends')}$")
        self._short_lead = re.compile(
            "(?:随后|此外|最后|然后|接着|同时|另外|但是?|不过|然而|对此|首先|其次|再次|为此|因此|据此|第[一二三四五])$"
        )
        self._joins = re.compile(rf"(?:[；，]\s*(?:{w.read['joins']})?)\s*")
        self._on = re.compile(
            rf"(?P<comma>[，；]\s*)(?P<which>在(?:这|此)(?:方面|一方面)?，?\s*他?|他|她)?(?P<on>(?:{w.read['goes_on']})*)"
            rf"|(?P<and>并(?:且)?)"
        )
        self._impersonal = re.compile(rf"{w.part('impersonal')}")
        self._bare_impersonal = re.compile(rf"{w.part('bare_impersonal')}")
        someone = rf"(?P<by>{listed}{either}|{counted}|{w.part('unnamed', 'bare')})"
        self._agents: tuple[tuple[Act, re.Pattern[str]], ...] = (
            ("supported", re.compile(rf"得到(?:了)?{someone}(?:的)?[^，。；]{{0,6}}?(?:支持|赞同|赞成)")),
            ("opposed", re.compile(rf"(?:遭到|受到)(?:了)?{someone}(?:的)?[^，。；]{{0,4}}?反对")),
            ("sponsored", re.compile(rf"决[议定](?:修订)?草案\s*(?:是)?由{someone}(?:共同|联合)?(?:提出|提交)")),
            ("proposed", re.compile(rf"由{someone}(?:共同|联合)?提出")),
            ("made_statement", re.compile(rf"听取了{someone}(?:的)?(?:介绍性|开幕)?发言")),
        )
        self._people = re.compile(w.read["people"])
        self._another = re.compile(
            rf"(?:一|另一|某|有|几|两)(?:位|名|个)?(?:来自[^，。；]{{1,20}}的)?(?:{w.read['people']})"
        )
        self._backing = re.compile(rf"[^，。；]{{0,20}}?(?:{w.read['backing']})")
        self._words = w

    def clauses(self, sentence: str) -> list[Clause]:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        found: list[Clause] = []
        ended, telling, listing = 0, False, False
        for at, is_first, is_apart in self._starts(sentence):
            if at < ended or (is_first and found) or (not is_first and (not found or "：" in sentence[:at])):
                continue
            if (telling and not is_apart) or listing:
                continue
            subject = self._subject(sentence, at)
            verb = self._verb(sentence, subject.end) if subject else None
            if subject is None or verb is None:
                continue
            verbs = [verb, *self._going_on(sentence, verb)]
            acts = tuple(dict.fromkeys(v.act for v in verbs if self._counts(sentence, v, subject)))
            if acts:
                found.append(Clause(self._with_lead(sentence, at, subject), acts))
            telling, ended = any(v.act in TELLING for v in verbs), verbs[-1].end
            listing = telling and "：" in sentence[verb.end :]
        if not found:
            found += self._by_agents(sentence)
        if not found and (verb := self._of_nobody(sentence)):
            found.append(Clause(Subject("unnamed", 0), (verb.act,)))
        if not found and (acts := self._impersonally(sentence)):
            found.append(Clause(Subject("unnamed", 0), acts))
        return found

    def replies(self, sentence: str) -> bool:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        return _REPLIES.match(sentence) is not None

    def brings_in(self, sentence: str) -> bool:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        return self._people.search(sentence) is not None

    def brings_in_another(self, sentence: str, start: int) -> bool:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        return self._another.search(sentence, start) is not None

    def names_at_head(self, sentence: str) -> bool:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        return self._named.match(sentence) is not None

    def _starts(self, sentence: str) -> Iterator[tuple[int, bool, bool]]:
        """Where a clause may begin: the place, whether it is the first clause, whether a semicolon parts it."""
        yield 0, True, True
        for comma in re.finditer(r"，\s*", sentence[:_LONGEST_LEAD]):
            before = sentence[: comma.start()]
            is_lead = self._lead.match(before) and (self._lead_end.search(before) or self._short_lead.search(before))
            if is_lead or (self._lead_end.search(before) and "后" in before[-2:]):
                yield comma.end(), True, True
        for join in self._joins.finditer(sentence):
            yield join.end(), False, join[0].startswith("；")

    def _subject(self, sentence: str, at: int) -> Subject | None:
        if match := self._named.match(sentence, at):
            actors = self._actors(match[0])
            end, all_actors = self._behind(sentence, match.end(), actors)
            return Subject("named", end, all_actors, len(actors) > 1, self._role(match[0]))
        if match := self._several.match(sentence, at):
            return Subject("back_several", match.end(), several=True)
        if match := self._unnamed.match(sentence, at):
            spoken_for = self._actors(match[0]) if match[0].startswith(("代表", "也代表", "同时代表")) else []
            end, actors_behind = self._behind(sentence, match.end(), spoken_for)
            return Subject("unnamed", end, actors_behind)
        if match := self._one.match(sentence, at):
            return Subject("back", match.end(), role=self._role(match[0]))
        return None

    def _behind(self, sentence: str, end: int, actors: list[Actor]) -> tuple[int, tuple[Actor, ...]]:
        if behalf := self._behalf.match(sentence, end):
            return behalf.end(), tuple(dict.fromkeys((*actors, *self._actors(behalf["for"] or ""))))
        return end, tuple(dict.fromkeys(actors))

    def _with_lead(self, sentence: str, at: int, subject: Subject) -> Subject:
        lead = self._behalf_lead.match(sentence)
        if lead is None or lead.end() > at:
            return subject
        actors = tuple(dict.fromkeys((*subject.actors, *self._actors(lead[0]))))
        return Subject(subject.kind, subject.end, actors, subject.several)

    def _verb(self, sentence: str, at: int) -> Verb | None:
        """The verb behind a subject: behind adverbs, and what is said of when and about what."""
        for _ in range(6):
            if verb := self._verb_at(sentence, at):
                return verb
            if adverb := self._adverb.match(sentence, at):
                at = adverb.end()
            elif when := self._when_before_verb(sentence, at):
                at = when
            else:
                break
        start = at + len(sentence[at:]) - len(sentence[at:].lstrip())
        return self._last_verb(sentence, start) if _PHRASES.match(sentence, start) else None

    def _verb_at(self, sentence: str, at: int) -> Verb | None:
        at += len(sentence[at:]) - len(sentence[at:].lstrip())
        verb = self._words.verb(sentence, at)
        return None if verb is None or _OF.match(sentence, verb.end) else verb

    def _when_before_verb(self, sentence: str, at: int) -> int | None:
        """The end of a phrase such as 在谈到本区域时 behind which a verb or an adverb with a verb stands."""
        if not re.match(r"\s*在", sentence[at:]):
            return None
        stop = _STOP.search(sentence, at)
        end = stop.start() if stop else len(sentence)
        for ending in re.finditer("时|中|上|下|方面|期间|后", sentence[at:end]):
            place = at + ending.end()
            adverb = self._adverb.match(sentence, place)
            if self._verb_at(sentence, place) or (adverb and self._verb_at(sentence, adverb.end())):
                return place
        return None

    def _last_verb(self, sentence: str, at: int) -> Verb | None:
        """The verb that a phrase such as 就追查机制 leads to: the last before the clause ends."""
        stop = re.compile("[，。；：]|并(?!不|未)|还|既不|也不").search(sentence, at + 1)
        end = min(stop.start() if stop else len(sentence), at + _LONGEST_PHRASE)
        best: Verb | None = None
        for place in range(at + 1, end):
            # 不反对 is no 反对.
            if sentence[place].isspace() or sentence[place - 1] in "不未没无非":
                continue
            verb = self._verb_at(sentence, place)
            if verb and verb.start == place and verb.end <= end + 1 and (best is None or verb.end > best.end):
                best = verb
        return best

    def _going_on(self, sentence: str, verb: Verb) -> Iterator[Verb]:
        """Further verbs of the same subject."""
        begun, telling = verb, verb.act in TELLING
        for join in self._on.finditer(sentence, verb.end):
            if join.start() < begun.end:
                continue
            found = self._verb(sentence, join.end()) if join["comma"] else self._verb_at(sentence, join.end())
            if found is None or found.act in LISTED:
                continue
            goes_on = join.groupdict()["on"] or ""
            between = sentence[begun.end : join.start()]
            if telling and not join["which"] and not self._surely_goes_on(found, goes_on, bool(join["and"]), between):
                continue
            yield found
            begun, telling = found, telling or found.act in TELLING

    def _surely_goes_on(self, verb: Verb, goes_on: str, bare_and: bool, between: str) -> bool:
        """Whether a verb behind what was told is the speaker's, and not part of what was told."""
        if self._named.match(between.lstrip("了，： ")):
            return False
        if re.search("还|也|又|随后|进一步|再次|继而|接着|最后|但", goes_on):
            return True
        if goes_on:
            return verb.act in _GO_ON
        return not bare_and and verb.act == "stated"

    def _counts(self, sentence: str, verb: Verb, subject: Subject) -> bool:
        """Whether a verb is an act for a ledger: an organisation's support in the field is none."""
        if verb.act != "supported" or not any(a.kind in ("organisation", "official") for a in subject.actors):
            return True
        return self._backing.match(sentence, verb.end) is not None

    def _by_agents(self, sentence: str) -> Iterator[Clause]:
        """Clauses in the passive with who acts behind 由 or 得到."""
        for act, pattern in self._agents:
            if match := pattern.search(sentence):
                if _UNSURE.search(sentence[: match.start()]):
                    continue
                actors = self._actors(match["by"]) if self._named.match(match["by"]) else []
                kind: SubjectKind = "named" if actors else "unnamed"
                yield Clause(Subject(kind, match.end(), tuple(dict.fromkeys(actors)), len(actors) > 1), (act,))
                return

    def _of_nobody(self, sentence: str) -> Verb | None:
        """What "he" does in a sentence that began with one who is not named: 一位发言者的国家…，他介绍…"""
        if not self._unnamed.match(sentence):
            return None
        later = re.finditer(r"，\s*(?:他|她)", sentence)
        return next((verb for he in later if (verb := self._verb(sentence, he.end()))), None)

    def _impersonally(self, sentence: str) -> tuple[Act, ...]:
        """What is said by nobody in particular at the head of a sentence, or behind its lead."""
        places = [0, *(at for at, is_first, _ in self._starts(sentence) if is_first and at)]
        for at in places:
            if head := self._impersonal.match(sentence, at):
                if verb := self._verb(sentence, head.end()):
                    return (verb.act,)
            elif (head := self._bare_impersonal.match(sentence, at)) and (verb := self._verb(sentence, at)):
                return (verb.act,)
        return ()

    def _role(self, text: str) -> Role:
        if "嘉宾" in text or "专家" in text:
            return "panellist"
        return "representative" if "代表" in text else ""

    def _actors(self, text: str) -> list[Actor]:
        found = (names().called(match[0], "zh") for match in self._name.finditer(text))
        return [actor for actor in found if actor is not None]


@cache
def chinese() -> Chinese:
    """The grammar of Chinese."""
    return Chinese()
