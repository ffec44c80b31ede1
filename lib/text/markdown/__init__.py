"""Markdown as users type it in chats: nothing typed is hidden, nothing links to strangers or calls a user by accident.

`document.py` is the door. It parses with markdown-it-py, whose rules are changed where chats differ from CommonMark:
`blocks.py` (lists, quotes, headings), `tables.py`, `fences.py`, `addresses.py`, `links.py`, `mentions.py`.
`renderer.py` writes HTML, `sanitizer.py` says which there may be, and `quick.py` does without a parser where it can.
"""
