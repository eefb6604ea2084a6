"""What is told in other words than it stands in: hours, parts of a month, bounds, lists, States, denials in words."""

from __future__ import annotations

import pytest

from assistant.claims import Evidence, FaultKind, check
from assistant.claims.facts import facts
from corpus.records import Language

WELLS = Evidence(
    "The Committee met on 26 February 2014 from 12 noon to 2 p.m. and from 4 p.m. to 6 p.m. The workshop had been"
    " originally scheduled for 3 May 2015. Training was held in Kenya and Ghana in 2013 and in Chile in 2014 for more"
    " than 90 engineers. The report was not negotiated or adopted. The time of pumping was cut from three to two hours."
    " The National Water Office of Kenya took part, and wells in the following countries were closed: Kenya, Ghana,"
    " Chile and Peru. The Protocol is the only binding instrument on wells.",
    "en", "p1",
)  # fmt: skip
TANKS = Evidence(
    "回顾委员会2010年10月22日第5/4号决议和2012年10月19日第6/2号决议。主席致函秘书处。肯尼亚国家水务局参加了会议，"
    "90多名工程师接受了培训。清洗水箱不同于更换水箱。其他与会者只是听众。对水泵是否应更换没有达成共识。",
    "zh", "p2",
)  # fmt: skip


def kinds(sentence: str, evidence: Evidence, language: Language) -> set[FaultKind]:
    return {fault.kind for fault in check(sentence, [evidence], None, language).faults}


@pytest.mark.parametrize(
    ("sentence", "evidence", "language"),
    [
        ("The Committee met from noon until 2 p.m.", WELLS, "en"),
        ("The Committee met in late February 2014.", WELLS, "en"),
        ("The workshop was originally scheduled for 3 May 2015.", WELLS, "en"),
        ("Training was held in Kenya and Ghana in 2013 and in Chile the following year.", WELLS, "en"),
        ("Over ninety engineers received training.", WELLS, "en"),
        ("The report was neither negotiated nor adopted.", WELLS, "en"),
        ("The Kenyan National Water Office took part.", WELLS, "en"),
        ("Wells in four countries were closed.", WELLS, "en"),
        ("The time of pumping was cut from three hours to two.", WELLS, "en"),
        ("The Protocol is a binding instrument on wells.", WELLS, "en"),
        ("委员会第6/2号决议是2012年10月的决议。", TANKS, "zh"),
        ("主席向秘书处致函。", TANKS, "zh"),
        ("九十余名工程师接受了培训。", TANKS, "zh"),
        ("清洗水箱与更换水箱并不是一回事。", TANKS, "zh"),
    ],
)
def test_what_is_told_anew_is_borne_out(sentence: str, evidence: Evidence, language: Language) -> None:
    assert kinds(sentence, evidence, language) == set()


@pytest.mark.parametrize(
    ("kind", "sentence", "evidence", "language"),
    [
        ("date", "The Committee met from 2 to 4 p.m.", WELLS, "en"),
        ("date", "The Committee met in early February 2014.", WELLS, "en"),
        ("date", "The workshop was originally scheduled for 26 February 2014.", WELLS, "en"),
        ("date", "Training was held in Chile in 2013 and in Kenya and Ghana the following year.", WELLS, "en"),
        ("number", "Fewer than ninety engineers received training.", WELLS, "en"),
        ("negation", "The report was adopted.", WELLS, "en"),
        ("actor", "The Chilean National Water Office took part.", WELLS, "en"),
        ("number", "Wells in five countries were closed.", WELLS, "en"),
        ("number", "The time of pumping was cut from two hours to three.", WELLS, "en"),
        ("scope", "The Protocol is one of several binding instruments on wells.", WELLS, "en"),
        ("date", "委员会第6/2号决议是2010年10月22日的决议。", TANKS, "zh"),
        ("actor", "秘书处致函主席。", TANKS, "zh"),
        ("number", "不到九十名工程师接受了培训。", TANKS, "zh"),
        ("negation", "清洗水箱与更换水箱是一回事。", TANKS, "zh"),
        ("negation", "其他与会者不仅是听众。", TANKS, "zh"),
        ("negation", "对水泵是否应更换达成了共识。", TANKS, "zh"),
    ],
)
def test_the_same_told_wrongly_is_not(kind: FaultKind, sentence: str, evidence: Evidence, language: Language) -> None:
    assert kind in kinds(sentence, evidence, language)


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("ten in the morning, noon, 4–6 p.m.", "en", ["10 a.m.", "12 noon", "4 p.m.", "6 p.m."]),
        ("half a dozen, two thirds, a third item", "en", ["6", "66.6667", "3"]),
        ("mid-July 2020 and the following year", "en", ["2020-07-mid", "2021-??-??"]),
        ("上午十点，下午两点，一半", "zh", ["10 a.m.", "2 p.m.", "50"]),
        ("2013年，次年，5月底", "zh", ["2013-??-??", "2014-??-??", "????-05-late"]),
    ],
)
def test_figures_by_what_they_mean(text: str, language: Language, values: list[str]) -> None:
    assert [fact.value for fact in facts(text, language)] == values
