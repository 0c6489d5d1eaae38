from django.urls import path

from placewise_site.web.governance.bodies import bodies, body
from placewise_site.web.governance.delegation import delegation
from placewise_site.web.governance.instruments import instruments

urlpatterns = [
    path("", bodies, name="bodies"),
    path("bodies/<slug:body>/", body, name="body"),
    path("delegation/", delegation, name="delegation"),
    path("agreements/", instruments, name="instruments"),
]
