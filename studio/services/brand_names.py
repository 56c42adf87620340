"""A brand kit by what people call it, for whoever runs the installation: its name or its id. Knows no accounts' rights and no HTTP."""

from sqlalchemy import select

from studio.errors import InputRefused, NotFound
from studio.store.database import Database
from studio.store.tables import BrandKit, User, is_id


def kit_named(database: Database, called: str) -> BrandKit:
    """The kit of that id, else the one of that name, however it is spelt. Raises NotFound, and InputRefused for a name of several kits."""
    name = " ".join(called.split()).casefold()
    with database.reading() as session:
        if is_id(called) and (kit := session.get(BrandKit, called)):
            return kit
        owners = dict(session.execute(select(User.id, User.username)).tuples().all())
        kits = session.scalars(select(BrandKit).order_by(BrandKit.name, BrandKit.id)).all()
    found = [kit for kit in kits if kit.name.casefold() == name]
    if not found:
        names = ", ".join(dict.fromkeys(kit.name for kit in kits))
        raise NotFound(f"There is no brand kit “{called}”; " + (f"there is {names}." if names else "make one on the Brands page."))
    if len(found) > 1:
        ids = ", ".join(f"{kit.id} of {owners.get(kit.owner_id, 'nobody')}" for kit in found)
        raise InputRefused(f"There are {len(found)} brand kits “{found[0].name}”; name one by its id: {ids}.", field="kit")
    return found[0]
