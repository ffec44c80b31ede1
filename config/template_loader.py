"""Templates without their indentation: it is there for those who read the source, and would be sent with every page."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """Finds templates where DIRS says, and takes the indentation off HTML before it is compiled, once per process.

    A line break stays one, which a browser shows as a space, so that line numbers in errors are right and nobody who
    writes a template has to think of it. Where a page must not have that either there is {% oneline %}.
    """

    def get_contents(self, origin: Origin) -> str:
        contents = super().get_contents(origin)
        return INDENTATION.sub("", contents) if origin.name.endswith(".html") else contents
