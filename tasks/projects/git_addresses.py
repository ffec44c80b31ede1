"""Clean the addresses of Git repositories and the names of their branches."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.text.names import clean_line

SCHEMES = ("http", "https", "ssh", "git")
# As Git's own short form has it: git@host:path. No part begins with a dash, which commands take for an option.
SHORT_FORM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!//)[^\s\x00-\x1f]+")
# What `git check-ref-format` refuses.
NO_BRANCH = re.compile(r"[\s\x00-\x1f\x7f~^:?*\[\\]|\.\.|@\{|//|\A[-/.]|[/.]\Z|\.lock\Z|/\.|\A@\Z")


def clean_git_url(text: str) -> str:
    """Return the address of a repository; an empty one is none. Raise ValidationError for any other address.

    Passwords and tokens in it are refused: all members of a project would see them.
    """
    url = clean_line(text, field="git_url")
    if not url or SHORT_FORM.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise _refuse_url() from error
    if parts.scheme not in SCHEMES or not host or host.startswith("-") or " " in url:
        raise _refuse_url()
    if parts.password is not None or (parts.username and parts.scheme in ("http", "https")):
        raise ValidationError({"git_url": _("Leave out the name and the password: all members would see them.")})
    return url


def clean_git_branch(text: str) -> str:
    """Return the name of a branch; an empty one is none. Raise ValidationError for what Git takes for no branch."""
    branch = clean_line(text, field="git_branch")
    if NO_BRANCH.search(branch):
        raise ValidationError({"git_branch": _("Git has no branch of this name.")})
    return branch


def _refuse_url() -> ValidationError:
    return ValidationError({"git_url": _("Use an address that begins with https:// or ssh://, or git@host:path.")})
