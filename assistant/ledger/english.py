"""Who says what in an English sentence of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.ledger.actors import names
from assistant.ledger.clauses import Clause, Role, Subject
from assistant.ledger.grammar import TELLING, Verb, words
from assistant.ledger.records import LISTED, Act, Actor
from corpus.records import Language

# Verbs that go on are told from words that look like them by what follows.
_OBJECT = (
    r"(?=\s+(?:that|the|its|his|her|their|a|an|some|several|how|on|upon|for|to|as|about|all|any|other|information"
    r"|attention|concern|support|what|why|whether)\b)"
)
_THAT = re.compile(r"\b(?:that|how|whether)\b")
_SENTENCE_END = re.compile(r"[;:]")


class English:
    """The grammar of English reports. Safe to use from several threads."""

    language: Language = "en"

    def __init__(self) -> None:
        w = words("en")
        name = f"(?-i:{w.name()})"
        listed = rf"(?:the )?{name}(?:(?:, and |, | and )(?:the )?{name})*"
        self._name = w.compiled(name)
        numbers = "(?:(?:first|second|third|fourth|fifth|other|same) )?"
        titles = r"(?: (?:for|of) (?-i:[A-Z])[^,.;:()]{0,50}?)?"
        speak = rf"{w.part('official_speakers')}"
        of = (
            rf"(?:of|for|from) (?:the )?(?:Government of (?:the )?)?{listed}(?: to the United Nations[^,;.()]{{0,40}})?"
        )
        definite = rf"(?:{w.part('definite')} )?{numbers}{w.part('speakers')}{titles} {of}"
        indefinite = rf"{w.part('indefinite')} {speak} {of}"
        more = rf"(?:,? and (?:by )?(?:the )?{w.part('speakers')} {of})*"
        record = (
            rf"(?-i:(?:Mr|Ms|Mrs|Mx|Dr|Sir|Prof|Professor|Archbishop|Monsignor)\b)\.? [^,;:()]{{2,60}} \({listed}\)"
        )
        possessive = rf"{name}['’]s? {w.part('speakers')}"
        others = r"(?: and (?:(?:several|some|many|the) )?other [A-Za-z ]{3,20}?)?"
        self._named = w.compiled(rf"(?:{definite}{more}|{indefinite}{more}|{possessive}|{record}|{listed}{others})")
        between = r"(?: (?!(?:and|or|of|that)\b)\w[\w-]*){0,2}?"
        counted = rf"{w.part('unnamed', 'counts')}{between} {w.part('unnamed', 'nouns')}\b"
        self._unnamed = w.compiled(rf"(?:{counted}|{w.part('unnamed', 'bare')}\b)")
        self._one = w.compiled(rf"{w.part('back', 'one')}\b")
        self._several = w.compiled(rf"{w.part('back', 'several')}\b")
        self._behind = w.compiled(rf"\s+{w.part('unnamed', 'behind')}\b")
        members = r"(?:the )?(?:(?:States )?members? (?:States )?of )?(?:the )?"
        behalf = rf"(?:also )?(?:speaking )?(?:also )?on behalf of {members}{listed}"
        self._behalf = w.compiled(rf",? (?:\({behalf}[^()]{{0,80}}\)|{behalf}[^,;()]{{0,60}},)")
        self._behalf_lead = w.compiled(rf"(?P<for>{behalf})[^,;()]{{0,60}}, ")
        self._aside = w.compiled(r",(?P<in>[^,;:]{2,140}),")
        skipped = rf"(?:{w.part('adverbs')}|{w.part('auxiliaries')})\b,?"
        regard = r"in (?:that|this|which) (?:regard|respect|context|connection)|for (?:his|her|its|their) part"
        self._skip = w.compiled(rf"(?:\s+{skipped}|, (?:{regard}|{w.part('adverbs')}),)*\s+")
        self._lead = w.compiled(rf"{w.part('leads')}\b")
        self._beside = w.compiled(rf"{w.part('beside')} ")
        self._later = w.compiled(rf"(?:; (?:and |but |while |whereas )?|,? {w.part('joins')} )")
        self._on = w.compiled(
            rf"(?P<comma>,)?(?: (?P<and>and|but))?(?P<which>,? in which (?:regard )?(?:he|she|it|they))?"
            rf"(?P<adverbs>(?: (?:(?:{regard}|he|she),?|{skipped}))*) (?=[a-z])"
        )
        impersonal = rf"(?:it|{w.part('impersonal_nouns')}) (?:was|were|had been|has been|have been)"
        also = r"(?: (?:also|further|then|again|(?!hardly|barely|scarcely|partly)\w+ly))*"
        self._passive = tuple(
            (act, w.compiled(rf"{impersonal}{also} {w.either(of)}\b")) for act, of in w.read["participles"].items()
        )
        self._agents = tuple(
            (act, w.compiled(rf"(?:was|were|had been|has been|have been){also} {w.either(of)} by "))
            for act, of in w.read["participles"].items()
        )
        self._unsure = w.compiled(r"\b(?:if|unless|whether|had|should)\b|\bto $|\bnot $")
        self._replies = w.compiled(
            r"(?:in (?:response|reply|answer)|responding|replying)\b|[^,;]{0,60}\b(?:replied|responded|answered)\b"
        )
        self._views = w.compiled(w.part("views"))
        self._statements = w.compiled(
            r"(?:(?P<what>general )?statements? (?:was|were|had been)(?: also)? (?:made|delivered)\b[^.;:]{0,60}? by "
            r"|heard (?:\w+ ){0,2}?statements? by )"
        )
        self._people = w.compiled(rf"\b{w.either(w.read['people'])}\b")
        self._another = w.compiled(
            rf"\b(?:one|another|an?|the other|some) (?:\w+ ){{0,2}}?{w.either(w.read['people'])}\b"
        )
        self._including = w.compiled(
            r",? (?:including|such as|among them|whose|which|who|recalling|speaking)\b[^;:.]{2,160}?,"
        )
        self._backing = w.compiled(rf"\s+{w.either(w.read['backing'])}\b")
        self._words = w

    def clauses(self, sentence: str) -> list[Clause]:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        found: list[Clause] = []
        ended, telling, listing, beside = 0, False, False, self._beside.match(sentence) is not None
        for at, is_first, is_apart in self._starts(sentence):
            if at < ended or (is_first and found and not beside) or (telling and not is_apart) or listing:
                continue
            if not is_first and (not found or ":" in sentence[:at]):
                continue
            subject = self._subject(sentence, at)
            verb = self._verb_at(sentence, subject.end) if subject else None
            if subject is None or verb is None:
                continue
            until = self._until(sentence, verb.end)
            verbs = [verb, *self._going_on(sentence, verb, until)]
            acts = tuple(dict.fromkeys(v.act for v in verbs if self._counts(sentence, v, subject)))
            if acts:
                found.append(Clause(self._with_lead(sentence, at, subject), acts))
            told = bool(_THAT.search(sentence, verb.end))
            telling = any(v.act == "stated" or (v.act in TELLING and told) for v in verbs)
            listing = telling and ":" in sentence[verb.end :]
            ended = verbs[-1].end
        if not found:
            found += self._by_agents(sentence)
        if not found and (impersonal := self._impersonally(sentence)):
            found.append(Clause(Subject("unnamed", 0), (impersonal,)))
        return found

    def replies(self, sentence: str) -> bool:
        """See :class:`assistant.ledger.clauses.Grammar`."""
        return self._replies.match(sentence) is not None

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
        if beside := self._beside.match(sentence):
            yield beside.end(), True, True
        if self._lead.match(sentence):
            for comma in re.finditer(r",\s+", sentence):
                yield comma.end(), True, True
        for later in self._later.finditer(sentence):
            yield later.end(), False, later[0].startswith(";")

    def _subject(self, sentence: str, at: int) -> Subject | None:
        if match := self._named.match(sentence, at):
            return self._named_subject(sentence, match)
        if match := self._several.match(sentence, at):
            return Subject("back_several", match.end(), several=True)
        if match := self._unnamed.match(sentence, at):
            return self._unnamed_subject(sentence, match.end())
        if match := self._one.match(sentence, at):
            return Subject("back", match.end(), role=self._role(match[0]))
        return None

    def _named_subject(self, sentence: str, match: re.Match[str]) -> Subject:
        actors = self._actors(match[0])
        end = match.end()
        while True:
            if behalf := self._behalf.match(sentence, end):
                actors += self._actors(behalf[0])
                end = behalf.end()
            elif (aside := self._aside.match(sentence, end)) and not self._tells(aside["in"]):
                end = aside.end()
            else:
                break
        several = len(self._actors(match[0])) > 1
        return Subject("named", end, tuple(dict.fromkeys(actors)), several, self._role(match[0]))

    def _unnamed_subject(self, sentence: str, end: int) -> Subject:
        actors: list[Actor] = []
        if behalf := self._behalf.match(sentence, end):
            actors = self._actors(behalf[0])
            end = behalf.end()
        elif (including := self._including_up_to_verb(sentence, end)) is not None:
            end = including
        elif self._behind.match(sentence, end):
            for space in re.finditer(r",?(?=\s)", sentence[: end + 160]):
                if space.start() > end and self._verb_at(sentence, space.end()):
                    end = space.end()
                    break
        return Subject("unnamed", end, tuple(actors))

    def _including_up_to_verb(self, sentence: str, end: int) -> int | None:
        """The end of ", including France and Spain," behind which a verb stands."""
        if not (begun := self._including.match(sentence, end)):
            return None
        commas = (comma.end() for comma in re.compile(",").finditer(sentence, begun.start() + 1, end + 200))
        return next((comma for comma in commas if self._verb_at(sentence, comma)), None)

    def _with_lead(self, sentence: str, at: int, subject: Subject) -> Subject:
        """A subject with those in whose name the words before it say that it speaks."""
        lead = self._behalf_lead.match(sentence)
        if lead is None or lead.end() > at:
            return subject
        actors = (*subject.actors, *self._actors(lead["for"]))
        return Subject(subject.kind, subject.end, tuple(dict.fromkeys(actors)), subject.several)

    def _verb_at(self, sentence: str, end: int) -> Verb | None:
        verb = self._words.verb(sentence, end)
        skipped = self._skip.match(sentence, end)
        if verb is None and skipped:
            verb = self._words.verb(sentence, skipped.end())
        # "The representative requested by the Chair" was asked, and did not ask; who supported neither supported none.
        return None if verb is None or re.match(r"\s+(?:by|neither|none|no|nothing)\b", sentence[verb.end :]) else verb

    def _going_on(self, sentence: str, verb: Verb, until: int) -> Iterator[Verb]:
        """Further verbs of the same subject."""
        begun = verb
        for join in self._on.finditer(sentence, verb.end, until):
            if join.start() < begun.end or not any(join[group] for group in ("comma", "and", "which")):
                continue
            found = self._words.verb(sentence, join.end())
            if found is None or not re.match(_OBJECT, sentence[found.end :]) or found.act in LISTED:
                continue
            between = sentence[begun.end : join.start()]
            told = _THAT.search(between)
            if told and not (join["comma"] or join["which"] or join["adverbs"].strip()):
                continue
            if not join["and"] and not join["which"] and not join["adverbs"].strip() and told:
                continue
            # Who else acts in what is told may be who goes on.
            if told and not join["which"] and self._named.match(between[told.end() :].lstrip()):
                continue
            yield found
            begun = found

    def _until(self, sentence: str, start: int) -> int:
        end = re.search(r";\s", sentence[start:])
        # A list of what was presented is parted by semicolons, and its parts may go on with "in which regard he".
        return len(sentence) if end is None or "in which regard" in sentence[start:] else start + end.start()

    def _counts(self, sentence: str, verb: Verb, subject: Subject) -> bool:
        """Whether a verb is an act for a ledger: an organisation's support in the field is none."""
        if verb.act != "supported" or not any(a.kind in ("organisation", "official") for a in subject.actors):
            return True
        return self._backing.match(sentence, verb.end) is not None

    def _by_agents(self, sentence: str) -> Iterator[Clause]:
        """Clauses in the passive with who acts behind "by"."""
        told = _THAT.search(sentence)
        patterns: list[tuple[Act, re.Pattern[str]]] = [("made_statement", self._statements), *self._agents]
        for act, pattern in patterns:
            match = pattern.search(sentence)
            if match is None or (told and told.start() < match.start()):
                continue
            if self._unsure.search(sentence, 0, match.start()):
                continue
            if match.groupdict().get("what"):
                act = "general_statement"
            at = match.end()
            actors: list[Actor] = []
            while named := self._named.match(sentence, at):
                actors += self._actors(named[0])
                rest = re.compile(r"(?:,[^,;:]{2,100})?,? and by\s+|, by\s+").match(sentence, named.end())
                if rest is None:
                    break
                at = rest.end()
            if actors:
                yield Clause(Subject("named", at, tuple(dict.fromkeys(actors)), len(actors) > 1), (act,))
            elif self._unnamed.match(sentence, at):
                yield Clause(Subject("unnamed", at), (act,))
            return

    def _impersonally(self, sentence: str) -> Act | None:
        """What is said by nobody in particular at the head of a sentence, or behind its lead."""
        if found := self._views.match(sentence):
            return "supported" if "support" in found[0] else "stated"
        places = [0, *(m.end() for m in re.finditer(r",\s+", sentence) if self._lead.match(sentence))]
        for at in places:
            for act, pattern in self._passive:
                if found := pattern.match(sentence, at):
                    return None if re.match(r"\s+by\b", sentence[found.end() :]) else act
        return None

    def _role(self, text: str) -> Role:
        if re.search(r"\b(?:panellist|expert)", text, re.IGNORECASE):
            return "panellist"
        return "representative" if re.search(r"\b(?:representative|delegat)", text, re.IGNORECASE) else ""

    def _tells(self, text: str) -> bool:
        return any(self._words.verb(text, space.end()) for space in re.finditer(r"\s+", text))

    def _actors(self, text: str) -> list[Actor]:
        found = (names().called(match[0], "en") for match in self._name.finditer(text))
        return [actor for actor in found if actor is not None]


@cache
def english() -> English:
    """The grammar of English."""
    return English()
