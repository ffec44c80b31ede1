"""A first visit loads little, from joined files that run as their modules would."""

import json

from playwright.sync_api import Page, Route

from config.static_files.scripts import join_scripts
from tests.browser.conftest import PHONE, Company, Desk, Member
from tests.browser.steps import join_room

MAX_REQUESTS = 20
# Half of the 239 KB before files were joined is 119. With the switcher, completion, drafts and commands it
# was 102, with the bell and sending later 114, with files and voice messages 122 to 128; with styles, words and icons
# of projects and tasks it is 136.
MAX_ROOM_KB = 138

TRANSFERRED = """["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type))
    .reduce((sum, entry) => sum + entry.transferSize, 0)"""

# Each writes down that it ran, and what it got from others.
MODULES = {
    "page": 'import { b } from "lib/b"\nimport { a as first } from "lib/a"\nimport texts from "translations"\n'
    'ran.push(`page ${first} ${b()} ${texts.a}`)\nimport "lib/last"\n',
    "app": 'import * as b from "lib/b"\nimport { Tide } from "lib/class"\nran.push(`${b.b()} ${new Tide().name}`)\n',
    "lib/a": 'import { b } from "lib/b"\nexport const a = `a${b()}`\nran.push("a")\n',
    "lib/b": "ran.push(`b ${typeof b} ${this}`)\nlet calls = 0\nexport function b() {\n  return `b${++calls}`\n}\n",
    "lib/class": 'import { b } from "lib/b"\nexport class Tide {\n  name = `tide ${b()}`\n}\nran.push("class")\n',
    "lib/last": 'ran.push("last")\n',
    "translations/en": 'export default { a: "A" }\nran.push("translations")\n',
}


def test_a_cold_room_takes_few_requests(desk: Desk, company: Company, newcomer: Member) -> None:
    # Each organisation of a user is a line of the page, and Bob belongs to one for each test that ran before.
    company.alice.rest.invite(company.slug, newcomer.rest)
    body = {"name": "Quay", "kind": "group", "member_ids": [newcomer.id]}
    room = company.alice.rest.ask("POST", f"/orgs/{company.slug}/rooms", body)["id"]
    company.alice.say(room, *[f"Ahoy {number}" for number in range(30)])
    page = desk.open(newcomer, **PHONE)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    page.goto(f"/rooms/{room}/")
    join_room(page, room)
    page.wait_for_load_state("networkidle")

    assert len(requests) <= MAX_REQUESTS, requests
    assert page.evaluate(TRANSFERRED) < MAX_ROOM_KB * 1024


def test_static_files_are_kept_for_ever_and_compressed(desk: Desk, company: Company) -> None:
    page = desk.open(company.alice)
    with page.expect_response("**/css/joined.*.css") as found:
        page.goto("/")

    headers = found.value.all_headers()
    assert "immutable" in headers["cache-control"]
    assert headers["content-encoding"] in {"br", "gzip"}  # a browser takes Brotli only where nobody can listen


def test_joined_modules_run_as_modules_do(desk: Desk) -> None:
    names = {"translations": "translations/en"} | {name: name for name in MODULES if "/" in name}
    separate = {f"/{name}.js": source for name, source in MODULES.items()}
    import_map = json.dumps({"imports": {name: f"/{file}.js" for name, file in names.items()}})
    joined = {f"/{name}": text for name, text in join_scripts(MODULES)}

    page = desk.open(None)
    as_modules = run(
        page, separate, f'<script type="importmap">{import_map}</script>', ["/page.js", "/app.js", "/app.js"]
    )
    as_joined = run(page, joined, "", ["/js/joined/page.en.js", "/js/joined/app.en.js", "/js/joined/app.en.js"])

    assert as_modules == as_joined
    assert as_modules[:3] == ["b function undefined", "a", "translations"] and as_modules.count("class") == 1


def run(page: Page, files: dict[str, str], head: str, scripts: list[str]) -> list[str]:
    """Return what scripts write down when a page loads them."""
    links = "".join(f'<script type="module" src="{script}"></script>' for script in scripts)
    files = files | {"/": f"<script>const ran = []</script>{head}{links}"}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://modules.example")
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        route.fulfill(body=files.get(path, ""), content_type=kind)

    page.unroute_all()
    page.route("http://modules.example/**", answer)
    page.goto("http://modules.example/")
    ran: list[str] = page.evaluate("ran")
    return ran
