"""Show and change what a user is told of, how and when, and what an organisation suggests."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import redirect_to_next, signed_in
from accounts.permissions import require_admin_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.lasting import FOREVER
from lib.text.time_zones import find_zone
from lib.web.forms import ServiceForm
from notifications.models import NotificationSettings
from notifications.preferences.forms import (
    CHANNEL_TITLES,
    DefaultsForm,
    GridForm,
    KeywordsForm,
    MailForm,
    QuietHoursForm,
    SilenceForm,
)
from notifications.preferences.pace import DEFAULT_PACE
from notifications.preferences.queries import (
    find_defaults,
    find_settings,
    list_keywords,
    load_suggestions,
    read_week,
    zone_of,
)
from notifications.preferences.services import change_defaults, change_settings


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_settings(request: SignedInRequest) -> HttpResponse:
    """Show all sections of the settings; a POST changes the one that it names."""
    section = request.POST.get("section", "")
    forms = _build_forms(request, section)
    form = forms.get(section)
    if form is not None and form.submit(change_settings, actor=request.user):
        messages.success(request, _("Saved."))
        return redirect("notifications:settings")
    return render_settings_page(
        request,
        "notifications/preferences/settings.html",
        "settings",
        grid_form=forms["grid"],
        mail_form=forms["mail"],
        quiet_form=forms["quiet"],
        keywords_form=forms["keywords"],
        channels=CHANNEL_TITLES.values(),
        silences=SilenceForm.CHOICES.items(),
        silent_until=request.user.current_silence,
        is_paused=request.user.current_silence == FOREVER,
        zone=_read_zone(request, find_settings(request.user)),
        devices_url=reverse("notifications:devices"),
    )


@require_POST
@signed_in
def silence(request: SignedInRequest) -> HttpResponse:
    """Silence notifications, or end that, and go back to where the user was."""
    SilenceForm(request.POST).submit(change_settings, actor=request.user)
    return redirect_to_next(request, "notifications:settings")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_defaults(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what an organisation suggests to its members; change it by a POST."""
    organisation = require_admin_membership(request.user, slug).organisation
    defaults = find_defaults(organisation)
    form = DefaultsForm(request.POST or None, choices=defaults.choices, suggested={})
    form.initial = {"mail_pace": defaults.mail_pace or DEFAULT_PACE, "mail_content": defaults.mail_content}
    if request.method == "POST" and form.submit(change_defaults, actor=request.user, slug=slug):
        messages.success(request, _("Saved."))
        return redirect("notifications:defaults", slug=slug)
    return render_settings_page(
        request,
        "notifications/preferences/defaults.html",
        "organisation",
        organisation=organisation,
        form=form,
        channels=CHANNEL_TITLES.values(),
    )


def _build_forms(request: SignedInRequest, section: str) -> dict[str, ServiceForm]:
    """Return the form of each section, that of `section` with what was sent."""
    user = request.user
    settings = find_settings(user)

    def read_data(name: str) -> Any:
        return request.POST if name == section else None

    suggested = load_suggestions(user)
    mail = MailForm(read_data("mail"), suggested=suggested.mail_pace, initial={"mail_pace": settings.mail_pace})
    keywords = KeywordsForm(read_data("keywords"), initial={"keywords": ", ".join(list_keywords(user))})
    zone = _read_zone(request, settings)
    return {
        "grid": GridForm(read_data("grid"), choices=settings.choices, suggested=suggested.choices),
        "keywords": keywords,
        "mail": mail,
        "quiet": QuietHoursForm(read_data("quiet"), week=read_week(settings.quiet_hours), time_zone=zone),
        "silence": SilenceForm(read_data("silence")),
    }


def _read_zone(request: SignedInRequest, settings: NotificationSettings) -> str:
    """Return the time zone of the user, or that of this browser where they have chosen none."""
    browser = find_zone(request.COOKIES.get("tz", ""))
    is_known = request.user.time_zone or settings.time_zone
    return browser.key if browser and not is_known else zone_of(request.user, settings).key
