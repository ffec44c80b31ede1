"""Attributes of an element, as a template names them in a tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString


def attributes_html(attributes: Mapping[str, Any]) -> SafeString:
    """Return ` data-opens="leave"` for `data_opens="leave"`. True stands alone, None and False are left out."""
    written = ""
    for name, value in attributes.items():
        if value is True:
            written += f" {name.replace('_', '-')}"
        elif value is not None and value is not False:
            written += f' {name.replace("_", "-")}="{conditional_escape(value)}"'
    return SafeString(written)  # noqa: S308  escaped
