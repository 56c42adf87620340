"""What brand kits are to the command line: one put into a brief, and what an ad was made with found again."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.settings import Settings

if TYPE_CHECKING:
    from pipelines.brief import Brief


def with_kit(brief: "Brief", called: str, settings: Settings) -> "Brief":
    """The brief with the brand kit of that name or id, whoever's it is. Raises NotFound, InputRefused, StoreError."""
    from studio.services.brand_names import kit_named
    from studio.services.brands import Brands
    from studio.services.uploads import Uploads
    from studio.store.opening import fonts_folder, open_store

    store = open_store(settings)
    try:
        kit = kit_named(store.database, called)
        brands = Brands(store.database, store.media, Uploads(store.database, store.media), fonts_folder(settings))
        return brands.put_into(kit, brief)
    finally:
        store.close()


def brief_again(film: Path, settings: Settings) -> "Brief":
    """The brief inside `film`, its pictures found beside it, in the folder one is in, or among what brand kits brought.

    Raises PipelineError for a film without one, BriefError for a picture or a font that is not here.
    """
    from pipelines.errors import BriefError
    from pipelines.recipe import brief_of, named, read_recipe
    from studio.store.opening import fonts_folder

    def find(picture: Mapping[str, str]) -> Path | None:
        sha256 = picture.get("sha256", "")
        places = (film.parent / picture["file"], Path(picture["file"]), fonts_folder(settings) / (sha256 or picture["file"]))
        return next((path.absolute() for path in places if path.is_file() and (not sha256 or named(path).get("sha256") == sha256)), None)

    brief = brief_of(read_recipe(film), find)
    own = brief.own_type
    if own and not all((fonts_folder(settings) / sha256).is_file() for sha256 in filter(None, (own.display, own.text))):
        raise BriefError(
            f"The ad is set in its brand's own type ({', '.join(own.titles)}), which is not on this installation; "
            "make an ad with a brand kit that has it, then try again.",
            field="own_type",
        )
    return brief
