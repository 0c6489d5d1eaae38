from django.urls import path

from placewise_site.web.findings.views import comment, findings_page

urlpatterns = [path("", findings_page, name="findings"), path("comment/", comment, name="comment")]
