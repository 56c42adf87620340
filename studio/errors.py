"""What can go wrong between a person and the application.

    StudioError
    ├── InputRefused             what was typed cannot be used; `field` names it
    │   └── UsernameTaken        somebody has that name already
    ├── NotSignedIn              no token, or one that is not (or no longer) good
    │   ├── WrongCredentials     that username and password do not go together
    │   ├── TokenExpired         the token was good once
    │   ├── LinkLocked           the link asks for a password
    │   └── WrongLinkPassword    that was not the link's password
    ├── NotFound                 there is no such thing
    │   ├── NotYours             there is, and it belongs to somebody else
    │   ├── MediaMissing         the record is there, its file is not
    │   └── LinkEnded            a link that was good once: its time is over, or its owner ended it
    ├── RoleRefused              it is their team's, and their role there does not let them do that
    ├── NotReady                 it exists, but not in the state this needs
    │   ├── NothingToMend        an ad whose scenes belong together already, or where cutting it again would not help
    │   └── EditedElsewhere      the draft was changed since; nothing is overwritten
    ├── EditRefused              an edit that cannot be done as asked; `code` is the edit's own
    ├── RegistrationClosed       strangers cannot make accounts here
    ├── TooMany                  asked too often; `retry_after` says when to come back
    ├── Busy                     so many orders wait already that no more are taken; `retry_after` as above
    ├── OverCap                  money would be spent beyond what is allowed; nothing was spent
    ├── Interrupted              an ad was half made when the backup was taken that this store was restored from
    ├── UnknownPrice             a model whose price is not known cannot be paid for
    └── StoreError               the database, the media folder or the secret cannot be used as they are set up

Errors of the other layers (models/errors.py, pipelines/errors.py) pass through unchanged. NotYours is a NotFound so that
a caller who must not reveal that a thing exists catches one class; who may reveal it looks for the other first.
"""

from models.till import TooDear


class StudioError(Exception):
    """Base of the tree; `code` is stable, the message is one sentence that says what to do."""

    code = "studio_error"


class InputRefused(StudioError):
    """What was typed cannot be used. `field` is the name of the offending input."""

    code = "invalid_input"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class UsernameTaken(InputRefused):
    """Somebody has that name already, perhaps in other capitals."""

    code = "username_taken"

    def __init__(self) -> None:
        super().__init__("That username already exists; choose another one.", field="username")


class NotSignedIn(StudioError):
    """No token, or one that is not (or no longer) good."""

    code = "not_signed_in"

    def __init__(self, message: str = "Sign in first.") -> None:
        super().__init__(message)


class WrongCredentials(NotSignedIn):
    """Username and password do not go together; which of the two is wrong is not told."""

    code = "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("That username and password do not match; check both and try again.")


class TokenExpired(NotSignedIn):
    """The token was good once."""

    code = "token_expired"

    def __init__(self) -> None:
        super().__init__("You have been signed out after a while; sign in again.")


class LinkLocked(NotSignedIn):
    """The link asks for a password that was not given yet."""

    code = "link_locked"

    def __init__(self) -> None:
        super().__init__("This link asks for a password; whoever sent it knows it.")


class WrongLinkPassword(NotSignedIn):
    """It was another one."""

    code = "wrong_link_password"

    def __init__(self) -> None:
        super().__init__("That is not the password of this link; check it and try again.")


class NotFound(StudioError):
    """There is no such thing (for this person)."""

    code = "not_found"


class NotYours(NotFound):
    """It exists and belongs to somebody else."""

    code = "not_yours"


class RoleRefused(StudioError):
    """It is their team's, so they know of it, and their role there does not let them do that."""

    code = "role_refused"


class MediaMissing(NotFound):
    """The record is there, but its file is gone from the media folder."""

    code = "file_gone"


class LinkEnded(NotFound):
    """The link was good once."""

    code = "link_ended"

    def __init__(self) -> None:
        super().__init__("This link has ended; ask whoever sent it for a new one.")


class NotReady(StudioError):
    """It exists, but is not in the state this needs (still being made, say)."""

    code = "not_ready"


class NothingToMend(NotReady):
    """Cutting the ad again would not make it better."""

    code = "nothing_to_mend"


class EditedElsewhere(NotReady):
    """The draft is not what the edit was made on."""

    code = "edited_elsewhere"

    def __init__(self) -> None:
        super().__init__("This ad was changed in another window; reload it and go on from there. Nothing was overwritten.")


class EditRefused(StudioError):
    """An edit that cannot be done as asked. `code`: as pipelines.errors.EditError has it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class RegistrationClosed(StudioError):
    """Strangers cannot make accounts here."""

    code = "registration_closed"

    def __init__(self) -> None:
        super().__init__("New accounts cannot be made here; ask whoever runs this studio for one.")


class TooMany(StudioError):
    """Asked too often. `retry_after`: whole seconds, at least 1, after which the same request would be let through."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Busy(StudioError):
    """So many orders wait already that no more are taken for the moment; nothing was ordered. `retry_after`: seconds, a guess."""

    code = "busy"

    def __init__(self, waiting: int, *, retry_after: int) -> None:
        line = "One order is" if waiting == 1 else f"{waiting} orders are"
        super().__init__(f"{line} waiting, and no more are taken for the moment; try again in a few minutes.")
        self.retry_after = retry_after


class OverCap(StudioError, TooDear):
    """A spending cap would be passed; nothing was spent. `cap` is "ad", "user" or "member"."""

    code = "over_cap"

    def __init__(self, message: str, *, cap: str) -> None:
        super().__init__(message)
        self.cap = cap


class Interrupted(StudioError):
    """The ad was half made when the backup was taken that this store was restored from; its files of work are gone."""

    code = "interrupted"

    def __init__(self) -> None:
        super().__init__("This ad was being made when the backup was taken; try it again, and it is made from the start.")


class UnknownPrice(StudioError):
    """A model that the catalogue does not list has no price, and is therefore not paid for."""

    code = "unknown_price"


class StoreError(StudioError):
    """The database, the media folder or the secret cannot be used as they are set up."""

    code = "store_error"
