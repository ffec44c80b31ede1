"""What an organisation that has been at work for a while has to show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.accounts.pictures import halves
from tests.browser.conftest import Company
from tests.browser.file_steps import upload, wait_until_ready

CODE = "```python\ndef depth(chain: float) -> float:\n    return chain / 3  # fair weather\n```"


def add_lists(company: Company, room: str) -> str:
    """Give Alice a mention, a report, a draft, an emoji and a group, whose id is returned."""
    alice, bob, slug = company.alice.rest, company.bob.rest, company.slug
    alice.ask("POST", f"/rooms/{room}/join")
    said = alice.ask("POST", f"/rooms/{room}/messages", {"content": "All aboard, *lubbers*"})["id"]
    company.bob.say(room, f"@{alice.ask('GET', '/me')['username']}, is `4` **free**?")
    bob.ask("POST", f"/messages/{said}/report", {"reason": "Rude to those on land"})
    alice.ask("PUT", f"/rooms/{room}/draft", {"content": "Rather **not**"})
    in_a_month = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    alice.ask("POST", f"/rooms/{room}/scheduled", {"content": "Ahoy, *all*", "send_at": in_a_month})
    alice.ask("PUT", f"/messages/{said}/reminder", {"remind_at": in_a_month})
    picture = {"file": ("boat.png", halves(), "image/png")}
    added = alice.post(f"/orgs/{slug}/emoji", data={"name": "party_boat", "aliases": "afloat"}, files=picture)
    assert added.is_success, added.text
    alice.ask("POST", f"/orgs/{slug}/announcements", {"text": "All ashore on *Monday*"})
    group = alice.ask("POST", f"/orgs/{slug}/groups", {"name": "Deck hands", "handle": "deck"})["id"]
    alice.ask("PUT", f"/groups/{group}/members/{company.bob.id}")
    return str(group)


def add_projects(company: Company) -> tuple[str, str]:
    """Give Alice a project at work, which is returned, one that is archived, which is too, and a deleted one."""
    rest, path = company.alice.rest, f"/orgs/{company.slug}/projects"
    description = "A **new lamp** for the pier.\n\n- [x] the mast\n- [ ] the lens"
    facts = {"description": description, "git_url": "https://git.example/lamp.git", "member_ids": [company.bob.id]}
    project, archived, deleted = (
        rest.ask("POST", path, {"name": name, **facts})["id"] for name in ("Harbour Light", "Old Pier", "Lost Buoy")
    )
    rest.ask("POST", f"/projects/{project}/labels", {"name": "Paint", "color": "amber"})
    columns = rest.ask("GET", f"/projects/{project}/columns")["items"]
    for column in columns:
        rest.ask("POST", f"/projects/{project}/tasks", {"title": f"Begun {column['name']}", "column_id": column["id"]})
    rest.ask("POST", f"/projects/{archived}/archive")
    rest.ask("DELETE", f"/projects/{deleted}")
    return project, archived


def post_files(company: Company, room: str) -> tuple[str, str]:
    """Have Bob post files of several kinds; return a picture and a text. Alice has another one of her own."""
    contents = {
        "boats.png": halves(1200, 800),
        "quay.png": halves(900, 1200),
        f"{'a very long name ' * 9}.py": b"def depth(chain):\n    return chain / 3\n",
        "charts.zip": b"PK\5\6" + bytes(18),
    }
    ids = [upload(company.bob, company.slug, name, content) for name, content in contents.items()]
    ids.append(upload(company.alice, company.slug, "tides.txt", b"Low tide at six.\n"))
    for asset_id in ids:
        wait_until_ready(company.bob if asset_id != ids[-1] else company.alice, asset_id)
    company.bob.rest.ask("POST", f"/rooms/{room}/messages", {"content": "As promised", "asset_ids": ids[:-1]})
    return ids[0], ids[2]


def talk(company: Company, room: str) -> str:
    """All that a message can look like; the one that was edited."""
    alice, bob = company.alice, company.bob
    alice.say(room, "Who has the **keys**?", "> who has the keys?\n\n1. me\n2. [nobody](https://halyard.example)")
    bob.say(room, "Not I", "A slip of the tongue", "| berth | boat |\n|---|---|\n| 4 | *Sofia* |", CODE)
    items = alice.rest.ask("GET", f"/rooms/{room}/messages")["items"]
    for who, mark in (
        (alice, "reactions/👍"),
        (bob, "reactions/👍"),
        (bob, "reactions/🎉"),
        (bob, "pin"),
        (alice, "bookmark"),
    ):
        who.rest.ask("PUT", f"/messages/{items[1]['id']}/{mark}")
    alice.rest.ask("PATCH", f"/messages/{items[0]['id']}", {"content": "Who has the **key**, and `where`?"})
    bob.rest.ask("DELETE", f"/messages/{items[3]['id']}")
    return str(items[0]["id"])
