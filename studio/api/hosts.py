"""Under which names this installation answers. Works on host names as requests and settings have them."""

import ipaddress
from urllib.parse import urlsplit

ANY = "*"


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) is this machine and nobody else's."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Hosts:
    """names: as the setting ALLOWED_HOSTS has them, with commas between; "*" for any. This machine's own always count."""

    def __init__(self, names: str = "") -> None:
        self._names = {name.strip().lower().strip("[]") for name in names.split(",") if name.strip()}

    def allow(self, host: str) -> bool:
        """Whether a request with this Host header ("studio.example:7860") is meant for us.

        A foreign name that resolves to our address would otherwise make its page same-origin with ours.
        """
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return is_loopback(name) or name in self._names or ANY in self._names
