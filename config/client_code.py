"""Write the operations of the Python client from the OpenAPI schema: a type per shape, a method per operation."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from typing import Any

Shape = Mapping[str, Any]

HEAD = '''"""The operations of the REST API. Made of its schema by `manage.py build_client`: change nothing here."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from atrium_client.transport import Transport, quote
'''
PREFIX = "/api/v1"
JSON = "application/json"
PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
    "object": "Dict[str, Any]",
}


def write_client(schema: Shape) -> str:
    """Return the module of all operations but those that take a form with a file."""
    shapes = schema["components"]["schemas"]
    parts = [HEAD, *(_write_type(name, shape) for name, shape in sorted(shapes.items()))]
    parts.append('class Operations(Transport):\n    """All operations, by their ids in the schema."""\n')
    for path, operations in sorted(schema["paths"].items()):
        for method, operation in sorted(operations.items()):
            if path.startswith(PREFIX) and _find_body(operation) is not None:
                parts.append(_write_method(path.removeprefix(PREFIX), method, operation))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _write_type(name: str, shape: Shape) -> str:
    """Return the class of an object, or an alias for anything else. Names within an alias are read at once: quoted."""
    properties = shape.get("properties")
    if not properties:
        return f"{_clean_name(name)} = {_describe_shape(shape, quoted=True)}"
    fields = {field: _describe_shape(inner, quoted=True) for field, inner in properties.items()}
    if all(field.isidentifier() and not keyword.iskeyword(field) for field in fields):
        lines = [f"    {field}: {_describe_shape(inner)}" for field, inner in properties.items()]
        return "\n".join([f"class {_clean_name(name)}(TypedDict, total=False):", *lines])
    pairs = ", ".join(f"{json.dumps(field)}: {kind}" for field, kind in fields.items())
    return f'{_clean_name(name)} = TypedDict("{_clean_name(name)}", {{{pairs}}}, total=False)'


def _write_method(path: str, method: str, operation: Shape) -> str:
    parameters = operation.get("parameters", [])
    queries = [each for each in parameters if each["in"] == "query"]
    body = _find_body(operation)
    arguments = [
        "self",
        *(f"{each['name']}: {_describe_shape(each['schema'])}" for each in parameters if each["in"] == "path"),
    ]
    if body:
        arguments.append(f"body: {body}")
    if queries:
        ordered = sorted(queries, key=lambda each: not each["required"])
        arguments += ["*", *(_write_query_argument(each) for each in ordered)]
    address = re.sub(r"{(\w+)}", r"{quote(\1)}", path)
    call = [f'"{method.upper()}"', f'{"f" if "{" in path else ""}"{address}"']
    if queries:
        call.append("query={" + ", ".join(f'"{each["name"]}": {_name_argument(each)}' for each in queries) + "}")
    if body:
        call.append("body=body")
    answers = f"    def {operation['operationId']}({', '.join(arguments)}) -> {_find_answer(operation)}:"
    return "\n".join([answers, *_write_docstring(operation), f"        return self.call({', '.join(call)})"])


def _write_docstring(operation: Shape) -> Iterator[str]:
    text = operation.get("description", operation["summary"]).strip().replace("\\", "\\\\").replace('"""', "'''")
    lines = text.splitlines()
    yield f'        """{lines[0]}{"" if len(lines) > 1 else chr(34) * 3}'
    if len(lines) > 1:
        yield from (f"        {line}".rstrip() for line in lines[1:])
        yield '        """'


def _write_query_argument(parameter: Shape) -> str:
    kind = _describe_shape(parameter["schema"])
    name = _name_argument(parameter)
    return f"{name}: {kind}" if parameter["required"] else f"{name}: Optional[{kind}] = None"


def _name_argument(parameter: Shape) -> str:
    name: str = parameter["name"]
    return f"{name}_" if keyword.iskeyword(name) else name


def _find_body(operation: Shape) -> str | None:
    """Return the type of the body that an operation takes, "" for none; None where that is no JSON."""
    content = operation.get("requestBody", {}).get("content")
    if content is None:
        return ""
    return _describe_shape(content[JSON]["schema"]) if JSON in content else None


def _find_answer(operation: Shape) -> str:
    """Return the type of a good answer: `bytes` for a file, None for nothing."""
    good = [answer for status, answer in operation["responses"].items() if str(status).startswith("2")]
    contents = [answer["content"] for answer in good if answer.get("content")]
    if not contents:
        return "None" if good else "Any"
    if any(set(content) != {JSON} for content in contents):
        return "Any" if any(JSON in content for content in contents) else "bytes"
    kinds = sorted({_describe_shape(content[JSON]["schema"]) for content in contents})
    return kinds[0] if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"


def _describe_shape(shape: Shape, *, quoted: bool = False) -> str:
    """Return a shape as a type of Python 3.9."""
    if reference := shape.get("$ref"):
        name = _clean_name(reference.rpartition("/")[2])
        return f'"{name}"' if quoted else name
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in shape:
            # pydantic names the parts of a union in the order of the first equal one of the process.
            kinds = sorted(
                {_describe_shape(each, quoted=quoted) for each in shape[choice]},
                key=lambda kind: (kind == "None", kind),
            )
            return kinds[0] if len(kinds) == 1 else f"Union[{', '.join(kinds)}]"
    if "enum" in shape or "const" in shape:
        values = shape.get("enum", [shape.get("const")])
        return f"Literal[{', '.join(map(repr, values))}]"
    kind = shape.get("type")
    if kind == "array":
        return f"List[{_describe_shape(shape.get('items', {}), quoted=quoted)}]"
    if kind == "object" and isinstance(inner := shape.get("additionalProperties"), dict):
        return f"Dict[str, {_describe_shape(inner, quoted=quoted)}]"
    return PLAIN.get(str(kind), "Any")


def _clean_name(name: str) -> str:
    return re.sub(r"\W|_(?=[A-Z_]|$)", "", name)
