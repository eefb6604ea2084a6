"""Every word of the interface is there in both languages and used, and none stands anywhere but among them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from jinja2 import nodes

import web
from corpus.records import LANGUAGES, Kind, Language
from web.asking.routes import EXAMPLES
from web.strings import LANGUAGE_NAMES, read_strings, strings
from web.templating import FOLDER as TEMPLATES
from web.templating import environment

ROOT = Path(web.__file__).parent
ENTRIES = read_strings()
KEYS = [(section, key) for section, part in ENTRIES.items() for key in part]
SCRIPTS = sorted((ROOT / "static").glob("*.js"))
#: Sections whose keys are data: looked up by a value, each of which some document may have.
BY_VALUE = {
    "kinds", "units", "evaluation_figures", "evaluation_notes", "evaluation_kinds", "evaluation_faults",
    "adding_states", "adding_plans", "adding_languages",
}  # fmt: skip


def template_names() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


def python_uses() -> Iterator[tuple[str, str]]:
    """``words.section.key`` and ``strings(language).section.key`` in Python, a name given to a section included."""
    for path in ROOT.rglob("*.py"):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            part = node.value if isinstance(node, ast.Attribute | ast.Assign) else None
            if not (isinstance(part, ast.Attribute) and part.attr in ENTRIES and _gives_words(part.value)):
                continue
            if isinstance(node, ast.Attribute):
                yield part.attr, node.attr
            elif isinstance(node, ast.Assign):
                name = ast.unparse(node.targets[0])
                yield from ((part.attr, key) for key in re.findall(rf"\b{name}\.(\w+)", source))


def _gives_words(node: ast.expr) -> bool:
    return ast.unparse(node) == "words" or ast.unparse(node).startswith("strings(")


def template_uses() -> Iterator[tuple[str, str]]:
    """``words.section.key`` in a template, a name given to a section included."""
    for name in template_names():
        tree = environment().parse((TEMPLATES / name).read_text("utf-8"))
        sections = {
            each.target.name: each.node.attr
            for each in tree.find_all(nodes.Assign)
            if isinstance(each.node, nodes.Getattr)
            and each.node.node == nodes.Name("words", "load")
            and isinstance(each.target, nodes.Name)
        }
        for node in tree.find_all(nodes.Getattr):
            if isinstance(node.node, nodes.Getattr) and node.node.node == nodes.Name("words", "load"):
                yield node.node.attr, node.attr
            elif isinstance(node.node, nodes.Name) and node.node.name in sections:
                yield sections[node.node.name], node.attr


def script_uses() -> Iterator[tuple[str, str]]:
    """``words.key`` in a script: one of the section that scripts get."""
    for path in SCRIPTS:
        for key in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8")):
            yield "browser", key


def by_value() -> set[tuple[str, str]]:
    """Keys that are chosen by a value: of some sections all, of others those that a source names in quotes.

    Of ``declined_all`` and ``declined_some`` the source may name what they share.
    """
    sources = "".join(path.read_text("utf-8") for path in (*ROOT.rglob("*.py"), *TEMPLATES.rglob("*.html")))
    quoted = set(re.findall(r"""["']([a-z_]+)["']""", sources))
    shared = {key.removesuffix("_all").removesuffix("_some") for _, key in KEYS}
    return {
        (section, key)
        for section, key in KEYS
        if section in BY_VALUE
        or key in quoted
        or (re.search("_(all|some)$", key) and key.rsplit("_", 1)[0] in shared & quoted)
    }


USED = {*python_uses(), *template_uses(), *script_uses()}


def test_each_word_takes_the_same_values_in_each_language() -> None:
    assert [
        (section, key)
        for section, part in ENTRIES.items()
        for key, text in part.items()
        if _values(text["zh"]) != _values(text["en"])
    ] == []


def test_each_word_is_used() -> None:
    assert [key for key in KEYS if key not in USED | by_value()] == []


def test_each_kind_of_document_has_a_name() -> None:
    assert ENTRIES["kinds"].keys() == set(get_args(Kind))


def test_each_word_that_is_used_is_there() -> None:
    wanted = {(section, key) for section, key in USED if key not in ("get", "items")}
    assert wanted - set(KEYS) == set()
    # The reading of the sources finds what it should.
    assert {("errors", "not_found_note"), ("site", "skip"), ("browser", "busy"), ("filters", "some")} <= wanted


def test_what_the_scripts_say_is_said_alike_elsewhere() -> None:
    for language in LANGUAGES:
        words = strings(language)
        assert words.browser.internal == words.errors.internal
        assert words.browser.searching == words.answer.searching


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_written_in_their_language(language: Language) -> None:
    for section, key in KEYS:
        text = ENTRIES[section][key][language]
        has_chinese = re.search("[\u4e00-\u9fff]", text) is not None
        wordless = not re.search(r"\w", re.sub(r"{\w+}", "", text)) or key == "html_lang"
        assert has_chinese == (language == "zh") or wordless, f"{section}.{key}"


def test_chinese_is_set_with_chinese_marks() -> None:
    latin = re.compile(r"[\u4e00-\u9fff] ?[,;:?!()\"']|[,;:?!(\"'] ?[\u4e00-\u9fff]|\.\.\.|  ")
    assert [key for key in KEYS if latin.search(re.sub(r"{\w+}", "", ENTRIES[key[0]][key[1]]["zh"]))] == []


def test_three_examples_a_language() -> None:
    assert {language: len(examples) for language, examples in EXAMPLES.items()} == {"zh": 3, "en": 3}
    assert set(LANGUAGE_NAMES) == set(LANGUAGES)


def test_a_word_that_is_not_there_is_a_mistake_that_names_it() -> None:
    with pytest.raises(AttributeError, match=r"ask\.unheard"):
        strings("zh").ask.unheard  # noqa: B018
    with pytest.raises(AttributeError, match="unheard"):
        strings("zh").unheard  # noqa: B018


class OwnWords(HTMLParser):
    """The texts and the spoken attributes of a template from which all that is filled in was taken."""

    SPOKEN = ("title", "aria-label", "placeholder", "alt", "content", "value", "label", "aria-description")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._named = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        settings = tag == "meta" or (tag in ("input", "button") and said.get("type") == "hidden")
        for name in self.SPOKEN:
            value = said.get(name) or ""
            if re.search(r"[^\W\d_]", value) and not settings:
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if re.search(r"[^\W\d_]", data):
            self.found.append(data.strip())


def own_words(source: str) -> list[str]:
    """What a template says that is not filled in."""
    named = re.sub(r"{% block body_class %}[\w -]+{% endblock %}|<code>[^<{]*</code>", "", source)
    # Replaced by what is no letter, so that what surrounds it is still seen.
    filled = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "0", named, flags=re.DOTALL)
    return OwnWords(filled).found


@pytest.mark.parametrize("name", template_names())
def test_no_template_has_words_of_its_own(name: str) -> None:
    assert own_words((TEMPLATES / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    ["<p>Hello</p>", "<p>{{ x }} 你好</p>", '<a title="Close">×</a>', '<b aria-label="{{ x }} of">1</b>',
     '<input placeholder="Ask">', "<p>{% if x %}yes{% endif %}</p>"],
)  # fmt: skip
def test_words_in_a_template_would_be_seen(source: str) -> None:
    assert own_words(source)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_has_words_of_its_own(path: Path) -> None:
    source = re.sub(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert not re.search("[\u4e00-\u9fff]", source)
    # What is shown or announced is never written as a string.
    assert not re.search(
        r"(textContent|innerText|announce\(|say\(|title|ariaLabel|placeholder)\s*[=(]+\s*[\"'`]\w", source
    )


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
