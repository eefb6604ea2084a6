"""Writes pieces as HTML, with numbers typed or counted by lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.records import Language
from tests.corpus.readers.seeds import Mark, Piece

_STYLE = """
@page { size: A4; margin: 28mm 30mm }
body { font-family: "Noto Serif CJK SC", serif; font-size: 10.5pt; line-height: 1.35 }
p, h1, h2, h3, h4, h5, h6, li { margin: 0 0 6pt; font-size: 10.5pt }
table { border-collapse: collapse; width: 100% } td { vertical-align: top; padding: 3pt 6pt 3pt 0 }
.masthead td { border-bottom: 1px solid } .hidden { display: none } sup { font-size: 65% }
"""


def write_html(
    pieces: Sequence[Piece], symbol: str, language: Language, masthead: Sequence[str] = (), automatic: bool = False
) -> str:
    """An HTML page of the pieces; footnotes at its end, called by links."""
    notes: list[Mark] = []
    body: list[str] = []
    rows: list[tuple[str, ...]] = []
    for piece in [*pieces, None]:
        if rows and (piece is None or piece.kind != "row"):
            body.append(_table(rows))
            rows = []
        if piece is None:
            break
        if piece.kind == "row":
            rows.append(piece.cells)
        else:
            body.append(_element(piece, notes, automatic))
    stated = "".join(f"<br>{escape(line)}" for line in masthead)
    ends = "".join(
        f'<li id="fn{at}">{escape(note.text)} <a href="#ref{at}">↩</a></li>' for at, note in _numbered(notes)
    )
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(symbol)}</title>'
        f"<style>{_STYLE}</style><script>document.title = 'script text'</script></head><body>"
        f"<nav><a href='/'>Home</a></nav><p class='hidden'>hidden text</p><p hidden>hidden too</p>"
        f'<table class="masthead"><tr><td>United Nations</td><td align="right">{symbol}{stated}</td></tr></table>'
        f"{''.join(body)}"
        + (f'<section class="footnotes" role="doc-endnotes"><ol>{ends}</ol></section>' if notes else "")
        + "</body></html>"
    )


def _numbered(notes: Sequence[Mark]) -> list[tuple[int, Mark]]:
    return list(enumerate(notes, 1))


def _element(piece: Piece, notes: list[Mark], automatic: bool) -> str:
    text, at = "", 0
    for mark in piece.marks:
        notes.append(mark)
        text += escape(piece.text[at : mark.at])
        text += f'<sup id="ref{len(notes)}"><a href="#fn{len(notes)}">{escape(mark.mark)}</a></sup>'
        at = mark.at
    text += escape(piece.text[at:])
    if piece.kind == "heading":
        return f"<h{min(piece.level + 1, 6)}>{text}</h{min(piece.level + 1, 6)}>"
    if piece.kind == "point":
        return f"<h4>{escape(piece.label)}</h4>"
    if piece.label and automatic:
        if piece.kind == "lettered":
            return f'<ol type="a" start="{ord(piece.label[1]) - 96}" class="parentheses"><li>{text}</li></ol>'
        return f'<ol start="{re.sub(r"[^0-9]", "", piece.label)}"><li>{text}</li></ol>'
    tag = "strong" if piece.kind == "head" else "span"
    label = f"{escape(piece.label)} " if piece.label else ""
    return f"<p>{label}<{tag}>{text}</{tag}></p>"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    body, index = "", 0
    while index < len(rows):
        cells = rows[index]
        if len(cells) == 1:
            body += f'<tr><td colspan="3">{escape(cells[0])}</td></tr>'
            index += 1
            continue
        span = 1
        while index + span < len(rows) and len(rows[index + span]) == 3 and not rows[index + span][0]:
            span += 1
        time, item, words = (escape(cell) for cell in cells)
        body += f'<tr><td rowspan="{span}">{time}</td><td>{item}</td><td>{words}</td></tr>'
        for row in rows[index + 1 : index + span]:
            body += f"<tr><td>{escape(row[1])}</td><td>{escape(row[2])}</td></tr>"
        index += span
    return f"<table><tbody>{body}</tbody></table>"
