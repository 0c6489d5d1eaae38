"""The first administrator of a new site, added from the command line by somebody who types a password."""

from collections.abc import Callable

import pytest
from django.contrib.auth import authenticate

from builders.site import PASSWORD
from placewise_site.__main__ import main
from placewise_site.accounts.models import Event, User

pytestmark = pytest.mark.usefixtures("site")

EMAIL = "first@example.org"


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """types(...) makes a person type these words, one a question, without their showing."""

    def typed(*words: str) -> None:
        answers = iter(words)
        monkeypatch.setattr("placewise_site.running.administrator.getpass", lambda asked: next(answers))

    return typed


def test_the_first_administrator_can_sign_in_and_is_on_record(types, client):
    types(PASSWORD, PASSWORD)
    assert main(["administrator", EMAIL]) == 0
    person = authenticate(username=EMAIL, password=PASSWORD)
    assert person == User.objects.get(email=EMAIL, is_superuser=True, is_staff=True)
    assert Event.objects.filter(action="person_added", subject=EMAIL, detail__administrator=True).count() == 1


def test_where_there_is_one_another_is_made_only_if_asked_for(types, capsys):
    types(PASSWORD, PASSWORD, PASSWORD, PASSWORD)
    assert main(["administrator", EMAIL]) == 0
    assert main(["administrator", "second@example.org"]) == 1
    assert "There is an administrator already" in capsys.readouterr().err
    assert main(["administrator", "second@example.org", "--another"]) == 0
    assert User.objects.filter(is_superuser=True).count() == 2


@pytest.mark.parametrize(
    ("email", "words", "told"),
    [
        ("nobody", (), "it is not an e-mail address"),
        (EMAIL, (PASSWORD, "something else"), "The two passwords differ"),
        (EMAIL, ("short", "short"), "too short"),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence_and_makes_nobody(types, capsys, email, words, told):
    types(*words)
    assert main(["administrator", email]) == 1
    assert told in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_password_is_never_an_argument():
    with pytest.raises(SystemExit):
        main(["administrator", EMAIL, "--password", PASSWORD])
