"""The sentences of refusals that only the HTTP side gives."""

REFUSALS = {
    "no_such_range": "That part of the file does not exist; ask for the whole of it.",
    "not_signed_in": "Sign in first.",
    "cross_site": "Requests from other sites are refused.",
    "unknown_host": "This studio is not served under that name; whoever runs it can add it to ALLOWED_HOSTS.",
    "too_large": "That is more than is taken at once.",
    "upload_form": "Send one picture in the field “file” of a form.",
    "font_form": "Send one font in the field “file” of a form.",
    "not_there": "There is no such file.",
    "no_ad": "There is no such ad.",
    "no_frame": "There is no such hero frame.",
    "no_group": "There is no such group of takes.",
    "no_attempt": "There is no such attempt.",
    "no_set": "There is no such set of hero frames.",
    "no_variants": "There is no such set of variants.",
}

OPEN_HTTP = (
    "HOST={host} can be reached from outside, and passwords travel there unencrypted: put a proxy with https in front, "
    "and name the site in ALLOWED_HOSTS."
)
