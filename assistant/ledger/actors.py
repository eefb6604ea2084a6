"""Who can act: States, groups of States, organisations and officials, each with its names in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from babel import Locale

from assistant.ledger.records import Actor, ActorKind
from corpus.normal import normalise
from corpus.records import LANGUAGES, Bilingual, Language

FILE: Final = Path(__file__).with_name("names.yaml")

_KINDS: Final[Mapping[str, ActorKind]] = {"groups": "group", "organisations": "organisation", "officials": "official"}
_APOSTROPHES, _DASHES = "['’]", "[-‐–—]"


class Names:
    """All actors that are known by name, and the names that each is called by."""

    def __init__(self, forms: Mapping[Actor, Mapping[Language, tuple[str, ...]]]) -> None:
        """Of each actor's forms by language, the first of which is shown."""
        self.actors = tuple(forms)
        self._by_key = {actor.key: actor for actor in forms}
        self._by_form = {
            language: {_folded(form): actor for actor, of in forms.items() for form in of[language]}
            for language in LANGUAGES
        }
        self._forms = forms

    def pattern(self, language: Language) -> str:
        """A pattern, with no group, of any actor's name in a text of a language; the longest name wins."""
        return self.pattern_of(self.actors, language)

    def pattern_of_kinds(self, kinds: Iterable[ActorKind], language: Language) -> str:
        """A pattern of the names of some kinds of actor."""
        wanted = frozenset(kinds)
        return self.pattern_of((actor for actor in self.actors if actor.kind in wanted), language)

    def called(self, surface: str, language: Language) -> Actor | None:
        """The actor that a name in a text stands for; None where nobody is called so."""
        return self._by_form[language].get(_folded(surface))

    def known(self, text: str) -> Actor | None:
        """The actor that a person means by a name in either language or by a key; None where there is none."""
        if text.strip() in self._by_key:
            return self._by_key[text.strip()]
        wanted = _folded(
            re.sub(r"^(?:the\s+)?(?:(?:representatives?|delegations?) of\s+)?", "", text.strip(), flags=re.I)
        )
        wanted = wanted.removesuffix("代表团").removesuffix("代表") or wanted
        return next((found for of in self._by_form.values() if (found := of.get(wanted))), None)

    def pattern_of(self, actors: Iterable[Actor], language: Language) -> str:
        """A pattern of the names of some actors; whom only a document names has the one name."""
        forms = {
            form for actor in actors for form in self._forms.get(actor, {}).get(language) or (actor.name(language),)
        }
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        either = "|".join(_form_pattern(form, language) for form in ordered)
        # A name in Latin letters ends where its word does; 中国 within 发展中国家 is no name.
        return rf"(?<!\w)(?:{either})(?!\w)" if language == "en" else rf"(?:(?<!发展)(?:{either}))"


@cache
def names() -> Names:
    """The actors of the project's own list and of babel's names of States."""
    listed: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    forms: dict[Actor, Mapping[Language, tuple[str, ...]]] = {}
    territories = {language: Locale(language).territories for language in LANGUAGES}
    for code in listed["states"]["members"].split():
        own = listed["states"]["forms"].get(code, {})
        of = {
            language: tuple(dict.fromkeys((*own.get(language, ()), _plain(territories[language][code]))))
            for language in LANGUAGES
        }
        forms[_actor(f"state/{code}", "state", of)] = of
    for section, kind in _KINDS.items():
        for key, own in listed[section].items():
            of = {language: tuple(own[language]) for language in LANGUAGES}
            forms[_actor(f"{kind}/{key}", kind, of)] = of
    return Names(forms)


def person(name: str) -> Actor:
    """A person who is named: the same in both languages."""
    plain = " ".join(name.split())
    return Actor(f"official/{plain}", "official", Bilingual(plain, plain))


def _actor(key: str, kind: ActorKind, forms: Mapping[Language, tuple[str, ...]]) -> Actor:
    return Actor(key, kind, Bilingual(forms["zh"][0], forms["en"][0]))


def _plain(name: str) -> str:
    """A name of babel's without what it says in brackets to tell it from another."""
    return re.sub(r"\s*[(（].*", "", name).split(" - ")[0]


def _folded(name: str) -> str:
    return re.sub(r"[\s'’‐–—-]", "", normalise(name)).casefold().removeprefix("the")


def _form_pattern(form: str, language: Language) -> str:
    written = re.sub("['’]", _APOSTROPHES, re.escape(form))
    written = re.sub(r"\\-|[‐–—]", _DASHES, written)
    if language == "en":
        return re.sub(r"(?:\\ )+", r"\\s+", written)
    # Between digits and Chinese a text may have a space.
    return re.sub(r"(?<=\d)(?=[\u4e00-\u9fff])", r"\\s*", written)
