"""A person's own page and the ways to sign in.

Of allauth's pages only these are open: nobody changes their own address, since grants and the access log know people
by it, and nobody joins another account to theirs.
"""

from allauth.account import urls as account
from allauth.socialaccount import urls as social
from django.urls import include, path

from placewise_site.accounts import openid
from placewise_site.accounts.views import account as own_account
from placewise_site.accounts.views import reset_password

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # answers that accounts are made for people
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",  # the same answer
}

urlpatterns = [
    path("you/", own_account, name="account"),
    path("accounts/password/reset/", reset_password, name="account_reset_password"),
    path("accounts/", include([each for each in account.urlpatterns if each.name in OPEN])),
    path("accounts/organisation/", include([each for each in social.urlpatterns if each.name in OPEN])),
    path("accounts/oidc/<slug:provider_id>/login/", openid.login, name="openid_connect_login"),
    path("accounts/oidc/<slug:provider_id>/login/callback/", openid.callback, name="openid_connect_callback"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
]
