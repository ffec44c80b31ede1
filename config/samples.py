"""An example for any shape in the schema, for operations that bring none of their own."""

from __future__ import annotations

from typing import Any

from accounts.openapi import ID, MOMENT

Shape = dict[str, Any]

# What a property of this name holds in the little company that all examples come from.
BY_NAME: dict[str, Any] = {
    "client_id": "b1f0c7de-51e4-4c58-9a53-0f5ad1b3b7a4",
    "content": "Morning! The *harbour* sketches are up.",
    "html": "<p>Morning! The <em>harbour</em> sketches are up.</p>",
    "kind": "group",
    "last_read_seq": 41,
    "last_seq": 42,
    "member_count": 5,
    "mentions": 1,
    "name": "design",
    "next_cursor": None,
    "seq": 42,
    "slug": "halyard",
    "topic": "What the harbour should look like",
    "unread": 1,
    "username": "bob",
    "version": 57,
}
BY_TYPE: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.5, "boolean": False, "null": None}
BY_FORMAT = {"uuid": ID, "date-time": MOMENT}
# Shapes that contain themselves end here.
MAX_DEPTH = 6


def sample(shape: Shape, components: dict[str, Shape], *, name: str = "", depth: int = 0) -> Any:
    """A value of this shape: its own example where it has one, else a believable one."""
    if "$ref" in shape:
        shape = components[shape["$ref"].rsplit("/", 1)[-1]]
    given = _given(shape)
    if given is not None or depth > MAX_DEPTH:
        return given
    options = [option for option in shape.get("anyOf", ()) if option.get("type") != "null"]
    if options:
        return sample(options[0], components, name=name, depth=depth)
    if "properties" in shape:
        fields = shape["properties"].items()
        return {field: sample(part, components, name=field, depth=depth + 1) for field, part in fields}
    if shape.get("type") == "array" and name not in BY_NAME:
        return [sample(shape.get("items", {}), components, depth=depth + 1)]
    return _plain(shape, name)


def _given(shape: Shape) -> Any:
    for key in ("example", "const"):
        if key in shape:
            return shape[key]
    for key in ("examples", "enum"):
        if shape.get(key):
            return shape[key][0]
    return None


def _plain(shape: Shape, name: str) -> Any:
    if shape.get("format") in BY_FORMAT:
        return BY_FORMAT[shape["format"]]
    if shape.get("type") == "object":
        return {}
    value = BY_NAME.get(name)
    fits = value is not None and type(value) is type(BY_TYPE.get(shape.get("type", "string")))
    return value if fits else BY_TYPE.get(shape.get("type", "null"))
