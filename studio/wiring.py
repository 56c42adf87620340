"""The composition root: settings -> runtime -> studio. Nothing else constructs them; nothing is constructed at import."""

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from models.backends import BackendConfig
from models.runtime import Runtime
from models.typefaces.own import look_in
from pipelines.ad import Ad, make_ad
from pipelines.brief import Brief
from pipelines.errors import OutputError
from pipelines.progress import DirectRun, Progress
from studio.services.ad_checks import check_ad
from studio.services.direct_till import DirectTill
from studio.services.prices import Prices
from studio.services.provenance_keys import signer_of
from studio.services.provenance_seal import sealed
from studio.settings import Settings
from studio.store.opening import fonts_folder

if TYPE_CHECKING:
    from studio.house import House

SUSPENDED = ".part-"


@dataclass
class Studio:
    """What an installation can do. paid: US dollars that the last `make` did cost, or may have. `close()` stops every worker process."""

    settings: Settings
    runtime: Runtime
    paid: Decimal = Decimal(0)

    def make(
        self,
        brief: Brief,
        out: Path,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        cancel: threading.Event | None = None,
        keep: Path | None = None,
    ) -> Ad:
        """Make the ad of `brief` at `out`. The folder of work in between is removed however it ends, unless the ad is finished
        and `keep` names where to move it. Raises OutputError when `out` cannot be written, before anything is rendered; OverCap before a
        call that could make the ad dearer than AD_CAP_USD."""
        check_writable(out)
        if keep is not None and keep.exists():
            raise OutputError(f"{keep} exists already; choose another folder for the project.")
        workdir = Path(tempfile.mkdtemp(prefix=SUSPENDED, dir=out.parent))
        till = DirectTill(Prices(self.runtime.catalog), self.settings.ad_cap_usd)
        try:
            run = DirectRun(workdir, self.runtime, on_progress, cancel or threading.Event(), parallel=workers(self.settings), till=till)
            ad = self.sealed(make_ad(brief, run, out, check_ad))
            if keep is not None:
                shutil.move(workdir, keep)
            return ad
        finally:
            self.paid = till.total
            shutil.rmtree(workdir, ignore_errors=True)

    def sealed(self, ad: Ad) -> Ad:
        """The ad, its film signed as this installation signs; where that cannot be, its notes say why."""
        photo = ad.plan.subject.photo if ad.plan else None
        told = sealed(ad.path, json.loads(ad.recipe), lambda: signer_of(self.settings), None, (photo,) if photo else ())
        return replace(ad, notes=(*ad.notes, told["why"])) if "why" in told else ad

    def close(self) -> None:
        """Free processes and memory."""
        self.runtime.close()


def build(settings: Settings) -> Studio:
    """The studio of this installation; cheap, nothing is probed or loaded yet."""
    look_in(fonts_folder(settings))
    return Studio(settings, runtime_of(settings))


def open_house(settings: Settings) -> "House":
    """The whole application of this installation; see studio.house. Raises StoreError."""
    from studio import house

    return house.open_house(settings, runtime_of(settings))


def runtime_of(settings: Settings) -> Runtime:
    """The models of this installation."""
    elsewhere = settings.tts_base_url or settings.openai_base_url  # a key is for its own address, and for no other
    voice = settings.tts_api_key if elsewhere else settings.openai_api_key
    secrets = {"openai": settings.openai_api_key, "openai_voice": voice, "replicate": settings.replicate_api_token}
    addresses = {"openai": settings.openai_base_url, "openai_voice": settings.tts_base_url, "replicate": settings.replicate_base_url}
    names = {"openai": settings.llm_model, "openai_voice": settings.tts_model}
    config = BackendConfig(
        cache_dir=settings.cache_dir.absolute(),
        cache_bytes=int(settings.cache_gb * 1e9),
        workers=workers(settings),
        keys={provider: secret.get_secret_value() for provider, secret in secrets.items() if secret},
        base_urls={provider: address for provider, address in addresses.items() if address},
        models={provider: name for provider, name in names.items() if name},
        prices=prices_of(settings),
        weights_dir=settings.weights_dir.absolute(),
        loras_dir=settings.loras_dir.absolute(),
        device=settings.device,
        vram_gb=settings.vram_gb,
        compile_models=settings.compile_models,
        fast_pictures=settings.fast_pictures,
        accepted=settings.accepted,
    )
    return Runtime(config)


def prices_of(settings: Settings) -> dict[str, tuple[Decimal, Decimal]]:
    """What models cost where that was set: US dollars for a million tokens read and written; of a voice, for a million characters."""
    prices = {}
    if settings.llm_price_in is not None and settings.llm_price_out is not None:
        prices["openai"] = (settings.llm_price_in, settings.llm_price_out)
    if settings.tts_price is not None:
        prices["openai_voice"] = (settings.tts_price, Decimal(0))
    return prices


def workers(settings: Settings) -> int:
    """Rendering processes: as set, else one per core this process may use, at most eight."""
    return settings.workers or min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def check_writable(out: Path) -> None:
    """Raise OutputError unless a file can be written at `out`; makes its folder."""
    if out.suffix.lower() != ".mp4":
        raise OutputError(f"The ad is an MP4; give it a name that ends in .mp4 instead of {out.name!r}.")
    if out.is_dir():
        raise OutputError(f"{out} is a folder; name a file.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out.parent):
            pass
    except OSError as error:
        raise OutputError(f"Nothing can be written in {out.parent} ({error.strerror}); choose another place.") from error
