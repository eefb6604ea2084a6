"""A conversation, or any paper, as a file to hand on: Markdown and Word, the same text in both."""

from assistant.export.markdown import to_markdown, write_markdown
from assistant.export.word import to_word, write_word

__all__ = ["to_markdown", "to_word", "write_markdown", "write_word"]
