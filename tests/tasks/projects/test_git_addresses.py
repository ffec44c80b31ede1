"""Addresses of repositories lead to repositories, and carry no secrets."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tasks.projects.git_addresses import clean_git_branch, clean_git_url
from tasks.projects.keys import suggest_key


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://git.example/halyard/light.git",
        "http://git.example:8080/light",
        "ssh://git@git.example:22/light.git",
        "git://git.example/light.git",
        "git@git.example:halyard/light.git",
    ],
)
def test_addresses_that_git_knows(url: str) -> None:
    assert clean_git_url(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "javascript://git.example/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://git.example/light",
        "ext::sh -c touch",
        "git.example/light",
        "https://",
        "https:///light",
        "https://git.example/a b",
        "https://git.example:port/light",
        "https://[::1/light",
        "ssh://-oProxyCommand=x/light",
        "git@-oProxyCommand=x:light",
        "https://alice:secret@git.example/light.git",
        "https://token@git.example/light.git",
        "ssh://alice:secret@git.example/light.git",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_git_url(url)
    assert "git_url" in refusal.value.message_dict


@pytest.mark.parametrize("branch", ["", "main", "feature/lamp-2", "v1.0"])
def test_branches_that_git_knows(branch: str) -> None:
    assert clean_git_branch(branch) == branch


@pytest.mark.parametrize(
    "branch", ["-rf", "a b", "a..b", "/a", "a/", "a.lock", "a~1", "a^", "a:b", "@", "a@{1}", "a//b"]
)
def test_other_branches_are_refused(branch: str) -> None:
    with pytest.raises(ValidationError):
        clean_git_branch(branch)


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Atrium", [], "ATR"),
        ("Harbour Light", [], "HL"),
        ("The Long Way Home", [], "TLW"),
        ("Åsa Løken", [], "AL"),
        ("Über", ["UBE", "UBE2"], "UBE3"),
        ("3D Printer", [], "DP"),
        ("Q", [], "Q1"),
        ("海の灯台", [], "P1"),
        ("海の灯台", ["P1"], "P2"),
        ("2026", [], "P1"),
    ],
)
def test_keys_are_made_of_names(name: str, taken: list[str], key: str) -> None:
    assert suggest_key(name, taken) == key
