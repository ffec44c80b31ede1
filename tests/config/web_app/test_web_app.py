"""The product can be installed, and its worker keeps nothing that is any user's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client
from PIL import Image

from accounts.models import Organisation, User
from config.web_app.files import list_offline_files

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_as_large_as_it_says(client: Client) -> None:
    response = client.get("/manifest.webmanifest")

    manifest = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        with Image.open(find(icon["src"].removeprefix("/static/"))) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"


def test_the_manifest_leads_to_pages_that_are_there(client: Client, alice: User) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest", headers={"Accept-Language": "de"}).content)
    client.force_login(alice)

    paths = [
        manifest["start_url"],
        manifest["share_target"]["action"],
        *(each["url"] for each in manifest["shortcuts"]),
    ]
    assert [path for path in paths if client.get(path, follow=True).status_code != 200] == []
    assert manifest["lang"] == "de"
    assert manifest["shortcuts"][0]["name"] == "Nachricht schreiben"


def test_the_app_is_named_by_the_organisation_whose_page_asks_its_members(
    client: Client, alice: User, charlie: User, halyard: Organisation
) -> None:
    def load_app() -> tuple[str, str, str, str]:
        manifest = json.loads(client.get(f"/manifest.webmanifest?org={halyard.slug}").content)
        return manifest["id"], manifest["name"], manifest["short_name"], manifest["start_url"]

    plain = ("/", "Atrium", "Atrium", "/")
    assert load_app() == plain
    client.force_login(charlie)
    assert load_app() == plain
    client.force_login(alice)
    own = (f"/?organisation={halyard.pk}", f"{halyard.name} · Atrium", halyard.name, f"/o/{halyard.slug}/")
    assert load_app() == own
    assert f"?org={halyard.slug}" in client.get(f"/o/{halyard.slug}/people/").content.decode()


def test_the_worker_is_asked_for_anew_and_may_run_nothing_else(client: Client) -> None:
    response = client.get("/service-worker.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; frame-ancestors 'none'; connect-src 'self'; script-src 'self'"
    )


def test_the_worker_keeps_files_alone_and_the_page_without_network(client: Client) -> None:
    [config] = re.findall(r"^const config = (.*)$", client.get("/service-worker.js").content.decode(), re.MULTILINE)

    kept = json.loads(config)
    assert kept["offlineUrl"] == "/offline/"
    assert [url for url in kept["files"] if find(url.removeprefix("/static/")) is None] == []


def test_the_page_without_network_is_the_same_for_all(client: Client, alice: User) -> None:
    anonymous = client.get("/offline/")
    client.force_login(alice)

    own = client.get("/offline/")

    nonces = r'nonce="[^"]+"'
    assert re.sub(nonces, "", own.content.decode()) == re.sub(nonces, "", anonymous.content.decode())
    assert alice.name not in own.content.decode()
    assert "Set-Cookie" not in own


def test_the_worker_keeps_all_that_the_page_without_network_asks_for(client: Client) -> None:
    page = client.get("/offline/").content.decode()

    links = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page))
    assert links <= {*list_offline_files("en"), "/static/js/page.js"}
    imports = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page, re.DOTALL)[1])["imports"]  # type: ignore[index]
    root = Path(settings.BASE_DIR) / "static/js"
    for file in [root / "offline.js", *(root / f"{name}.js" for name, url in imports.items() if url in links)]:
        names = re.findall(r'^import [^"]*"([^"]+)"', file.read_text(), re.MULTILINE)
        assert [name for name in names if imports[name] not in list_offline_files("en")] == []
