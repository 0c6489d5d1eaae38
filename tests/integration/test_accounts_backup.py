"""The record comes back from its backup as it was, into SQLite or PostgreSQL, and what is not a backup is refused."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from builders.assurance import add_recommendation, add_risk, add_yearly_control
from builders.lists import LIST
from builders.site import add_agreement, add_person_in_role
from placewise_site.accounts.models import Purpose
from placewise_site.accounts.words import destroy_words, write_words
from placewise_site.assurance.actions.packs import build_pack
from placewise_site.assurance.actions.risks import try_control
from placewise_site.evidence.persons import open_call_list
from placewise_site.evidence.releases import current_release
from placewise_site.organisations.models import Organisation
from placewise_site.running.backup import back_up

FRESH = "placewise_restored"
KEPT = {
    "assurance.risk", "assurance.controltest", "assurance.commitment", "assurance.pack", "accounts.words",
    "accounts.wordstext", "accounts.destruction", "accounts.accessevent",
}  # fmt: skip


@pytest.fixture
def backup(site, tmp_path) -> Path:
    """A record with people, grants, an agreement and two looks at a list, backed up."""
    person = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    add_person_in_role("analyst", "HVS")
    add_agreement("A02", "NW1")
    for _ in range(2):
        open_call_list(by=person, practice=Organisation.objects.get(code="A01"), list_slug=LIST)
    add_what_was_decided()
    file = tmp_path / "backup.zip"
    assert back_up(file) == 0
    return file


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of an empty database on the server of this run; skipped where the run is on SQLite."""
    if connection.vendor != "postgresql":
        pytest.skip("this run is on SQLite; the run on PostgreSQL restores into it")
    import psycopg

    server = os.environ["PLACEWISE_DATABASE"]
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"DROP DATABASE IF EXISTS {FRESH}")
        session.execute(f"CREATE DATABASE {FRESH}")
    base, _, _ = server.partition("?")
    yield f"{base.rpartition('/')[0]}/{FRESH}{server[len(base) :]}"
    with psycopg.connect(server, autocommit=True) as session:
        session.execute(f"DROP DATABASE {FRESH} WITH (FORCE)")


def add_what_was_decided() -> None:
    """A risk with its test, what a place owes, a pack; and words, some of them destroyed."""
    risk = add_risk(programme="heart_care")
    try_control(
        by=None, control=add_yearly_control(risk), on=date(2026, 4, 1), passed=True, evidence="Ten lists were read."
    )
    add_recommendation(programme="heart_care")
    release = current_release()
    assert release is not None
    build_pack(by=None, programme="heart_care", release=release)
    destroy_words(by=None, words=write_words(by=None, words="It named Ada Example"), reason="It named somebody")


def run(database: str, site, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PLACEWISE_MODE": "demo",
        "PLACEWISE_STORE": str(site.store),
        "PLACEWISE_DEPLOYMENT": str(site.deployment),
        "PLACEWISE_DATABASE": database,
    }
    command = [sys.executable, "-m", "placewise_site", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_backup_comes_back_into_a_new_sqlite_file(backup, site, tmp_path):
    """History is frozen there as well."""
    database = tmp_path / "restored.sqlite3"
    check_restored(str(database), backup, site, tmp_path)
    with sqlite3.connect(database) as restored:
        for statement in ("UPDATE assurance_risk SET title = 'x'", "DELETE FROM assurance_score"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed or deleted"):
                restored.execute(statement)


def test_a_backup_comes_back_into_an_empty_postgresql_database(backup, site, postgres, tmp_path):
    check_restored(postgres, backup, site, tmp_path)


def check_restored(database: str, backup: Path, site, tmp_path: Path) -> None:
    done = run(database, site, "restore", str(backup))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    audited = run(database, site, "audit")
    assert "The access log of the site is as it was written: 2 rows." in audited.stdout
    again = tmp_path / "again.zip"
    assert run(database, site, "backup", str(again)).returncode == 0
    with zipfile.ZipFile(backup) as first, zipfile.ZipFile(again) as second:
        assert first.read("record.json") == second.read("record.json")
    restored = again.read_bytes()
    assert {name for name, rows in read_manifest(restored)["rows"].items() if rows} >= KEPT
    assert b"Ada Example" not in zipfile.ZipFile(io.BytesIO(restored)).read("record.json")
    twice = run(database, site, "restore", str(backup))
    assert twice.returncode == 1
    assert "The database holds people already" in twice.stderr


def read_manifest(backup: bytes) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(zipfile.ZipFile(io.BytesIO(backup)).read("manifest.json"))
    return said


def test_every_table_of_every_app_is_in_a_backup(backup):
    """But what nobody decided: sessions, and what Django makes again by itself."""
    kept = set(read_manifest(backup.read_bytes())["rows"])
    ours = {model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("placewise_site.")}
    assert ours <= kept


@pytest.mark.parametrize("spoil", [lambda whole: whole[: len(whole) // 2], lambda whole: b"not a backup"])
def test_what_is_no_whole_backup_is_refused_in_one_sentence(backup, site, tmp_path, spoil):
    backup.write_bytes(spoil(backup.read_bytes()))
    done = run(str(tmp_path / "restored.sqlite3"), site, "restore", str(backup))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "it is not a backup, or it is cut short" in done.stderr


def test_a_backup_whose_rows_do_not_fit_is_refused_without_quoting_them(backup, site, tmp_path):
    with zipfile.ZipFile(backup) as archive:
        manifest, record = json.loads(archive.read("manifest.json")), archive.read("record.json")
    record = record.replace(b'"is_active": true', b'"is_active": "Ada Example"')
    manifest["sha256"] = hashlib.sha256(record).hexdigest()
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("record.json", record)
    done = run(str(tmp_path / "restored.sqlite3"), site, "restore", str(backup))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "its rows do not fit this version" in done.stderr
    assert "Ada Example" not in done.stderr
