"""Whose account a token opens: asked without ordering anything."""

from models.backends import BackendConfig
from models.backends.replicate.api import Api


def account_of(config: BackendConfig) -> str:
    """The name of the account.

    config: with a token. Raises ModelUnavailable where it is refused, ModelUnreachable, ModelBusy, ModelFailed.
    """
    api = Api(config.keys["replicate"], config.base_urls.get("replicate", ""))
    try:
        return api.discreet(str(api.account().get("username") or "of no name"))
    finally:
        api.close()
