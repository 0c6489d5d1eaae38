from django.urls import path

from placewise_site.hospitals.views import waiting, waiting_at

urlpatterns = [path("", waiting, name="waiting"), path("<str:code>/", waiting_at, name="waiting_at")]
