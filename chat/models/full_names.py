"""Name rooms outside of their projects."""

from __future__ import annotations


def build_full_name(name: str, project_name: str) -> str:
    """Return the name of a room with that of its project before it: many projects have a `general`."""
    return f"{project_name} · {name}" if project_name else name
