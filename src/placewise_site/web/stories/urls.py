from django.urls import path

from placewise_site.web.stories.views import choose_week, edit, message, message_list, send

urlpatterns = [
    path("", message_list, name="messages"),
    path("write/", choose_week, name="write_message"),
    path("<slug:week>/", message, name="message"),
    path("<slug:week>/edit/", edit, name="edit_message"),
    path("<slug:week>/send/", send, name="send_message"),
]
