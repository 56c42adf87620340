"""`doctor`, `backup`, `restore`, `retention`: keeping an installation well."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from studio.settings import Settings

if TYPE_CHECKING:
    from studio.services.archive import Manifest


KINDS = {"ad": "ad", "frames": "hero frames", "takes": "takes", "upload": "upload"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of these commands."""
    card = commands.add_parser("doctor", help="what this installation can do, and what to mend; exit code 1 when it cannot make ads")
    card.add_argument("--json", action="store_true", help="as JSON")
    card.set_defaults(command=doctor)

    keep = commands.add_parser("backup", help="accounts, ads, media and the signing secret in one file; the application may run on")
    keep.add_argument("file", type=Path, help="the new file to write; keep it as safe as a password")
    keep.set_defaults(command=backup)

    again = commands.add_parser("restore", help="put a backup back; the application must be stopped")
    again.add_argument("file", type=Path, help="what `backup` wrote")
    again.add_argument("--force", action="store_true", help="replace the accounts and ads that are here")
    again.set_defaults(command=restore)

    old = commands.add_parser("retention", help="remove what is kept no longer (RETENTION_DAYS), and leftovers; workers do so once a day")
    old.add_argument("--dry-run", action="store_true", help="only say what would go, and what goes next")
    old.set_defaults(command=retention)


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    """`doctor`: the capability card of this installation, and everything it stands on."""
    from studio.services.doctor import examine
    from studio.wiring import build

    studio = build(settings)
    try:
        found = examine(settings, studio.runtime)
    finally:
        studio.close()
    print(found.as_text() if not args.json else json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    return 0 if found.can_make_ads else 1


def backup(args: argparse.Namespace, settings: Settings) -> int:
    """`backup FILE`."""
    from studio.services.backup import take_backup

    taken = take_backup(settings, args.file)
    print(f"{args.file}: {taken.bytes / 1e6:.1f} MB; {_told(taken.manifest)}")
    for line in _left_out(taken.manifest):
        print(f"note: {line}")
    return 0


def restore(args: argparse.Namespace, settings: Settings) -> int:
    """`restore FILE`."""
    from studio.errors import Interrupted
    from studio.services.restore import restore_backup
    from studio.wiring import open_house

    manifest = restore_backup(settings, args.file, force=args.force)
    house = open_house(settings)
    try:
        interrupted = house.desk.shelve(Interrupted())
    finally:
        house.close()
    print(f"Restored what was there at {manifest.made_at}: {_told(manifest)}")
    for line in _left_out(manifest):
        print(f"note: {line}")
    if interrupted:
        print(f"note: {len(interrupted)} ads were being made then. They are marked as failed; their owners can try them again.")
    return 0


def retention(args: argparse.Namespace, settings: Settings) -> int:
    """`retention`."""
    from studio.wiring import open_house

    house = open_house(settings)
    try:
        kept = house.retention
        if not args.dry_run:
            kept.note_rule()
        names = {account.id: account.username for account in house.accounts.everybody()}
        for user_id in kept.people():
            due = kept.due(user_id)
            size = kept.size(due) / 1e6
            for thing in due:
                print(f"{names[user_id]}  {KINDS[thing.kind]}  {thing.changed_at:%Y-%m-%d}  {' '.join(thing.title.split())[:80]}")
            while not args.dry_run and kept.sweep(user_id).more:
                pass
            if due:
                print(f"{names[user_id]}: {len(due)} {'would go' if args.dry_run else 'are gone'}, {size:.1f} MB.")
            elif args.dry_run and (first := next((one.goes_at for one in kept.standings(user_id) if one.goes_at), None)):
                print(f"{names[user_id]}: nothing; the next goes on {first:%Y-%m-%d}.")
        files = house.leftovers.sweep(args.dry_run)
        print(f"{len(files)} leftover files {'would go' if args.dry_run else 'are gone'}.")
    finally:
        house.close()
    return 0


def _told(manifest: "Manifest") -> str:
    secret = "the signing secret" if manifest.has_secret else "no signing secret (SECRET_KEY gives it)"
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[manifest.kind]
    count = manifest.media_count - len(manifest.missing)
    media = f"{count} media files" if not manifest.media_at else f"{count} media files named"
    return f"a {kind} database at {manifest.revision}, {media}, {secret}."


def _left_out(manifest: "Manifest") -> list[str]:
    notes = ["Ads that are half made are in it as orders only; after a restore their owners try them again."]
    if manifest.media_at:
        size = f"{manifest.media_count} files, {manifest.media_bytes / 1e6:.0f} MB"
        notes.append(f"The media stay in {manifest.media_at} ({size}) and are not in this file; back the bucket up by its own means.")
    if manifest.missing:
        notes.append(f"{len(manifest.missing)} files that ads refer to were not in the media folder; those ads have no film any more.")
    return notes
