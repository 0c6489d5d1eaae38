from django.urls import path

from placewise_site.web.packs.views import pack, pack_file

urlpatterns = [
    path("<int:meeting>/", pack, name="pack"),
    path("<int:meeting>.pdf", pack_file, name="pack_file"),
]
