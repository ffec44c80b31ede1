"""Route the paths of the administration, whose pages are found when the first one is asked for."""

from django.contrib import admin

admin.autodiscover()

urlpatterns, *_ = admin.site.urls
