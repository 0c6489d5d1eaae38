from django.urls import path

from placewise_site.web.waiting.views import waiting, waiting_at

urlpatterns = [path("", waiting, name="waiting"), path("<str:code>/", waiting_at, name="waiting_at")]
