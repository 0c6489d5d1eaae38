"""Who may sign in: people an administrator has entered, by password and one-time code or through their organisation.

At each sign-in through their organisation its server may say what a person is there, in two claims: `roles`, names that
an administrator has matched with roles here (SignInRole), and `organisation`, a code. What it says then holds from that
sign-in to the next, beside what an administrator entered.
"""

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.http import HttpRequest

from placewise_site.accounts.actions import keep_to_sign_in, refuse_sign_in
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import find_organisation, find_person, find_sign_in_roles
from placewise_site.accounts.views import not_signed_in

ROLES, ORGANISATION = "roles", "organisation"
NOT_RELIED_ON = "What your organisation's sign-in server sent cannot be relied on, or came too late."
"""Why is told to nobody who may have made it up."""


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Join a first sign-in to the account made for the same address, where the server vouches for the address; then
        let the person be here what the server says they are."""
        if not sociallogin.is_existing:
            vouched = [each.email.lower() for each in sociallogin.email_addresses if each.verified]
            person = find_person(vouched)
            if person is None:
                return
            sociallogin.connect(request, person)
        answers = sociallogin.account.extra_data
        _take_up(request, sociallogin.user, answers["userinfo"] | answers["id_token"])

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        if error != AuthError.CANCELLED:
            _refuse(request, NOT_RELIED_ON)


def _take_up(request: HttpRequest, user: User, said: dict[str, Any]) -> None:
    """Refuse somebody whose server says what they are, and nothing of it is known here: they keep none of it."""
    named = said.get(ROLES, [])
    names = [named] if isinstance(named, str) else [str(each) for each in named]
    roles = find_sign_in_roles(names)
    organisation = find_organisation(str(said.get(ORGANISATION, "")))
    held = [(each.role, organisation, each.purpose) for each in roles] if organisation else []
    keep_to_sign_in(user=user, held=held)
    if not names or held:
        return
    missing = f"your role there ({', '.join(names)})" if not roles else "your organisation's code"
    refuse_sign_in(user=user, reason="role not known" if not roles else "organisation not known")
    _refuse(request, f"Your organisation's sign-in server told us who you are, but {missing} is not known here.")


def _refuse(request: HttpRequest, reason: str) -> NoReturn:
    raise ImmediateHttpResponse(not_signed_in(request, reason))
