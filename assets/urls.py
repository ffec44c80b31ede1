from django.urls import path

from assets.delivery import views

app_name = "assets"

urlpatterns = [
    path("assets/<uuid:asset_id>/content", views.content, name="content"),
    path("assets/<uuid:asset_id>/thumbnail", views.thumbnail, name="thumbnail"),
    path("assets/<uuid:asset_id>/download", views.download, name="download"),
]
