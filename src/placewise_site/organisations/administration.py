"""The site's own administration: only the tables registered with it, and nothing of the libraries'."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest


class Administration(AdminSite):
    site_header = site_title = "People and roles"
    index_title = "What would you like to look at?"
    site_url = "/"


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
