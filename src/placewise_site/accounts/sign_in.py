"""Who may sign in: people an administrator has entered, by password and one-time code or through their organisation."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from placewise_site.accounts.queries import find_person


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join a first sign-in to the account made for the same address, where the server vouches for the address."""
        if sociallogin.is_existing:
            return
        vouched = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
        person = find_person(vouched)
        if person:
            sociallogin.connect(request, person)
