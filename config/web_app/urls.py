from django.urls import path

from config.web_app import views

app_name = "web_app"

urlpatterns = [
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
]
