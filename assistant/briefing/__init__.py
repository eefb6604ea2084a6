"""Briefing notes: what the documents hold on a topic or an agenda item, sentence by sentence with where it stands."""

from assistant.briefing.records import Check, Line, Note, Section

__all__ = ["Check", "Line", "Note", "Section"]
