"""docs/api.md says what the server publishes.

Its tables are written by ``python tests/web/programs/test_api_page.py``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from inspect import Parameter, signature
from pathlib import Path
from textwrap import fill
from typing import Any, get_type_hints

from pydantic import TypeAdapter

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from web.programs.arguments import DOCUMENTS, HISTORY, HITS, NEIGHBOURS  # noqa: E402
from web.programs.functions import Functions  # noqa: E402
from web.programs.mount import ANSWERS_AT_ONCE, LARGEST_CALL, QUEUE_LENGTH  # noqa: E402
from web.programs.schema import schema_of  # noqa: E402

PAGE = ROOT / "docs" / "api.md"
BEGIN, END = "<!-- written by tests/web/programs/test_api_page.py -->\n", "<!-- to here -->\n"
FUNCTIONS = (Functions.ask, Functions.search, Functions.show_unit, Functions.list_documents)
HEADINGS = {
    "AskResult": "Result of `ask`",
    "SearchResult": "Result of `search`",
    "UnitResult": "Result of `show_unit`",
    "DocumentsResult": "Result of `list_documents`",
}


def spoken(schema: dict[str, Any]) -> str:
    """A type as the tables name it."""
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "anyOf" in schema:
        return " or ".join(spoken(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema["type"] == "array":
        most = f"at most {schema['maxItems']} " if "maxItems" in schema else ""
        items = spoken(schema["items"])
        return f"list of {most}{items if items.startswith('`') else items + 's'}"
    if schema["type"] == "integer" and "minimum" in schema:
        return f"integer, {schema['minimum']} to {schema['maximum']}"
    return str(schema["type"])


def rows(properties: dict[str, Any], required: list[str], absent: str) -> Iterator[str]:
    """A row a field; ``absent`` stands with those that may be left out."""
    yield "| field | type | meaning |\n|---|---|---|"
    for field, schema in properties.items():
        may_lack = "" if field in required else f"; {absent}"
        yield f"| `{field}` | {spoken(schema)} | {schema['description']}{may_lack} |"
    yield ""


def functions_tables() -> Iterator[str]:
    """The arguments of each function, and what is in them."""
    parts: dict[str, Any] = {}
    for function in FUNCTIONS:
        yield f"### {function.__name__}\n"
        yield f"{fill(' '.join((function.__doc__ or '').split()), 120)}\n"
        yield "| argument | type | default | meaning |\n|---|---|---|---|"
        for name, hint in get_type_hints(function, include_extras=True).items():
            if name != "return":
                schema = TypeAdapter(hint).json_schema()
                parts |= schema.get("$defs", {})
                default = signature(function).parameters[name].default
                shown = "required" if default is Parameter.empty else f"`{json.dumps(default)}`"
                yield f"| `{name}` | {spoken(schema)} | {shown} | {schema['description']} |"
        yield ""
    for name, schema in reversed(parts.items()):
        yield f"### `{name}`\n"
        yield f"{schema['description']}\n"
        yield from rows(schema["properties"], schema["required"], "may be left out")


def results_tables() -> Iterator[str]:
    """The fields of each result and of what is in it, each once."""
    told = set()
    for function in FUNCTIONS:
        schema = TypeAdapter(get_type_hints(function, include_extras=True)["return"]).json_schema()
        for name, part in {schema["title"]: schema, **schema.get("$defs", {})}.items():
            if name not in told:
                told.add(name)
                yield f"### {HEADINGS.get(name, f'`{name}`')}\n"
                yield from rows(part["properties"], part["required"], "absent otherwise")


def tables() -> str:
    """What stands in the page between the two marks."""
    parts = ["\n## Functions\n", *functions_tables(), "## Results\n", *results_tables()]
    return "\n".join(parts)


def fields_of(schema: Any) -> set[str]:
    """All names of fields in a schema, however deep."""
    if isinstance(schema, list):
        return set().union(*(fields_of(each) for each in schema))
    if not isinstance(schema, dict):
        return set()
    properties = schema.get("properties")
    own = set(properties) if isinstance(properties, dict) else set()
    return own.union(*(fields_of(each) for each in schema.values()))


def test_the_tables_are_what_the_schemas_say() -> None:
    assert f"{BEGIN}{tables()}{END}" in PAGE.read_text("utf-8")


def test_the_tables_name_exactly_the_fields_of_the_published_schemas() -> None:
    """Held apart from how the tables are written, by the schemas that go to the server."""
    page = PAGE.read_text("utf-8")
    results = page.partition("## Results\n")[2].partition(END)[0]
    named = set(re.findall(r"^\| `(\w+)` \|", results, re.MULTILINE))
    published = [schema_of(get_type_hints(function, include_extras=True)["return"]) for function in FUNCTIONS]
    assert named == fields_of(published)


def test_the_examples_of_the_page_are_the_files() -> None:
    shown = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    files = sorted((ROOT / "docs" / "examples").glob("*.py"))
    assert len(files) == 3
    assert sorted(shown) == sorted(file.read_text("utf-8") for file in files)


def test_the_limits_of_the_page_are_those_held() -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    for limit in (
        f"{DOCUMENTS} document ids", f"{HISTORY} earlier results", f"{HITS} hits", f"{NEIGHBOURS} units on either side",
        f"{LARGEST_CALL:,} bytes", f"{QUEUE_LENGTH} calls wait", f"{ANSWERS_AT_ONCE} are answered",
    ):  # fmt: skip
        assert limit in page, limit


if __name__ == "__main__":
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{tables()}{END}{rest.partition(END)[2]}", encoding="utf-8")
