"""python -m placewise_site prepare | serve | administrator EMAIL | claims FILE | backup FILE | restore FILE | doctor
| audit"""

import argparse
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import django

FOR_ITS_OWNER_ALONE = 0o077
"""The mask of every file written: the database holds the hashes of passwords and the keys of one-time codes."""

INTERRUPTED = 130
"""What a shell says of a program that Ctrl+C ended."""


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 when all is well. Mistakes a person can mend are one sentence each, with no stack trace."""
    asked = _parser().parse_args(arguments)
    os.umask(FOR_ITS_OWNER_ALONE)
    if asked.command == "claims":
        os.environ.setdefault("PLACEWISE_SECRET_KEY", secrets.token_urlsafe(50))  # it signs nothing
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewise_site.settings")
    from placewise_site.running.start import Unready, check_settings, is_prepared

    try:
        check_settings(signs=asked.command != "audit")
        if asked.command == "prepare" and is_prepared():
            return 0
        if asked.command in ("prepare", "serve"):
            from placewise_site.running.gate import check_may_start

            check_may_start()
        django.setup()
        return _command(asked)()
    except Unready as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _command(asked: argparse.Namespace) -> Callable[[], int]:
    """What to call, imported only now: the apps are ready."""
    if asked.command == "prepare":
        from placewise_site.running.prepare import prepare

        return lambda: prepare(wait=(lambda: bool(sys.stdin.readline())) if asked.wait else None)
    if asked.command == "serve":
        from placewise_site.running.serve import serve

        return lambda: serve(asked.port)
    if asked.command == "administrator":
        from placewise_site.running.administrator import add_administrator

        return lambda: add_administrator(asked.email, another=asked.another)
    if asked.command == "claims":
        from placewise_site.running.claims import load_stated_claims

        return lambda: load_stated_claims(asked.file)
    if asked.command in ("backup", "restore"):
        from placewise_site.running.backup import back_up, restore

        return lambda: (back_up if asked.command == "backup" else restore)(asked.file)
    from placewise_site.running.examine import audit, doctor, note_audit, verify_audit

    if asked.command == "doctor":
        return doctor
    if asked.what == "note":
        return lambda: note_audit(asked.noted)
    return audit if asked.what == "rows" else lambda: verify_audit(asked.noted)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m placewise_site", description="Run the site of Placewise.")
    commands = parser.add_subparsers(dest="command", required=True)
    prepare = commands.add_parser("prepare", help="bring the database, static files and organisations up to date")
    prepare.add_argument("--wait", action="store_true", help="with what needs a release, for a line of standard input")
    serve = commands.add_parser("serve", help="serve the site on this machine")
    serve.add_argument("--port", type=int, default=8000)
    administrator = commands.add_parser("administrator", help="add the first administrator")
    administrator.add_argument("email")
    administrator.add_argument("--another", action="store_true", help="where there is one already, add one more")
    for name, told in (
        ("claims", "put a file of stated claims into the record"),
        ("backup", "write the database to one file"),
        ("restore", "fill an empty database from it"),
    ):
        commands.add_parser(name, help=told).add_argument("file", type=Path)
    commands.add_parser("doctor", help="say what is wrong, if anything is")
    audit = commands.add_parser("audit", help="check that the access log is as it was written")
    audit.add_argument("what", nargs="?", choices=("rows", "verify", "note"), default="rows")
    audit.add_argument("--noted", type=Path, help="the file in which the log's ends were noted, kept elsewhere")
    return parser


if __name__ == "__main__":
    sys.exit(main())
