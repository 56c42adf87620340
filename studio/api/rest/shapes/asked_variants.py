"""What may be asked for a set of variants, on the wire. The rules are studio.services.variant_asked's."""

from typing import TypeVar

from pydantic import Field

from pipelines.aspect import Aspect
from pipelines.frameworks import Framework
from studio.api.rest.shapes.asked import Asked
from studio.errors import InputRefused
from studio.services.plain_text import plain_text
from studio.services.variant_asked import VariantsAsked

ONE = [""]
E = TypeVar("E", Aspect, Framework)


class AskedVariants(Asked):
    """A brief, and what its ads differ in. Each hook with each call to action, in each shape, told in each story: at most 12 ads."""

    hooks: list[str] = Field(
        ONE, max_length=20, description='First lines, one each; "" for the copywriter\'s own at that place. 1 to 4.', examples=[["", ""]]
    )
    calls: list[str] = Field(
        ONE, max_length=20, description='Calls to action, one each; "" for the copywriter\'s own. 1 to 4.', examples=[["", "Find yours"]]
    )
    aspects: list[str] = Field(
        [],
        max_length=20,
        description=f"Of {', '.join(Aspect)}; empty: the brief's. Each is photographed anew, never cropped.",
        examples=[["9:16", "1:1"]],
        json_schema_extra={"items": {"type": "string", "enum": [aspect.value for aspect in Aspect]}},
    )
    frameworks: list[str] = Field(
        [],
        max_length=20,
        description=f"Of {', '.join(Framework)}; empty: the brief's.",
        examples=[["PAS"]],
        json_schema_extra={"items": {"type": "string", "enum": [framework.value for framework in Framework]}},
    )
    own_openings: bool = Field(True, description="Each hook opens on a picture of its own; false: all open alike, and share that clip too.")
    landing_page: str = Field(
        "", max_length=2000, description="Where the ads lead, for the manifest.", examples=["https://example.com/watch"]
    )
    utm: dict[str, str] = Field(
        {},
        description="source, medium, campaign and term for the manifest; utm_content is each ad's own name.",
        examples=[{"source": "instagram", "medium": "paid_social", "campaign": "spring"}],
    )

    def variants(self) -> VariantsAsked:
        """What the service is asked. Raises BriefError, InputRefused."""
        return VariantsAsked(
            self.brief(),
            tuple(plain_text(line) for line in self.hooks),
            tuple(plain_text(line) for line in self.calls),
            tuple(_one_of(Aspect, value, "aspects") for value in self.aspects),
            tuple(_one_of(Framework, value, "frameworks") for value in self.frameworks),
            self.own_openings,
            self.product_image_id or "",
            self.landing_page,
            self.utm,
            self.team or "",
        )


def _one_of(known: type[E], value: str, field: str) -> E:
    """Raises InputRefused."""
    try:
        return known(value)
    except ValueError as error:
        raise InputRefused(f"The {field} are among {', '.join(known)}.", field=field) from error
