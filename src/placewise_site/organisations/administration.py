"""The site's own administration: only the tables registered with it, and nothing of the libraries'."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class Administration(AdminSite):
    site_header = site_title = "People and roles"
    index_title = "What would you like to look at?"
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the site's own page, which asks for the one-time code too."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("The administration is for the people who run this site.")
        asked = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index", current_app=self.name)
        return redirect_to_login(asked)


administration = Administration()


class Recorded(ModelAdmin):
    """Rows are added by an action and never changed or deleted here."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ToRead(Recorded):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
