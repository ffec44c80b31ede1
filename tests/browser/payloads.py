"""Texts that would run a script where they are not escaped: every vector in every context."""

from __future__ import annotations

from itertools import product

# The page that is looked at logs an error when it is called.
CALL = "pwned()"
VECTORS = (
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x>",
    f"<svg><a xlink:href=javascript:{CALL}><text>x",
    f"<iframe src=javascript:{CALL}>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<video><source onerror={CALL}>",
    f"<audio src=x onerror={CALL}>",
    f"<object data=javascript:{CALL}>",
    f"<embed src=javascript:{CALL}>",
    f"<form><button formaction=javascript:{CALL}>x",
    f"<math><mi xlink:href=javascript:{CALL}>x",
    f"<a href=javascript:{CALL}>x</a>",
    f"<style onload={CALL}></style>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=//x.example>",
    "<base href=//x.example/>",
    f"<meta http-equiv=refresh content='0;javascript:{CALL}'>",
    f"<template shadowrootmode=open><script>{CALL}</script>",
    f"javascript:{CALL}",
    f"jAvAsCrIpT&colon;{CALL}",
    f"data:text/html,<script>{CALL}</script>",
)
CONTEXTS = (
    "{}",
    '">{}',
    "'>{}",
    "</textarea>{}",
    "</title>{}",
    "</script>{}",
    "-->{}",
    "`{}",
    "[x]({})",
    "![x]({})",
    "{{{{{}}}}}",
    "\u202e{}",
)
PAYLOADS = [context.format(vector) for context, vector in product(CONTEXTS, VECTORS)]


def pack(payloads: list[str], length: int, separator: str) -> list[str]:
    """Return texts of at most `length` characters that hold all payloads which are no longer."""
    texts: list[str] = []
    for payload in payloads:
        if len(payload) > length:
            continue
        if texts and len(texts[-1]) + len(separator) + len(payload) <= length:
            texts[-1] += separator + payload
        else:
            texts.append(payload)
    return texts
