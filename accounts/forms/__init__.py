"""Browser input. Forms say what to ask for; services decide, and their words appear beside the field they are about."""

from accounts.forms.administration import AuditForm, NewUserForm, UserForm
from accounts.forms.entrance import LoginForm, ResetPasswordForm, SignupForm
from accounts.forms.organisation import DeletionForm, InvitationForm, OrganisationForm, RequirementForm, RoleForm
from accounts.forms.profile import AppearanceForm, AvailabilityForm, AvatarForm, ProfileForm, StatusForm, TimeZoneForm
from accounts.forms.security import AddressForm, CodeForm, PasswordForm, ReauthenticationForm, RemovalForm, TokenForm
from accounts.forms.service import ServiceForm, show_refusal

__all__ = [
    "AddressForm",
    "AppearanceForm",
    "AuditForm",
    "AvailabilityForm",
    "AvatarForm",
    "CodeForm",
    "DeletionForm",
    "InvitationForm",
    "LoginForm",
    "NewUserForm",
    "OrganisationForm",
    "PasswordForm",
    "ProfileForm",
    "ReauthenticationForm",
    "RemovalForm",
    "RequirementForm",
    "ResetPasswordForm",
    "RoleForm",
    "ServiceForm",
    "SignupForm",
    "StatusForm",
    "TimeZoneForm",
    "TokenForm",
    "UserForm",
    "show_refusal",
]
