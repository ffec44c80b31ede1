from django.urls import path

from notifications.mail import views as mail_views
from notifications.preferences import views as preferences_views

app_name = "notifications"

urlpatterns = [
    path("settings/notifications/", preferences_views.edit_settings, name="settings"),
    path("settings/notifications/silence/", preferences_views.silence, name="silence"),
    path("o/<slug:slug>/notification-defaults/", preferences_views.edit_defaults, name="defaults"),
    path("notifications/unsubscribe/<str:token>/", mail_views.unsubscribe, name="unsubscribe"),
]
