"""A hub of weights over HTTP: what a repository holds at a revision, and its files, byte range by byte range.

Speaks the read side of the Hugging Face hub's API, which its mirrors speak too. Our own few calls rather than huggingface_hub,
because that library (2.4) starts a cut download over in every process and compares sizes, not hashes, after plain HTTP.
It knows nothing of rows, licences or folders.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from models.errors import ModelBusy, ModelError, ModelRefused, ModelUnavailable, ModelUnreachable

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 30.0


@dataclass(frozen=True)
class HubFile:
    """One file. size: bytes. sha256: of files the hub keeps as large ones, else "". git_sha1: of small ones, else ""."""

    path: str
    size: int
    sha256: str = ""
    git_sha1: str = ""


@dataclass(frozen=True)
class Listing:
    """What a repository holds at one commit."""

    repo: str
    commit: str
    files: tuple[HubFile, ...]


class Hub:
    """One hub, for one command. Every error is one of models/errors.py. `close()` ends its connections."""

    def __init__(self, endpoint: str, token: str | None = None, timeout_s: float = TIMEOUT_S) -> None:
        import httpx

        self.endpoint = endpoint.rstrip("/")
        self.shown = address_shown(self.endpoint)
        self._with_token = bool(token)
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"} if token else {},  # httpx drops it when a redirect leaves this host
            follow_redirects=True,
            timeout=httpx.Timeout(timeout_s, connect=min(10.0, timeout_s)),
        )

    def listing(self, repo: str, revision: str) -> Listing:
        """What `repo` holds at `revision` (a commit, tag or branch). Raises ModelUnavailable, ModelRefused, ModelBusy, ModelUnreachable."""
        url = f"{self.endpoint}/api/models/{quote(repo)}/revision/{quote(revision, safe='')}"
        with self._translated(repo):
            reply = self._http.get(url, params={"blobs": "true"})
            self._raise_for(reply, f"{repo} at {revision}", repo)
        try:
            answer = reply.json()
            files = tuple(_file(sibling) for sibling in answer["siblings"])
            return Listing(repo, str(answer["sha"]), files)
        except (ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(f"{self.shown} does not answer like a hub of weights; check HF_ENDPOINT.") from error

    @contextmanager
    def stream(self, repo: str, commit: str, path: str, start: int) -> Iterator[tuple[int, Iterator[bytes]]]:
        """(first byte, chunks) of a file from byte `start`; the first byte is 0 where the hub sends all of it anyway.

        Raises what `listing` raises, also while the chunks are read.
        """
        url = f"{self.endpoint}/{quote(repo)}/resolve/{quote(commit, safe='')}/{quote(path)}"
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with self._translated(repo), self._http.stream("GET", url, headers=headers) as reply:
            if reply.status_code == 416:
                yield start, iter(())
                return
            self._raise_for(reply, path, repo)
            yield (start if reply.status_code == 206 else 0), reply.iter_raw()

    def close(self) -> None:
        """End the connections."""
        self._http.close()

    @contextmanager
    def _translated(self, repo: str) -> Iterator[None]:
        import httpx

        try:
            yield
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ModelUnavailable(f"HF_ENDPOINT is {self.shown!r}, which is no address; it begins with https://.") from error
        except httpx.HTTPError as error:
            raise ModelUnreachable(
                f"{self.shown} could not be reached for {repo}, or broke off ({type(error).__name__}); check network and HF_ENDPOINT, "
                "then run the same command again: what has arrived is kept."
            ) from error

    def _raise_for(self, reply: "httpx.Response", what: str, repo: str) -> None:
        if reply.is_success:
            return
        raise self._error(reply.status_code, reply.headers.get("X-Error-Code", ""), reply.headers.get("Retry-After", ""), what, repo)

    def _error(self, status: int, code: str, retry_after: str, what: str, repo: str) -> ModelError:
        page = f"{self.shown}/{repo}"
        if status in (401, 403) and (code == "GatedRepo" or status == 403):
            key = "the account whose key HF_TOKEN holds" if self._with_token else "your account, then set HF_TOKEN to a key of it"
            return ModelRefused(f"{repo} is handed out only to those who accepted its licence at {page}; accept it there with {key}.")
        if status == 401:
            wrong = (
                "the key in HF_TOKEN is not taken" if self._with_token else "it is private, or there is none; a private one needs HF_TOKEN"
            )
            return ModelRefused(f"The hub does not hand out {repo}: {wrong}.")
        if status == 404:
            return ModelUnavailable(f"The hub has no {what} (repository {repo}, {self.shown}).")
        if status == 429:
            seconds = float(retry_after) if retry_after.replace(".", "", 1).isdigit() else None
            wait = f"in {seconds:.0f} s" if seconds is not None else "later"
            return ModelBusy(f"The hub asks for a pause; run the same command again {wait}.", retry_after=seconds)
        if status >= 500:
            return ModelUnreachable(f"The hub is in trouble (HTTP {status} for {what}); run the same command again later.")
        return ModelUnavailable(f"The hub answers HTTP {status} for {what}.")


def address_shown(address: str) -> str:
    """An address as it may be read by anybody: a name and password in it are left out."""
    scheme, _, rest = address.rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{'://' if scheme else ''}{host.rpartition('@')[2]}{slash}{path}"


def _file(sibling: dict[str, Any]) -> HubFile:
    large = sibling.get("lfs") or {}
    sha256 = str(large.get("sha256") or "")
    size = int(large["size"] if "size" in large else sibling["size"])
    return HubFile(str(sibling["rfilename"]), size, sha256, "" if sha256 else str(sibling.get("blobId") or ""))
