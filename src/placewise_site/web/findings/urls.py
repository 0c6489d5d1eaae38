from django.urls import path

from placewise_site.web.findings.views import comment, comment_removal, findings_page

urlpatterns = [
    path("", findings_page, name="findings"),
    path("comment/", comment, name="comment"),
    path("comment/<int:comment>/remove/", comment_removal, name="remove_comment"),
]
