"""States and cities in a text: which it names, and the patterns that find them."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from corpus.names import state_names
from corpus.records import Language

# A title before the short name or behind it: the Plurinational State of Bolivia, Iran (Islamic Republic of).
_TITLE = r"(?:[A-Z]\w+ )*(?:Republic|State|Kingdom) of (?:the )?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_CITY = rf"(?:{_MONTHS}|Africa|Asia|Europe|The|(?:North|South|East|West|Latin|Central)(?:ern)?)\b"
_TITLE_BEHIND = r"(?: \([^)]*\))?"


@cache
def state_pattern(language: Language) -> str:
    """A regular expression without groups for the name of one State, the longest name that fits."""
    names = _either(_names(language))
    if language == "zh":
        return rf"(?:{names})(?:（[^）]*）|\([^)]*\))?"
    return rf"\b(?:the )?(?:{names}|{_TITLE}(?:{names}))\b{_TITLE_BEHIND}"


@cache
def place_pattern(language: Language) -> str:
    """A regular expression without groups for places joined by commas and conjunctions: cities, States, or both."""
    state, city = state_pattern(language), _either(_cities(language))
    if language == "zh":
        # A city that no list holds is known by its State before it, or by the verb behind it.
        other = r"[\u4e00-\u9fff]{2,7}(?=召开|举办|举行|开办)"
        one = rf"(?:{state}(?:的?(?:{city}|{other}))?|{city}|(?!国家|各国|本国|该国|区域|会议|[^，]*[的和]){other})"
        return rf"{one}(?:(?:、|和|及|以及|与|，(?=在)|，?在)+{one})*"
    # So in English: by its State behind it, or by "held" before it.
    other = rf"(?!{_NO_CITY})[A-Z][\w'’-]+(?: (?:[A-Z]|de )[\w'’-]*){{0,3}}(?=, (?:{state}))"
    held = rf"(?<=held in )(?!{_NO_CITY})[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}"
    one = rf"(?:{state}|(?:{city})\b|{other}|{held})"
    return rf"{one}(?:(?:, and|,| and)(?: in)? {one})*"


def places(text: str, language: Language) -> frozenset[str]:
    """The places of a list that :func:`place_pattern` found: its cities, or where it has none, its States.

    "Dakar" and "Dakar, Senegal" are one place.
    """
    states = {_plain(match[0]) for match in re.finditer(state_pattern(language), text)}
    parts = re.split("的|、|和|及|以及|与|，?在" if language == "zh" else r",? and (?:in )?|, (?:in )?", text)
    found = {_plain(part) for part in parts} - {""}
    # 塞内加尔达喀尔 is a State and its city without a mark between.
    cities = _cities(language)
    found = {next((part.removeprefix(s) for s in states if part.removeprefix(s) in cities), part) for part in found}
    return frozenset(found - states or states)


def place_names(text: str, language: Language, cities_only: bool = False) -> frozenset[str]:
    """The cities that a text names, and the States unless ``cities_only``."""
    held = r"[\u4e00-\u9fff]{2,7}?(?=召开|举办|举行|开办)" if language == "zh" else r"(?<=held in )[A-Z][\w'’-]+"
    behind = "" if language == "zh" else r"\b"
    found = {match[0] for match in re.finditer(f"(?:{_either(_cities(language))}){behind}", text)}
    if language == "en":
        found |= {
            match[0] for match in re.finditer(rf"{held}|\b[A-Z][\w'’-]+(?=, (?:{state_pattern(language)}))", text)
        }
    if not cities_only:
        found |= {_plain(match[0]) for match in re.finditer(state_pattern(language), text)}
    return frozenset(found)


def states_named(text: str, language: Language) -> frozenset[int]:
    """The States that a text names, as their places in :func:`corpus.names.state_names`: the same in both languages."""
    known = _rows(language)
    found = (_plain(match[0]) for match in re.finditer(state_pattern(language), text))
    return frozenset(known[name] for name in found if name in known)


@cache
def _rows(language: Language) -> dict[str, int]:
    return {form: at for at, row in enumerate(state_names()) for form in row[0 if language == "zh" else 1]}


@cache
def _names(language: Language) -> frozenset[str]:
    names = {form for row in state_names() for form in row[0 if language == "zh" else 1]}
    return frozenset(names | {name.replace("&", "and").replace("St. ", "Saint ") for name in names})


@cache
def _cities(language: Language) -> frozenset[str]:
    """Cities that babel names in both languages: those that time zones are called by."""
    chinese, english = Locale("zh").time_zones, Locale("en").time_zones
    pairs = {
        zone: (row["city"], english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " "))
        for zone, row in chinese.items()
        if "city" in row and "/" in zone
    }
    return frozenset(pair[0 if language == "zh" else 1] for pair in pairs.values())


def _either(names: frozenset[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _plain(name: str) -> str:
    name = re.sub(r"\s*[(（].*", "", name.strip()).removeprefix("the ")
    # The Republic of Korea is called so; the Plurinational State of Bolivia is Bolivia too.
    return name if name in _names("en") else re.sub(f"^{_TITLE}(?=[A-Z])", "", name)
