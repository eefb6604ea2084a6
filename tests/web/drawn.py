"""What a piece of HTML holds, read as a browser reads it."""

from __future__ import annotations

from html.parser import HTMLParser


class Drawn(HTMLParser):
    """Every tag, the names and values of all attributes, all text, and the text inside each ``<mark>``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.marks: list[str] = []
        self._inside = False
        # A plain string: markupsafe escapes whatever is joined to its own.
        self.feed(str.__str__(html))

    @property
    def marked(self) -> str:
        """All marked text."""
        return "".join(self.marks)

    @property
    def names(self) -> set[str]:
        """The names of all attributes."""
        return {name for name, _ in self.attributes}

    def values(self, name: str) -> list[str]:
        """The values of one attribute, in order."""
        return [value for each, value in self.attributes if each == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "mark":
            self._inside = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.marks[-1] += data
