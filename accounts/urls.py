from django.urls import path

from accounts.audit import views as audit_views
from accounts.email_addresses import views
from accounts.job_queue import views as job_queue_views
from accounts.login_attempts import views as login_attempts_views
from accounts.mfa.views import passkeys as passkey_views
from accounts.mfa.views import second_factor as mfa_views
from accounts.onboarding import views as onboarding_views
from accounts.organisations.views import organisation as organisations_views
from accounts.organisations.views import rules
from accounts.passwords import views as passwords_views
from accounts.profiles.views import appearance, profile
from accounts.sessions import views as sessions_views
from accounts.sign_in import views as sign_in_views
from accounts.social.views import linked_accounts, providers
from accounts.tokens import views as tokens_views
from accounts.users import views as users_views

app_name = "accounts"

urlpatterns = [
    path("", onboarding_views.redirect_home, name="home"),
    path("accounts/code/", sign_in_views.ask_for_code, name="code"),
    path("accounts/passkey/", sign_in_views.sign_in_with_passkey, name="passkey-sign-in"),
    path("accounts/code/start-again/", sign_in_views.restart_sign_in, name="code-start-again"),
    path("accounts/<slug:provider_id>/login/", providers.sign_in_with_provider, name="provider"),
    path("accounts/<slug:provider_id>/login/callback/", providers.return_from_provider, name="provider-callback"),
    path("welcome/", onboarding_views.show_welcome, name="welcome"),
    path("organisations/new/", onboarding_views.new_organisation, name="organisation-new"),
    path("join/<str:token>/", onboarding_views.join_organisation, name="join"),
    path("join/<str:token>/decline/", onboarding_views.decline_link, name="join-decline"),
    path("o/<slug:slug>/settings/", organisations_views.edit_organisation, name="organisation"),
    path("o/<slug:slug>/invitations/", organisations_views.mail_invitations, name="invitations"),
    path("o/<slug:slug>/invitations/link/", organisations_views.create_invite_link, name="invite-link"),
    path(
        "o/<slug:slug>/invitations/<uuid:invitation_id>/again/",
        organisations_views.mail_invitation_again,
        name="invitation-again",
    ),
    path(
        "o/<slug:slug>/invitations/<uuid:invitation_id>/revocation/",
        organisations_views.end_invitation,
        name="revocation",
    ),
    path("o/<slug:slug>/members.csv", organisations_views.download_members, name="members"),
    path("o/<slug:slug>/members/<uuid:user_id>/", organisations_views.edit_member_role, name="member"),
    path("o/<slug:slug>/members/<uuid:user_id>/removal/", organisations_views.end_membership, name="removal"),
    path("o/<slug:slug>/link-previews/", rules.switch_link_previews, name="link-previews"),
    path("o/<slug:slug>/photo-data/", rules.switch_photo_data_removal, name="photo-data"),
    path("o/<slug:slug>/share-links/", rules.switch_share_links, name="share-links"),
    path("o/<slug:slug>/message-rules/", rules.change_message_rules, name="message-rules"),
    path("o/<slug:slug>/requirement/", rules.enforce_second_factor, name="requirement"),
    path("o/<slug:slug>/audit/", audit_views.show_organisation_audit, name="organisation-audit"),
    path("administration/audit/", audit_views.show_system_audit, name="audit"),
    path("administration/jobs/", job_queue_views.show_jobs, name="jobs"),
    path("administration/jobs/<uuid:job_id>/retry/", job_queue_views.try_again, name="job-retry"),
    path("administration/jobs/<uuid:job_id>/cancellation/", job_queue_views.cancel_waiting, name="job-cancellation"),
    path("o/<slug:slug>/deletion/", organisations_views.confirm_deletion, name="deletion"),
    path("settings/", profile.edit_profile, name="profile"),
    path("settings/picture/", profile.upload_avatar, name="picture"),
    path("settings/picture/removal/", profile.delete_avatar, name="picture-removal"),
    path("settings/status/", profile.edit_status, name="status"),
    path("settings/availability/", profile.edit_availability, name="availability"),
    path("settings/time-zone/", profile.edit_time_zone, name="time-zone"),
    path("settings/address/", views.edit_email_address, name="address"),
    path("settings/address/new/end/", views.keep_email_address, name="new-address-end"),
    path("settings/address/verification/", views.mail_verification_link, name="verification"),
    path("settings/address/reminder/end/", views.dismiss_reminder, name="reminder-end"),
    path("welcome/verification/", views.mail_link_before_sign_in, name="verification-before-entry"),
    path("settings/password/", passwords_views.edit_password, name="password"),
    path("settings/password/link/", passwords_views.mail_password_link, name="password-link"),
    path("settings/connections/", linked_accounts.list_linked_accounts, name="linked-accounts"),
    path("settings/connections/<slug:provider_id>/", linked_accounts.start_linking, name="link-account"),
    path("settings/connections/<int:account_id>/end/", linked_accounts.end_linking, name="unlink-account"),
    path("settings/second-factor/", mfa_views.show_second_factor, name="second-factor"),
    path("settings/second-factor/enrolment/", mfa_views.start_enrolment, name="second-factor-enrolment"),
    path("settings/second-factor/confirmation/", mfa_views.confirm_second_factor, name="second-factor-confirmation"),
    path("settings/second-factor/recovery-codes/", mfa_views.renew_recovery_codes, name="recovery-codes"),
    path("settings/second-factor/removal/", mfa_views.turn_off_second_factor, name="second-factor-removal"),
    path("settings/second-factor/passkeys/new/", passkey_views.new_passkey, name="second-factor-passkey-new"),
    path(
        "settings/second-factor/passkeys/<uuid:passkey_id>/", passkey_views.edit_passkey, name="second-factor-passkey"
    ),
    path(
        "settings/second-factor/passkeys/<uuid:passkey_id>/removal/",
        passkey_views.end_passkey,
        name="second-factor-passkey-removal",
    ),
    path("settings/appearance/", appearance.edit_appearance, name="appearance"),
    path("settings/language/", appearance.edit_language, name="language"),
    path("settings/sessions/", sessions_views.list_sessions, name="sessions"),
    path("settings/history/", login_attempts_views.list_login_attempts, name="history"),
    path("settings/sessions/elsewhere/end/", sessions_views.sign_out_other_sessions, name="sessions-elsewhere"),
    path("settings/sessions/<uuid:session_id>/end/", sessions_views.sign_out_session, name="session-end"),
    path("administration/users/", users_views.list_users, name="users"),
    path("administration/users/new/", users_views.new_user, name="user-new"),
    path("administration/users/<uuid:user_id>/", users_views.edit_user, name="user"),
    path("administration/users/<uuid:user_id>/deactivation/", users_views.lock_user_out, name="user-deactivation"),
    path("administration/users/<uuid:user_id>/activation/", users_views.unlock_user, name="user-activation"),
    path("administration/users/<uuid:user_id>/sign-out/", users_views.sign_user_out, name="user-sign-out"),
    path(
        "administration/users/<uuid:user_id>/second-factor/removal/",
        users_views.remove_second_factor,
        name="user-second-factor-removal",
    ),
    path("settings/invitations/", onboarding_views.list_invitations, name="awaiting"),
    path("settings/invitations/<uuid:invitation_id>/", onboarding_views.accept_listed_invitation, name="acceptance"),
    path(
        "settings/invitations/<uuid:invitation_id>/decline/", onboarding_views.decline_listed_invitation, name="decline"
    ),
    path("settings/tokens/", tokens_views.list_tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revocation/", tokens_views.end_token, name="token-revocation"),
]
