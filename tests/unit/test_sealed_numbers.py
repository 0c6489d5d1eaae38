"""An NHS number that leaves the door can be read by the practice it was sealed to, and by nobody else."""

from collections.abc import Callable

import pytest
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from placewise.door.contract import SEALED_BYTES
from placewise.door.sealing import open_numbers, seal_numbers

OURS, THEIRS = PrivateKey.generate(), PrivateKey.generate()
PUBLIC = {"A01": bytes(OURS.public_key), "A02": bytes(THEIRS.public_key)}
ANN, BOB = "9990000018", "9990000026"


def seal(*to: tuple[str, str]) -> list[bytes]:
    return seal_numbers([number for number, _ in to], [practice for _, practice in to], PUBLIC)


def test_each_practice_opens_its_own_people_in_their_order() -> None:
    sealed = seal((ANN, "A01"), (BOB, "A02"), (BOB, "A01"))
    assert open_numbers([sealed[0], None, sealed[2]], OURS) == [ANN, None, BOB]
    assert open_numbers([sealed[1]], THEIRS) == [BOB]


def test_another_practice_s_key_opens_nothing() -> None:
    with pytest.raises(CryptoError):
        open_numbers(seal((ANN, "A01")), THEIRS)


def test_nobody_can_tell_that_two_sealed_numbers_are_of_one_person() -> None:
    sealed = [*seal((ANN, "A01"), (ANN, "A01"), (BOB, "A01")), *seal((ANN, "A01"))]
    boxed = [each[32:] for each in sealed]
    assert len({each[:24] for each in boxed}) == 4, "no nonce is used twice"
    assert len({each[24:] for each in boxed}) == 4
    assert {len(each) for each in sealed} == {SEALED_BYTES}, "a number's length says nothing"


def test_the_sender_s_key_is_made_for_one_sealing_and_is_not_the_practice_s() -> None:
    first, second = seal((ANN, "A01"), (ANN, "A02")), seal((ANN, "A01"))
    senders = [each[:32] for each in (*first, *second)]
    assert len({*senders, *PUBLIC.values()}) == 5


@pytest.mark.parametrize(
    "damage",
    [
        lambda box: b"",
        lambda box: box[:20],
        lambda box: box[:-1],
        lambda box: box[:-1] + bytes([box[-1] ^ 1]),
        lambda box: bytes(len(box)),
    ],
)
def test_a_damaged_number_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(CryptoError):
        open_numbers([damage(seal((ANN, "A01"))[0])], OURS)
