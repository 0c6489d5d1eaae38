"""Appointments and online consultation, in their publisher's documented layouts (no open copy was at hand)."""

from pathlib import Path

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound

APPOINTMENTS = """
    SUB_ICB_LOCATION_CODE,Appointment_Month,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS
    NOR,01SEP2021,Attended,GP,Face-to-Face,Same Day,50
    NOR,01SEP2021,DNA,GP,Face-to-Face,1 Day,11
    NOR,01SEP2021,Attended,GP,Telephone,Same Day,30
    NOR,01SEP2021,Attended,GP,Unknown,Same Day,9
"""
BY_PLACE = {"area": {"kind": "place", "code": "SUB_ICB_LOCATION_CODE"}, "month": "Appointment_Month"}


def test_appointments_add_up_by_mode_whatever_their_status(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "gp_appointments", BY_PLACE, APPOINTMENTS)
    rows = [(each["period"], each["split"], each["group"], each["value"]) for each in reading.observations.to_pylist()]
    assert rows == [
        ("2021-09", "all", "all", 100),
        ("2021-09", "appointment_mode", "face_to_face", 61),
        ("2021-09", "appointment_mode", "telephone", 30),
        ("2021-09", "appointment_mode", "not_recorded", 9),
    ]


def test_appointments_by_practice_are_the_same_layout_with_other_columns(tmp_path: Path) -> None:
    by_practice = {
        "area": {"kind": "practice", "code": "GP_CODE", "name": "GP_NAME"},
        "month": "APPOINTMENT_MONTH_START_DATE",
    }
    text = """
        APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,APPT_MODE,COUNT_OF_APPOINTMENTS
        01SEP2021,A00001,Leafy Practice,Home Visit,3
    """
    reading = read_text(tmp_path, "gp_appointments", by_practice, text)
    assert reading.observations["value"].to_pylist() == [3, 3]
    assert reading.names.to_pylist() == [{"kind": "practice", "code": "A00001", "name": "Leafy Practice"}]


def test_a_mode_nobody_declared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        FaultsFound, match="line 4: the column APPT_MODE holds `Carrier Pigeon`, which is no mode we know"
    ):
        read_text(tmp_path, "gp_appointments", BY_PLACE, APPOINTMENTS.replace("Telephone", "Carrier Pigeon"))


def test_a_practice_offers_online_consultation_once_however_many_suppliers_it_has(tmp_path: Path) -> None:
    text = """
        MONTH,GP_CODE,GP_NAME,SUPPLIER
        2023-04,A00001,Leafy Practice,Supplier One
        2023-04,A00001,Leafy Practice,Supplier Two
        2023-04,A00002,Stony Practice,None
        2023-04,A00003,Sandy Practice,Supplier One
    """
    reading = read_text(tmp_path, "online_consultations", {}, text)
    rows = [(each["area"], each["value"], each["denominator"]) for each in reading.observations.to_pylist()]
    assert rows == [("A00001", 1, 1), ("A00002", 0, 1), ("A00003", 1, 1)]
    assert (reading.rows_in, reading.rows_kept) == (4, 4)
