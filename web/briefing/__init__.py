"""Briefing notes: a form, the note as the document it will be, and the files of what its reader left of it."""
