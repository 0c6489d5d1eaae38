"""What people wrote can be destroyed: that it was written, and why it is gone, stay for ever."""

import pytest
from django.core.exceptions import ValidationError

from builders.site import add_person_in_role
from placewise_site.accounts.models import Event, Words, WordsText
from placewise_site.accounts.words import destroy_words, write_words

pytestmark = pytest.mark.usefixtures("site")
SAID = "My neighbour Ada Example was turned away."


def test_what_was_written_reads_as_it_was_written():
    person = add_person_in_role("lay_member", "HVS")
    written = write_words(by=person, words=f"  {SAID} ")
    assert (str(written), written.by, written.is_destroyed) == (SAID, person, False)


def test_destroyed_words_are_in_no_table_and_say_why_they_are_gone():
    written = write_words(by=None, words=SAID)
    destroy_words(by=None, words=written, reason="It named a patient")
    read = Words.objects.get()
    assert str(read).startswith("Removed on ")
    assert str(read).endswith(": It named a patient")
    assert not WordsText.objects.exists()
    assert not any("Ada Example" in str(each.__dict__) for each in Event.objects.all())
    assert Event.objects.filter(action="words_destroyed").count() == 1


def test_they_are_destroyed_once_and_the_first_reason_stands():
    written = write_words(by=None, words=SAID)
    for reason in ("It named a patient", "Another reason"):
        assert destroy_words(by=None, words=written, reason=reason).reason == "It named a patient"


@pytest.mark.parametrize("words", ["", "   ", "a" * 2001])
def test_nothing_and_too_much_are_refused(words):
    with pytest.raises(ValidationError):
        write_words(by=None, words=words)
    assert not Words.objects.exists()


def test_nothing_is_destroyed_without_a_reason():
    written = write_words(by=None, words=SAID)
    with pytest.raises(ValidationError):
        destroy_words(by=None, words=written, reason=" ")
    assert str(written) == SAID
