"""The Quality page's figures (FR-043): all of one's work or a part of it, one video, and every chart as CSV."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from studio.api.download_names import attachment
from studio.api.rest.asking import Person, TheServices
from studio.api.rest.shapes.dashboard import DashboardReply, VideoReply, dashboard_reply, video_reply
from studio.api.rest.shapes.errors import SIGNED_IN, refusals
from studio.errors import InputRefused
from studio.services.dashboard_scope import Scope, read_scope
from studio.services.dashboard_tables import CHARTS, chart_csv, video_csv

router = APIRouter(tags=["quality"])
CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "The rows behind the chart.", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


def asked(
    account: Person,
    first: Annotated[str, Query(alias="from", description="First day (UTC), YYYY-MM-DD.", examples=["2026-11-01"])] = "",
    last: Annotated[str, Query(alias="to", description="Last day, included.", examples=["2026-11-30"])] = "",
    model: Annotated[str, Query(description="Only what this model filmed.")] = "",
    tag: Annotated[str, Query(description="Only videos with this tag; ads have none.")] = "",
) -> Scope:
    """The part of their work that somebody asks for. Raises InputRefused."""
    return read_scope(account.id, first, last, model, tag)


Asked = Annotated[Scope, Depends(asked)]


@router.get("/dashboard", summary="How good one's work measures", responses=refusals(*SIGNED_IN, "invalid_input"))
def dashboard(scope: Asked, services: TheServices) -> DashboardReply:
    """Scores of attempts, final versions and ads, iterations, agreement, cost and trend. VBench's own measures and stand-ins are apart."""
    return dashboard_reply(services.dashboard.of(scope))


@router.get(
    "/dashboard.csv",
    summary="A chart as a table",
    response_class=Response,
    responses=CSV | refusals(*SIGNED_IN, "invalid_input", "not_found"),
)
def dashboard_csv(
    scope: Asked,
    services: TheServices,
    chart: Annotated[str, Query(description="Which.", json_schema_extra={"enum": [*CHARTS, "video"]})],
    group: Annotated[str, Query(description="The video, for the chart `video`.")] = "",
) -> Response:
    """The rows that one chart of the Quality page draws."""
    if chart == "video":
        return _sent(video_csv(services.dashboard.video(scope.user_id, group)), "video")
    if chart not in CHARTS:
        raise InputRefused(f"A chart is one of {', '.join([*CHARTS, 'video'])}.", field="chart")
    return _sent(chart_csv(services.dashboard.of(scope), chart), chart)


@router.get("/dashboard/groups/{group_id}", summary="How good one video's attempts measure", responses=refusals(*SIGNED_IN, "not_found"))
def dashboard_video(group_id: str, account: Person, services: TheServices) -> VideoReply:
    """Every attempt with its score, which way iterating took it, and which one its final version is."""
    return video_reply(services.dashboard.video(account.id, group_id))


def _sent(text: str, name: str) -> Response:
    return Response(text, media_type="text/csv; charset=utf-8", headers={"content-disposition": attachment(f"quality_{name}.csv")})
