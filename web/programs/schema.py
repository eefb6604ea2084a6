"""JSON Schema of what the functions take and give."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter


def schema_of(type_: Any) -> dict[str, Any]:
    """The JSON Schema of a type, whole in itself: Gradio and MCP put it inside schemas where references would break."""
    schema = TypeAdapter(type_).json_schema()
    definitions = schema.pop("$defs", {})

    def inlined(node: Any) -> Any:
        if isinstance(node, list):
            return [inlined(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            return inlined({**definitions[name], **{key: value for key, value in node.items() if key != "$ref"}})
        # A title that is text is pydantic's own; a field may be called title, too.
        return {key: inlined(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}

    whole = inlined(schema)
    assert isinstance(whole, dict)
    return whole
