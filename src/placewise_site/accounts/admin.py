"""For whoever runs the site: who is here, in which role, where, until when. Every write goes through an action."""

from django import forms
from django.contrib.admin import action, register
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest

from placewise_site.accounts.actions import (
    add_person,
    close_account,
    end_agreement,
    end_grant,
    give_grant,
    match_sign_in_role,
    record_agreement,
)
from placewise_site.accounts.models import AccessEvent, Agreement, Event, Grant, SignInRole, User
from placewise_site.organisations.administration import Recorded, ToRead, administration


class NewPerson(forms.ModelForm):
    name = forms.CharField(label="Full name")
    password = forms.CharField(
        widget=forms.PasswordInput, required=False, help_text="Leave empty for somebody who signs in by OpenID Connect."
    )

    class Meta:
        model = User
        fields = ("email",)

    def clean_password(self) -> str:
        """Held to the rules of anybody's own choice of password."""
        password = str(self.cleaned_data["password"])
        if password:
            said = self.cleaned_data
            validate_password(password, User(email=said.get("email", ""), first_name=said.get("name", "")))
        return password


@register(User, site=administration)
class UserAdmin(Recorded):
    form = NewPerson
    list_display = ("email", "first_name", "last_name", "is_active", "last_login")
    search_fields = ("email", "first_name", "last_name")
    actions = ("close_accounts",)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        said = form.cleaned_data
        made = add_person(by=_by(request), email=said["email"], name=said["name"], password=said["password"] or None)
        obj.pk = made.pk

    @action(description="Close the account now", permissions=["view"])
    def close_accounts(self, request: HttpRequest, people: QuerySet[User]) -> None:
        for person in people:
            close_account(by=_by(request), user=person)


@register(Grant, site=administration)
class GrantAdmin(Recorded):
    list_display = ("user", "role", "organisation", "purpose", "starts_on", "ends_on", "ended_at")
    list_filter = ("role", "purpose")
    autocomplete_fields = ("user", "organisation")
    actions = ("end_now",)

    def save_model(self, request: HttpRequest, obj: Grant, form: forms.ModelForm, change: bool) -> None:
        obj.pk = give_grant(by=_by(request), **form.cleaned_data).pk

    @action(description="End now", permissions=["view"])
    def end_now(self, request: HttpRequest, grants: QuerySet[Grant]) -> None:
        for grant in grants:
            end_grant(by=_by(request), grant=grant)


@register(SignInRole, site=administration)
class SignInRoleAdmin(Recorded):
    list_display = ("said", "role", "purpose")

    def save_model(self, request: HttpRequest, obj: SignInRole, form: forms.ModelForm, change: bool) -> None:
        obj.pk = match_sign_in_role(by=_by(request), **form.cleaned_data).pk


@register(Agreement, site=administration)
class AgreementAdmin(Recorded):
    list_display = ("practice", "network", "reference", "starts_on", "ends_on", "ended_at")
    autocomplete_fields = ("practice", "network")
    actions = ("end_now",)

    def save_model(self, request: HttpRequest, obj: Agreement, form: forms.ModelForm, change: bool) -> None:
        obj.pk = record_agreement(by=_by(request), **form.cleaned_data).pk

    @action(description="End now", permissions=["view"])
    def end_now(self, request: HttpRequest, agreements: QuerySet[Agreement]) -> None:
        for agreement in agreements:
            end_agreement(by=_by(request), agreement=agreement)


@register(AccessEvent, site=administration)
class AccessEventAdmin(ToRead):
    list_display = ("number", "at", "name", "role", "purpose", "practice", "what", "shown", "denied")
    # The digests cover the number of rows, which could be found from them by trying each.
    fields = ("number", "at", "name", "role", "purpose", "place", "practice", "what", "shown", "denied")
    search_fields = ("name", "practice", "what")


@register(Event, site=administration)
class EventAdmin(ToRead):
    list_display = ("at", "by", "action", "subject")
    search_fields = ("action", "subject")


def _by(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
