from django.urls import path

from tests.benchmarks.stock.api import api

urlpatterns = [path("api/", api.urls)]
