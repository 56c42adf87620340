"""A file sent in a form: how the document describes it, and how it is read – by hand, once it is known who sends it."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from studio.errors import InputRefused

R = TypeVar("R")


def file_form(description: str) -> dict[str, Any]:
    """The body of a route that takes one file as `file`, for the OpenAPI document."""
    field = {"type": "string", "format": "binary", "description": description}
    schema = {"type": "object", "required": ["file"], "properties": {"file": field}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


async def sent_file(request: Request, take: Callable[[UploadFile], R], refusal: str) -> R:
    """What `take(file)` gives, called off the event loop; the file goes to the disk as it comes. Raises InputRefused with the sentence
    `refusal` where there is no form or no file in it, and what `take` raises."""
    try:
        async with request.form(max_files=1, max_fields=1) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise InputRefused(refusal, field="file")
            return await run_in_threadpool(take, file)
    except HTTPException as error:
        if error.status_code == 400:  # no form, or a broken one
            raise InputRefused(refusal, field="file") from error
        raise
