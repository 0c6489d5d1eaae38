from django.urls import path

from placewise_site.accounts.views import account

urlpatterns = [path("you/", account, name="account")]
