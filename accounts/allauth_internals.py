"""Import what allauth does not document, for all our code: the one place to read again when allauth is updated.

Read in django-allauth 65.21.1. `accounts.social.openid` also overrides or calls methods of its provider classes that
are private: `OAuth2CallbackView._get_state`, `OpenIDConnectOAuth2Adapter._decode_id_token` and `._fetch_user_info`.
A test names all of them, and fails when one is gone or another is imported elsewhere.
"""

from __future__ import annotations

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.email_verification import send_verification_email_at_login
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import prevent_enumeration
from allauth.account.models import Login, get_emailconfirmation_model
from allauth.account.stages import EmailVerificationStage, LoginStage, LoginStageController
from allauth.account.utils import get_next_redirect_url, user_pk_to_url_str
from allauth.socialaccount.adapter import _build_apps_from_settings as build_apps_from_settings
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal.flows.signup import complete_social_signup
from allauth.socialaccount.providers import registry as provider_registry
from allauth.utils import build_absolute_uri

__all__ = [
    "EmailVerificationStage",
    "Login",
    "LoginStage",
    "LoginStageController",
    "account_settings",
    "build_absolute_uri",
    "build_apps_from_settings",
    "complete_social_signup",
    "get_authentication_records",
    "get_emailconfirmation_model",
    "get_next_redirect_url",
    "perform_login",
    "prevent_enumeration",
    "provider_registry",
    "record_authentication",
    "render_authentication_error",
    "send_verification_email_at_login",
    "user_pk_to_url_str",
]
