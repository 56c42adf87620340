"""Content Credentials (C2PA): how a film came to be, signed inside the MP4, and read back. Works on finished files.

The claim covers every byte of the film and with them the recipe in its metadata. Signing is the last thing that happens to a file:
whatever is muxed anew has no credentials until it is signed again. Nothing here uses the network. It knows no keys' places.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from pipelines.errors import PipelineError
from pipelines.origins import IPTC, described, origin_of

PRODUCT = "Ad Studio"
OFFLINE = {"remote_manifest_fetch": False, "ocsp_fetch": False}
QUIET = {"builder": {"thumbnail": {"enabled": False}}, "verify": {**OFFLINE, "verify_after_sign": True, "verify_trust": False}}
MAGIC = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"RIFF", "image/webp"))


class CredentialsError(PipelineError):
    """A film cannot be signed, or what it bears cannot be read."""

    code = "credentials"


@dataclass(frozen=True)
class Signer:
    """chain: PEM, the signer's certificate first. key: PEM, PKCS 8. algorithm: as C2PA names it ("es256"). development: whether the
    certificate was made by an installation for itself and is trusted by nobody else."""

    chain: bytes
    key: bytes
    algorithm: str
    development: bool


@dataclass(frozen=True)
class Credentials:
    """What a film bears. whole: nothing was changed since it was signed. trusted: its certificate leads to `anchors` that were given.
    origin: last word of the IPTC digital source type, "" where none is claimed (edits of another film). ingredients: their titles."""

    product: str
    issuer: str
    development: bool
    whole: bool
    trusted: bool
    origin: str
    actions: tuple[str, ...]
    ingredients: tuple[str, ...]
    label: str
    why_not: tuple[str, ...] = ()


def sign(film: Path, recipe: Mapping[str, Any], signer: Signer, *, parent: Path | None = None, photos: Sequence[Path] = ()) -> str:
    """Sign `film` where it lies; the label of its claim. parent: the film it was cut again from. photos: brought by whoever ordered it.
    What it bore before is replaced. Raises CredentialsError; then the film is as it was."""
    import c2pa

    beside = film.with_name(f".{film.stem}-{uuid4().hex[:8]}.signed")
    try:
        info = c2pa.C2paSignerInfo(alg=signer.algorithm.encode(), sign_cert=signer.chain, private_key=signer.key, ta_url=None)
        with (
            c2pa.Context.from_dict(QUIET) as context,
            c2pa.Signer.from_info(info) as key,
            c2pa.Builder(_manifest(film, recipe, parent), context) as builder,
        ):
            if parent is not None:
                builder.set_intent(c2pa.C2paBuilderIntent.EDIT)  # "opened" becomes the first action
                _add(builder, parent, "video/mp4", {"title": "The ad that this was cut again from", "relationship": "parentOf"})
            for photo in photos:
                _add(builder, photo, _format(photo), {"title": "Product photo, brought by the maker", "relationship": "componentOf"})
            with film.open("rb") as source, beside.open("w+b") as target:
                builder.sign(key, "video/mp4", source, target)
        os.replace(beside, film)
    except (c2pa.C2paError, OSError) as error:
        raise CredentialsError(f"{film.name} cannot be signed with this certificate: {error}.") from error
    finally:
        beside.unlink(missing_ok=True)
    found = read(film)
    if found is None or not found.whole:
        raise CredentialsError(f"What was signed into {film.name} does not hold.")
    return found.label


def read(film: Path, anchors: bytes = b"") -> Credentials | None:
    """The credentials that `film` bears, checked; None when it has none. anchors: PEM of the certificates to trust, beside those that the
    library knows. Raises CredentialsError."""
    import c2pa

    trust = {"trust": {"user_anchors": anchors.decode()}} if anchors else {}
    try:
        with c2pa.Context.from_dict({"verify": {**OFFLINE, "verify_trust": True}, **trust}) as context, film.open("rb") as file:
            reader = c2pa.Reader.try_create("video/mp4", file, context=context)
            if reader is None:
                return None
            with reader:
                told, state = json.loads(reader.json()), str(reader.get_validation_state())
    except (c2pa.C2paError, OSError, ValueError) as error:
        raise CredentialsError(f"The credentials of {film.name} cannot be read: {error}.") from error
    return _told(told["manifests"][told["active_manifest"]], told, state)


def _manifest(film: Path, recipe: Mapping[str, Any], parent: Path | None) -> dict[str, Any]:
    if parent is None:
        origin = origin_of(recipe)
        first = {"action": "c2pa.created", "digitalSourceType": IPTC + origin, "parameters": {"description": described(origin)}}
        actions = [first]
    else:
        actions = [{"action": "c2pa.edited", "parameters": {"description": "Cut again from an earlier film and its parts"}}]
    assertion = {"label": "c2pa.actions.v2", "data": {"actions": actions}}
    intent = {"claim_generator_info": [{"name": PRODUCT, "version": str(recipe.get("recipe_version", 1))}]}
    return {**intent, "title": film.name, "format": "video/mp4", "assertions": [assertion]}


def _add(builder: Any, file: Path, mime: str, about: Mapping[str, str]) -> None:
    with file.open("rb") as source:
        builder.add_ingredient({**about, "format": mime}, mime, source)


def _format(photo: Path) -> str:
    with photo.open("rb") as file:
        begin = file.read(4)
    return next((mime for magic, mime in MAGIC if begin.startswith(magic)), "image/png")


def _told(claim: Mapping[str, Any], told: Mapping[str, Any], state: str) -> Credentials:
    actions = [one for a in claim.get("assertions", ()) if a["label"].startswith("c2pa.actions") for one in a["data"]["actions"]]
    signature = claim.get("signature_info", {})
    failures = [f["code"] for f in told.get("validation_results", {}).get("activeManifest", {}).get("failure", ())]
    issuer = f"{signature.get('issuer', '')}, {signature.get('common_name', '')}".strip(", ")
    return Credentials(
        product=str((claim.get("claim_generator_info") or [{}])[0].get("name", "")),
        issuer=issuer,
        development="DEVELOPMENT" in issuer,
        whole=state in ("Valid", "Trusted"),
        trusted=state == "Trusted",
        origin=next((str(a["digitalSourceType"]).rsplit("/", 1)[-1] for a in actions if "digitalSourceType" in a), ""),
        actions=tuple(str(a["action"]) for a in actions),
        ingredients=tuple(str(one.get("title", "")) for one in claim.get("ingredients", ())),
        label=str(claim.get("label") or told["active_manifest"]),
        why_not=tuple(failures),
    )
