"""The first administrator, who then enters everybody else in the pages for administration."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import DatabaseError

from placewise_site.accounts.actions import add_person
from placewise_site.accounts.models import User
from placewise_site.running.start import Unready


def add_administrator(email: str, *, another: bool) -> int:
    """The password is typed, twice: never an argument, which other people on the machine could read.

    Raises Unready where there is an administrator already, unless `another` is asked for, and for an address or a
    password that will not do.
    """
    _check_address(email, another)
    password = _ask_password(User(email=email))
    add_person(by=None, email=email, name="", password=password, administrator=True)
    print(f"{email} is an administrator and can sign in. Set up one-time codes at the first sign-in.")
    return 0


def _check_address(email: str, another: bool) -> None:
    try:
        validate_email(email)
        has_administrator = User.objects.filter(is_superuser=True, is_active=True).exists()
        has_account = User.objects.filter(email__iexact=email).exists()
    except ValidationError as error:
        raise Unready(f"{email}: it is not an e-mail address; correct it.") from error
    except DatabaseError as error:
        raise Unready("The database's tables are not up to date; run prepare, then add the administrator.") from error
    if has_account:
        raise Unready(f"{email}: this person has an account already; name another address.")
    if has_administrator and not another:
        raise Unready("There is an administrator already, who can add people; add --another to make one more.")


def _ask_password(user: User) -> str:
    try:
        password = getpass("Password: ")
        again = getpass("The same again: ")
    except EOFError:
        raise Unready("No password was typed; run the command where you can type one.") from None
    if password != again:
        raise Unready("The two passwords differ; run the command again.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Unready(" ".join(error.messages)) from error
    return password
