"""A person's own page: who they are here as, and how they sign in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.accounts.models import Grant


@login_required
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.jinja", {"grants": Grant.objects.visible_to(request.user).in_force()})
