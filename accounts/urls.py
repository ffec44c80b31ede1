from django.urls import path

from accounts.views import address, code, entrance, history, organisation, second_factor, settings, tokens

app_name = "accounts"

urlpatterns = [
    path("", entrance.home, name="home"),
    path("accounts/code/", code.code, name="code"),
    path("accounts/code/start-again/", code.start_again, name="code-start-again"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("organisations/new/", entrance.new_organisation, name="organisation-new"),
    path("join/<str:token>/", entrance.join, name="join"),
    path("o/<slug:slug>/settings/", organisation.organisation, name="organisation"),
    path("o/<slug:slug>/invitations/", organisation.invitations, name="invitations"),
    path("o/<slug:slug>/invitations/<uuid:invitation_id>/revocation/", organisation.revocation, name="revocation"),
    path("o/<slug:slug>/members/<uuid:user_id>/", organisation.member, name="member"),
    path("o/<slug:slug>/members/<uuid:user_id>/removal/", organisation.removal, name="removal"),
    path("o/<slug:slug>/requirement/", organisation.requirement, name="requirement"),
    path("o/<slug:slug>/deletion/", organisation.deletion, name="deletion"),
    path("settings/", settings.profile, name="profile"),
    path("settings/address/", address.address, name="address"),
    path("settings/address/new/end/", address.new_address_end, name="new-address-end"),
    path("settings/address/verification/", address.verification, name="verification"),
    path("settings/address/reminder/end/", address.reminder_end, name="reminder-end"),
    path("welcome/verification/", address.verification_before_entry, name="verification-before-entry"),
    path("settings/password/", settings.password, name="password"),
    path("settings/second-factor/", second_factor.second_factor, name="second-factor"),
    path("settings/second-factor/enrolment/", second_factor.enrolment, name="second-factor-enrolment"),
    path("settings/second-factor/confirmation/", second_factor.confirmation, name="second-factor-confirmation"),
    path("settings/second-factor/recovery-codes/", second_factor.recovery_codes, name="recovery-codes"),
    path("settings/second-factor/removal/", second_factor.removal, name="second-factor-removal"),
    path("settings/appearance/", settings.appearance, name="appearance"),
    path("settings/sessions/", settings.sessions, name="sessions"),
    path("settings/history/", history.history, name="history"),
    path("settings/sessions/elsewhere/end/", settings.sessions_elsewhere, name="sessions-elsewhere"),
    path("settings/sessions/<uuid:session_id>/end/", settings.session_end, name="session-end"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revocation/", tokens.revocation, name="token-revocation"),
]
