"""Draw how much an organisation has stored, on pages of apps that know no files."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.models import Organisation
from assets.library.queries import get_storage_use

register = template.Library()


@register.inclusion_tag("components/_storage_use.html")
def storage_use(organisation: Organisation, labelled_by: str) -> dict[str, Any]:
    """Draw a number and a bar. One query."""
    use = get_storage_use(organisation)
    return {"used": use.used, "quota": use.limit, "labelled_by": labelled_by}
