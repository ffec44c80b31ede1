"""Stop the mails of a user by the link in them, signed in or not."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.mail.services import stop_mails
from notifications.mail.unsubscribing import read_unsubscribe_token


# Mail programs post here by themselves, without a cookie or a page of ours (RFC 8058): the signed link is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop the mails, since programs open links to look at them; a POST does it."""
    try:
        user_id = read_unsubscribe_token(token)
        if request.method == "POST":
            stop_mails(user_id=user_id)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    return render(request, "notifications/mail/unsubscribe.html", {"is_done": request.method == "POST"})
