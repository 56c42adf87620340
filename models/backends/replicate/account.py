"""What can be learnt without ordering anything: whose token it is, and whether the inputs of models still have their names."""

from models.backends import BackendConfig
from models.backends.replicate.api import Api, Json
from models.backends.replicate.inputs import hosted_of
from models.catalog import ModelRow


class Account:
    """Asks each thing once. Raises ModelUnavailable where the token is refused, ModelUnreachable, ModelBusy, ModelFailed."""

    def __init__(self, config: BackendConfig) -> None:
        self._api = Api(config.keys["replicate"], config.base_urls.get("replicate", ""))

    def __enter__(self) -> "Account":
        return self

    def __exit__(self, *exc: object) -> None:
        self._api.close()

    def name(self) -> str:
        """Whose token it is."""
        return self._api.discreet(str(self._api.look("/v1/account").get("username") or "of no name"))

    def strange_inputs(self, row: ModelRow) -> tuple[str, ...]:
        """Inputs of our table that the model does not take (any more), and those it wants that we do not send. () too where Replicate
        shows no schema."""
        version = self._api.look(f"/v1/models/{hosted_of(row).model}").get("latest_version") or {}
        taken = _input_schema(version)
        known = set(taken.get("properties") or {})
        ours = _sent(row)
        return tuple(sorted((ours - known) | (set(taken.get("required") or ()) - ours))) if known else ()


def _input_schema(version: Json) -> Json:
    schemas = ((version.get("openapi_schema") or {}).get("components") or {}).get("schemas") or {}
    found = schemas.get("Input")
    return found if isinstance(found, dict) else {}


def _sent(row: ModelRow) -> set[str]:
    hosted = hosted_of(row)
    named = (hosted.image, hosted.last, hosted.duration, hosted.seed, hosted.negative, hosted.steps, hosted.guidance, hosted.aspect)
    return {"prompt", *hosted.fixed, *named, hosted.locked} - {""}
