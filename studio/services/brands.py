"""Brand kits: made, changed, removed, and put into a brief. A kit's logo is an upload, its fonts are checked files of their own. A kit is
its maker's, or a team's, whose editors change and use it and whose reviewers see it.

    kit ─▶ brief: what the person left open – name, colours, manner of type, call to action – and the brand's own fonts and tone

The brief then stands for itself: a kit that is changed or removed changes no ad. Knows no HTTP.
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast, get_args

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from pipelines.brief import Brief, OwnType, read_brief
from pipelines.checked import line
from pipelines.colors import contrast, readable_on
from pipelines.errors import BriefError
from pipelines.spec import FontStyle
from pipelines.wording import CALL_CHARS, Wording
from studio.errors import InputRefused
from studio.services.brand_fonts import check_font, take_in
from studio.services.ownership import owned_kit
from studio.services.plain_text import plain_text
from studio.services.uploads import Uploads
from studio.store.access import Right, own, right_to, teams_of
from studio.store.database import Database
from studio.store.media import Media
from studio.store.tables import BrandFont, BrandKit, MediaFile, new_id
from studio.store.times import Clock, utc_now

MOST_KITS = 50
TONE_CHARS = 200
FontRole = Literal["display", "text"]
FIELDS = ("name", "colors", "tone", "call", "font_style")
ANY_PROMPT = "An ad for a product"


@dataclass(frozen=True)
class Contrast:
    """How one of a kit's colours reads on its ground. ratio: 1..21; enough: at least 4.5, which small type needs."""

    color: str
    ratio: float
    enough: bool


class Brands:
    """The brand kits of this installation. fonts: the folder in which own fonts lie by their content, for whoever sets type; shared by
    all processes of the installation. Thread-safe."""

    def __init__(self, database: Database, media: Media, uploads: Uploads, fonts: Path, clock: Clock = utc_now) -> None:
        self._database, self._media, self._uploads, self._fonts, self._clock = database, media, uploads, fonts, clock

    def listed(self, user_id: str) -> tuple[BrandKit, ...]:
        """The user's kits and those of their teams, by name."""
        mine = and_(*own(BrandKit.owner_id, BrandKit.team_id, user_id))
        which = or_(mine, BrandKit.team_id.in_(teams_of(user_id)))
        with self._database.reading() as session:
            return tuple(session.scalars(select(BrandKit).where(which).order_by(func.lower(BrandKit.name), BrandKit.id)))

    def one(self, user_id: str, kit_id: str, need: Right = Right.LOOK) -> BrandKit:
        """A kit, for whoever has this right to it. Raises NotFound, NotYours, RoleRefused."""
        with self._database.reading() as session:
            return owned_kit(session, user_id, kit_id, need)

    def rights(self, user_id: str, kits: Sequence[BrandKit]) -> dict[str, Right]:
        """What the user may do with each of these kits, by its id; kits that they may not see are left out."""
        with self._database.reading() as session:
            found = {kit.id: right_to(session, user_id, kit.owner_id, kit.team_id) for kit in kits}
        return {id: right for id, right in found.items() if right is not None}

    def create(self, user_id: str, values: Mapping[str, Any]) -> BrandKit:
        """A new kit of `values` (FIELDS, and logo_upload_id; a name is needed). Raises InputRefused, BriefError, NotFound (the upload)."""
        wanted = {"colors": [], "tone": "", "call": "", "font_style": None} | self._checked(user_id, values)
        if not wanted.get("name"):
            raise InputRefused("Give the brand its name, as it should stand in ads.", field="name")
        now = self._clock()
        kit = BrandKit(id=new_id(), owner_id=user_id, created_at=now, updated_at=now, **wanted)
        with self._database.writing(lock=f"user:{user_id}") as session:
            if (session.scalar(select(func.count()).where(BrandKit.owner_id == user_id)) or 0) >= MOST_KITS:
                raise InputRefused(f"There are {MOST_KITS} brand kits; remove one first.", field="name")
            session.add(kit)
        return self.one(user_id, kit.id)

    def change(self, user_id: str, kit_id: str, values: Mapping[str, Any]) -> BrandKit:
        """Change what `values` names. Raises what `create` does, NotFound, NotYours, RoleRefused."""
        self.one(user_id, kit_id, Right.EDIT)
        wanted = self._checked(user_id, values)
        if "name" in wanted and not wanted["name"]:
            raise InputRefused("A brand keeps a name.", field="name")
        with self._database.writing(lock=f"kit:{kit_id}") as session:
            kit = owned_kit(session, user_id, kit_id, Right.EDIT)
            for name, value in wanted.items():
                setattr(kit, name, value)
            kit.updated_at = self._clock()
        return self.one(user_id, kit_id)

    def remove(self, user_id: str, kit_id: str) -> None:
        """Remove a kit; ads made with it stay as they are, their fonts with them. Raises NotFound, NotYours, RoleRefused."""
        with self._database.writing(lock=f"kit:{kit_id}") as session:
            kit = owned_kit(session, user_id, kit_id, Right.MANAGE)
            files = [font.file_id for font in kit.fonts]
            session.execute(delete(BrandFont).where(BrandFont.kit_id == kit_id))
            session.execute(delete(BrandKit).where(BrandKit.id == kit_id))
            orphans = self._media.forget(session, files)
        self._media.sweep(orphans)

    def take_font(self, user_id: str, kit_id: str, role: str, file: BinaryIO) -> BrandKit:
        """Set the kit's font for `role`; one that was there is replaced. Raises InputRefused, NotFound, NotYours, RoleRefused."""
        self.one(user_id, kit_id, Right.EDIT)
        role = _role(role)
        with tempfile.TemporaryDirectory(prefix="adstudio-") as folder:
            path = Path(folder) / "font"
            take_in(file, path)
            font = check_font(path)
            kept = self._media.put(path, owner_id=user_id, kind="font", mime=font.mime)
        try:
            with self._database.writing(lock=f"kit:{kit_id}") as session:
                kit = owned_kit(session, user_id, kit_id, Right.EDIT)
                orphans = self._without(session, kit, role)
                session.add(
                    BrandFont(
                        id=new_id(),
                        kit_id=kit.id,
                        role=role,
                        file_id=kept.id,
                        title=font.title,
                        embedding=font.embedding,
                        created_at=self._clock(),
                    )
                )
                kit.updated_at = self._clock()
        except BaseException:
            self._media.remove([kept.id])
            raise
        self._media.sweep(orphans)
        return self.one(user_id, kit_id)

    def drop_font(self, user_id: str, kit_id: str, role: str) -> BrandKit:
        """Take the font for `role` out of the kit; fine where there is none. Raises InputRefused, NotFound, NotYours, RoleRefused."""
        with self._database.writing(lock=f"kit:{kit_id}") as session:
            kit = owned_kit(session, user_id, kit_id, Right.EDIT)
            orphans = self._without(session, kit, _role(role))
            kit.updated_at = self._clock()
        self._media.sweep(orphans)
        return self.one(user_id, kit_id)

    def applied(self, user_id: str, kit_id: str, brief: Brief) -> Brief:
        """The brief with what the kit says where the person said nothing; its fonts and tone always. Raises NotFound, NotYours,
        RoleRefused."""
        return self.put_into(self.one(user_id, kit_id, Right.EDIT), brief)

    def put_into(self, kit: BrandKit, brief: Brief) -> Brief:
        """The same for a kit that is at hand, whoever asks."""
        own = {font.role: font for font in kit.fonts}
        changes: dict[str, Any] = {"brand": brief.brand or kit.name, "colors": brief.colors or tuple(kit.colors), "tone": kit.tone}
        if brief.font_style is None and brief.style is None:
            changes["font_style"] = cast(FontStyle | None, kit.font_style)
        if kit.call and not brief.wording.calls:
            changes["wording"] = Wording(**(brief.wording.model_dump() | {"calls": (kit.call,)}))
        if display := own.get("display"):
            text = own.get("text")
            there = [font for font in (display, text) if font is not None]
            for font in there:
                self._laid_out(font.file)
            changes["own_type"] = OwnType(
                display=display.file.sha256, text=text.file.sha256 if text else "", titles=tuple(font.title for font in there)
            )
        if kit.logo is not None and brief.logo is None:
            changes["logo"] = self._laid_out(kit.logo)
        return brief.model_copy(update=changes)

    def _laid_out(self, file: MediaFile) -> Path:
        """A font or logo, where those who set type find it on every machine of the installation and for as long as ads are cut again."""
        path = self._fonts / file.sha256
        if path.is_file():
            return path
        self._fonts.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{new_id()}.part")
        with self._media.local(file) as there:
            shutil.copyfile(there, beside)
        return beside.replace(path)

    def _checked(self, user_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """What of `values` is set, as it is kept."""
        found: dict[str, Any] = {}
        if "name" in values:
            found["name"] = read_brief(ANY_PROMPT, brand=plain_text(values["name"] or "")).brand
        if "colors" in values:
            found["colors"] = list(read_brief(ANY_PROMPT, colors=tuple(values["colors"] or ())).colors)
        if "tone" in values:
            found["tone"] = line(plain_text(values["tone"] or ""), "tone", "The tone", TONE_CHARS)
        if "call" in values:
            found["call"] = _call(plain_text(values["call"] or ""))
        if "font_style" in values:
            style = values["font_style"] or None
            if style is not None and style not in get_args(FontStyle):
                raise InputRefused(f"The manner of type is one of {', '.join(get_args(FontStyle))}.", field="font_style")
            found["font_style"] = style
        if "logo_upload_id" in values:
            upload = values["logo_upload_id"]
            found["logo_id"] = self._uploads.find(user_id, upload).file_id if upload else None
        return found

    def _without(self, session: Session, kit: BrandKit, role: str) -> set[str]:
        files = list(session.scalars(select(BrandFont.file_id).where(BrandFont.kit_id == kit.id, BrandFont.role == role)))
        session.execute(delete(BrandFont).where(BrandFont.kit_id == kit.id, BrandFont.role == role))
        return self._media.forget(session, files)


def contrasts(kit: BrandKit) -> tuple[Contrast, ...]:
    """How the kit's other colours read on its ground; () with fewer than two colours."""
    ground, *rest = kit.colors or [""]
    return tuple(Contrast(color, ratio := round(contrast(color, ground), 2), ratio >= 4.5) for color in rest)


def type_color(kit: BrandKit) -> str:
    """The colour that type has on the kit's ground: its own where one reads well, else black or white."""
    if not kit.colors:
        return "#FFFFFF"
    return next((one.color for one in contrasts(kit)[1:] if one.enough), readable_on(kit.colors[0]))


def _role(role: str) -> FontRole:
    if role not in get_args(FontRole):
        raise InputRefused("A kit's font is for display or for text.", field="role")
    return cast(FontRole, role)


def _call(text: str) -> str:
    call = line(text, "call", "The call to action", CALL_CHARS[1])
    if call and len(call) < CALL_CHARS[0]:
        raise BriefError(f"A call to action has {CALL_CHARS[0]} to {CALL_CHARS[1]} characters.", field="call")
    return call
