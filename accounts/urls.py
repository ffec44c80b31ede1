from django.urls import path

from accounts.views import address, entrance, history, organisation, settings

app_name = "accounts"

urlpatterns = [
    path("", entrance.home, name="home"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("organisations/new/", entrance.new_organisation, name="organisation-new"),
    path("join/<str:token>/", entrance.join, name="join"),
    path("o/<slug:slug>/settings/", organisation.organisation, name="organisation"),
    path("o/<slug:slug>/invitations/", organisation.invitations, name="invitations"),
    path("o/<slug:slug>/invitations/<uuid:invitation_id>/revocation/", organisation.revocation, name="revocation"),
    path("o/<slug:slug>/members/<uuid:user_id>/", organisation.member, name="member"),
    path("o/<slug:slug>/members/<uuid:user_id>/removal/", organisation.removal, name="removal"),
    path("o/<slug:slug>/deletion/", organisation.deletion, name="deletion"),
    path("settings/", settings.profile, name="profile"),
    path("settings/address/", address.address, name="address"),
    path("settings/address/new/end/", address.new_address_end, name="new-address-end"),
    path("settings/address/verification/", address.verification, name="verification"),
    path("settings/address/reminder/end/", address.reminder_end, name="reminder-end"),
    path("welcome/verification/", address.verification_before_entry, name="verification-before-entry"),
    path("settings/password/", settings.password, name="password"),
    path("settings/appearance/", settings.appearance, name="appearance"),
    path("settings/sessions/", settings.sessions, name="sessions"),
    path("settings/history/", history.history, name="history"),
    path("settings/sessions/elsewhere/end/", settings.sessions_elsewhere, name="sessions-elsewhere"),
    path("settings/sessions/<uuid:session_id>/end/", settings.session_end, name="session-end"),
]
