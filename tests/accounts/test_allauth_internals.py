"""What we use of allauth beyond its documentation is known by name, in one module."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings

from accounts import allauth_internals

MODULE = Path("accounts/allauth_internals.py")
INTERNALS = {
    ("allauth.account", "app_settings"),
    ("allauth.account.authentication", "get_authentication_records"),
    ("allauth.account.internal.flows.email_verification", "send_verification_email_at_login"),
    ("allauth.account.internal.flows.login", "perform_login"),
    ("allauth.account.internal.flows.login", "record_authentication"),
    ("allauth.account.internal.flows.signup", "prevent_enumeration"),
    ("allauth.account.models", "Login"),
    ("allauth.account.models", "get_emailconfirmation_model"),
    ("allauth.account.stages", "EmailVerificationStage"),
    ("allauth.account.stages", "LoginStage"),
    ("allauth.account.stages", "LoginStageController"),
    ("allauth.account.utils", "get_next_redirect_url"),
    ("allauth.account.utils", "user_pk_to_url_str"),
    ("allauth.socialaccount.adapter", "_build_apps_from_settings"),
    ("allauth.socialaccount.helpers", "render_authentication_error"),
    ("allauth.socialaccount.internal.flows.signup", "complete_social_signup"),
    ("allauth.socialaccount.providers", "registry"),
    ("allauth.utils", "build_absolute_uri"),
}
PRIVATE_METHODS = [
    (OAuth2CallbackView, "_get_state"),
    (OpenIDConnectOAuth2Adapter, "_decode_id_token"),
    (OpenIDConnectOAuth2Adapter, "_fetch_user_info"),
]
# Modules of the adapter, forms, models, signals and providers that allauth documents for overriding, and the checks
# that the app which ours extends imports.
DOCUMENTED = {
    "allauth.account.adapter",
    "allauth.account.apps",
    "allauth.account.auth_backends",
    "allauth.account.forms",
    "allauth.account.models",
    "allauth.account.signals",
    "allauth.core.exceptions",
    "allauth.socialaccount.adapter",
    "allauth.socialaccount.apps",
    "allauth.socialaccount.checks",
    "allauth.socialaccount.models",
    "allauth.socialaccount.providers.base",
    "allauth.socialaccount.providers.oauth2.client",
    "allauth.socialaccount.providers.oauth2.views",
    "allauth.socialaccount.providers.openid_connect.provider",
    "allauth.socialaccount.providers.openid_connect.views",
}
APPS = ("accounts", "assets", "chat", "config", "lib", "notifications", "tasks")


def imports_from_allauth(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse((settings.BASE_DIR / path).read_text())
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    plain = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    return {
        (node.module, alias.name)
        for node in statements
        for alias in node.names
        if node.module.partition(".")[0] == "allauth"
    } | {(alias.name, "*") for node in plain for alias in node.names if alias.name.partition(".")[0] == "allauth"}


@pytest.mark.parametrize(("module", "name"), sorted(INTERNALS))
def test_each_internal_is_there(module: str, name: str) -> None:
    assert getattr(import_module(module), name) in vars(allauth_internals).values()


@pytest.mark.parametrize(("owner", "name"), PRIVATE_METHODS)
def test_each_private_method_is_there(owner: type, name: str) -> None:
    assert callable(getattr(owner, name))


def test_one_module_imports_internals() -> None:
    assert imports_from_allauth(MODULE) == INTERNALS

    root = Path(settings.BASE_DIR)
    ours = {path.relative_to(root) for app in APPS for path in (root / app).rglob("*.py")} - {MODULE}
    strays = {
        (str(path), module, name)
        for path in ours
        for module, name in imports_from_allauth(path)
        if DOCUMENTED.isdisjoint((module, f"{module}.{name}")) or name.startswith("_") or (module, name) in INTERNALS
    }
    assert not strays
