"""The headers of safety that every answer carries. Knows paths of pages, not what is on them."""

PAGE = (
    # Gradio's front end does not start without 'unsafe-inline' and 'unsafe-eval'; everything else stays at home.
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
DOOR = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DATA = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For what is no page: a browser that is shown a film by itself makes a page around it, with a style of its own."""

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = {"strict-transport-security": "max-age=31536000"}


def safety_headers(path: str, *, https: bool) -> dict[str, str]:
    """What an answer to a request for `path` carries unless it says otherwise itself."""
    headers = ALWAYS | {"content-security-policy": PAGE if path == "/" else DATA}
    if path == "/" or path.startswith("/api/"):
        headers |= {"cache-control": "no-store"}  # of the page, so that going back after signing out brings nothing back
    return headers | HTTPS_ONLY if https else headers
