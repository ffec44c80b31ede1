from django.urls import path

from notifications.announcements import views as announcements_views
from notifications.mail import views as mail_views
from notifications.preferences import views as preferences_views
from notifications.push import views as push_views

app_name = "notifications"

urlpatterns = [
    path("settings/notifications/", preferences_views.edit_settings, name="settings"),
    path("settings/notifications/devices/", push_views.list_devices, name="devices"),
    path("settings/notifications/devices/<uuid:subscription_id>/test/", push_views.test_device, name="device-test"),
    path("settings/notifications/devices/<uuid:subscription_id>/end/", push_views.end_device, name="device-end"),
    path("settings/notifications/silence/", preferences_views.silence, name="silence"),
    path("o/<slug:slug>/notification-defaults/", preferences_views.edit_defaults, name="defaults"),
    path("o/<slug:slug>/announcements/", announcements_views.edit_announcements, name="announcements"),
    path(
        "o/<slug:slug>/announcements/<uuid:announcement_id>/removal/",
        announcements_views.take_back,
        name="announcement-removal",
    ),
    path("notifications/unsubscribe/<str:token>/", mail_views.unsubscribe, name="unsubscribe"),
]
