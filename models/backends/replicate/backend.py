"""The backend: an ask goes to a hosted model at Replicate and comes back as a Still or a Clip. One order for each ask, whatever happens.

Tries once and says what it cost (models/errors.py); trying again and falling back belong to the runtime, paying once to the till.
"""

import logging
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from models.asks import Ask, Clip, ImageAsk, Made, Result, Still, VideoAsk
from models.backends import BackendConfig
from models.backends.replicate.api import Api
from models.backends.replicate.delivery import shelf_of, take_clip, take_still
from models.backends.replicate.inputs import Inputs, hosted_of, of_clip, of_picture
from models.backends.replicate.orders import Orders, id_of
from models.backends.replicate.outcome import Waiting
from models.capabilities import Capabilities
from models.catalog import ModelRow
from models.context import JobContext
from models.errors import AskRefused, Cancelled, ModelError, ModelUnavailable
from models.media.image_file import read_image, write_image
from models.pricing import price_of, use_of
from models.till import Bill, Uncounted, place_once

log = logging.getLogger(__name__)

PROVIDER = "replicate"
JPEG_QUALITY = 95


class Replicate:
    """Answers from several threads at once. base_urls["replicate"] reaches the API over a proxy."""

    def __init__(self, config: BackendConfig) -> None:
        self._token = config.keys.get(PROVIDER, "")
        self._base_url = config.base_urls.get(PROVIDER, "")
        self._api: Api | None = None
        self._lock = threading.Lock()

    def available(self, row: ModelRow) -> str:
        """Whether there is a token; whether Replicate takes it shows with the first ask (and in the doctor)."""
        return "" if self._token else "No Replicate token is set; set REPLICATE_API_TOKEN to use hosted models."

    def capabilities(self, row: ModelRow) -> Capabilities:
        hosted = hosted_of(row)
        if "image" in row.kinds:
            return Capabilities(
                kinds=frozenset({"image"}),
                negative_prompt=bool(hosted.negative),
                shows=("whatever can be said in words: places, people, products as they are described",),
                never=("your own product photo, unchanged", "the same product in exactly the same way twice"),
            )
        return Capabilities(
            kinds=frozenset({"video"}),
            max_duration_s=float(row.durations_s[-1]),
            from_still=bool(hosted.image),
            from_text=not hosted.needs_image,
            last_still=bool(hosted.last),
            negative_prompt=bool(hosted.negative),
            shows=("real motion from a still or from words",),
            never=("camera moves exact to the frame", "lettering that surely stays readable"),
        )

    def answer(self, ask: Ask, row: ModelRow, job: JobContext) -> Result:
        """A Still for an ImageAsk, a Clip for a VideoAsk. Raises ModelError."""
        if not isinstance(ask, ImageAsk | VideoAsk):
            raise AskRefused(f"{row.id} makes pictures or video only.", model=row.id)
        if why_not := self.available(row):
            raise ModelUnavailable(why_not, model=row.id)
        if isinstance(ask, ImageAsk) and ask.subject is not None and ask.subject.photo is not None:
            told = f"{row.id} would repaint your product photo, which is to be shown as it is."
            raise ModelUnavailable(told, model=row.id)
        order = _Order(self._open(), row, of_picture(ask, row) if isinstance(ask, ImageAsk) else of_clip(ask, row), job)
        try:
            return order.delivered(ask)
        except ModelError as error:
            error.model = error.model or row.id
            raise

    def close(self) -> None:
        with self._lock:
            api, self._api = self._api, None
        if api is not None:
            api.close()

    def _open(self) -> Api:
        with self._lock:
            if self._api is None:
                self._api = Api(self._token, self._base_url)
            return self._api


@dataclass
class _Order:
    """One ask on its way. uploaded: files of ours that lie at Replicate."""

    api: Api
    row: ModelRow
    inputs: Inputs
    job: JobContext
    uploaded: list[str] = field(default_factory=list)

    def delivered(self, ask: ImageAsk | VideoAsk) -> Still | Clip:
        began = time.perf_counter()
        bill: Bill = self.job.bill or Uncounted(uuid4().hex)
        orders = Orders(self.api, hosted_of(self.row).model, self.inputs.values, tuple(self.inputs.pictures), self._upload, self.job.check)
        found = bill.prior
        try:
            prediction = place_once(bill, orders, orders.before_paying)
            price = price_of(self.row, use_of(ask, self.row.id, self.row.durations_s))
            waiting = Waiting(self.api, prediction, self.row.id, price, found)
            output = waiting.for_end(self.job)
            made = Made(self.row.id, ask.seed, time.perf_counter() - began, price, notes=self.inputs.notes)
            shelf = shelf_of(self.api.base_url)
            result: Still | Clip
            if isinstance(ask, ImageAsk):
                result = take_still(output, ask, made, shelf, self.job, waiting.gone)
            else:
                result = take_clip(output, ask, made, shelf, self.job, waiting.gone)
        except ModelError as error:
            # Where it may be under way its picture is needed: to make the clip of, and to know the order by. A cancelled one is neither.
            if error.cost_usd is not None or (isinstance(error, Cancelled) and bill.prediction is not None):
                self._tidy()
            raise
        self._tidy()
        return result

    def _upload(self, mark: str) -> dict[str, str]:
        """Each picture as a JPEG at Replicate; their addresses, by input."""
        return {name: self._uploaded(path, mark) for name, path in self.inputs.pictures.items()}

    def _uploaded(self, path: Path, mark: str) -> str:
        file = write_image(self.job.workdir / f".sent-{uuid4().hex[:10]}.jpg", read_image(path), quality=JPEG_QUALITY)
        try:
            made = self.api.upload("frame.jpg", file.read_bytes(), "image/jpeg", mark, self.job.check)
        finally:
            file.unlink(missing_ok=True)
        self.uploaded.append(id_of(made))
        return str((made.get("urls") or {}).get("get") or f"{self.api.base_url}/v1/files/{self.uploaded[-1]}")

    def _tidy(self) -> None:
        """Our pictures need not lie at Replicate any longer."""
        for file in self.uploaded:
            try:
                self.api.remove(file)
            except ModelError as error:
                log.info("A picture at Replicate could not be removed (%s); it goes by itself after a day.", error)
        self.uploaded.clear()
