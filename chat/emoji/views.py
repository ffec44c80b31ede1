"""Show and change the emoji of an organisation in its settings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.models import Membership
from accounts.organisations.services.organisations import set_message_rules
from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from chat.emoji.forms import EmojiAliasesForm, EmojiForm, EmojiRuleForm
from chat.emoji.queries import list_emoji
from chat.emoji.services import add_emoji, delete_emoji, may_add_emoji, may_change_emoji, set_emoji_aliases
from lib.web.filters import get_page, read_search


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_emoji(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the emoji of an organisation; add one by a POST."""
    own = require_membership(request.user, slug)
    form = EmojiForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.submit(add_emoji, actor=request.user, slug=slug):
        messages.success(request, _("%(name)s is there for everybody now.") % {"name": form.result})
        return redirect("chat:emoji", slug)
    return _render_page(request, own, form=form)


@require_POST
@signed_in
def edit_emoji_aliases(request: SignedInRequest, slug: str, emoji_id: UUID) -> HttpResponse:
    """Set the further names of an emoji."""
    own = require_membership(request.user, slug)
    form = EmojiAliasesForm(request.POST)
    if form.submit(set_emoji_aliases, actor=request.user, emoji_id=emoji_id):
        messages.success(request, _("The further names are saved."))
        return redirect("chat:emoji", slug)
    return _render_page(request, own, form=EmojiForm(), refused=form, refused_id=emoji_id)


@require_POST
@signed_in
def remove_emoji(request: SignedInRequest, slug: str, emoji_id: UUID) -> HttpResponse:
    """Delete an emoji."""
    require_membership(request.user, slug)
    delete_emoji(actor=request.user, emoji_id=emoji_id)
    messages.success(request, _("The emoji is deleted."))
    return redirect("chat:emoji", slug)


@require_POST
@signed_in
def edit_emoji_rule(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set whether administrators alone may add emoji."""
    form = EmojiRuleForm(request.POST)
    if form.is_valid():
        set_message_rules(actor=request.user, slug=slug, emoji_by_admins=form.cleaned_data["admins_only"])
    return redirect("chat:emoji", slug)


def _render_page(request: SignedInRequest, own: Membership, **context: Any) -> HttpResponse:
    q = read_search(request)
    page = get_page(request, list_emoji(own.organisation, q))
    return render_settings_page(
        request,
        "chat/emoji/emoji.html",
        "organisation",
        organisation=own.organisation,
        own=own,
        page=page,
        rows=[(emoji, may_change_emoji(own, emoji)) for emoji in page],
        q=q,
        may_add=may_add_emoji(own),
        **context,
    )
