"""`python -m tests.fuzz`: a thousand requests that nobody thought of, over all routes, on a small installation of its own.

Half of them fit the OpenAPI document and half break it; half of the ids are of things that are there. Another seed each time, unless one
is given. It says what was answered, and is red when one answer was a server error, or not as documented. The suite runs the same requests
with fixed seeds (tests/studio/api/test_schema.py).
"""

import argparse
import random
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from studio.store.database import connect
from studio.store.migrations import upgrade
from tests.studio.api.test_schema import DELETING, OPERATIONS, SIGNING_OUT, Api, installed

REQUESTS = 1000


@contextmanager
def installation() -> Iterator[Api]:
    """One person with one of everything, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        database = connect(f"sqlite:///{folder / 'studio.db'}")
        upgrade(database.engine)
        with installed(database, folder) as found:
            yield found
        database.close()


def fuzz(api: Api, requests: int, number: int) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and what went wrong."""
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    each = -(-requests // len(OPERATIONS))
    for method, path in OPERATIONS:
        some(api, method, path, each, number, statuses, wrong)
    return statuses, wrong


def some(api: Api, method: str, path: str, each: int, number: int, statuses: Counter[int], wrong: list[str]) -> None:
    """That many requests of one route."""
    operation = api.schema[path][method]
    fitting = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    broken = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) if operation.body or operation.query else fitting

    @seed(number)
    @settings(max_examples=each, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=st.one_of(fitting, broken), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        for name in case.path_parameters or {}:
            if real and (method, path) not in DELETING:
                case.path_parameters[name] = api.real(name)
        token = api.token(fresh=(method, path) in SIGNING_OUT)
        try:
            headers = {"Authorization": f"Bearer {token}"}
            reply = case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
            statuses[reply.status_code] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, the next request is sent
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}:{last.lineno}"
            wrong.append(f"{method.upper()} {path}: {str(error)[:800]} ({where})\n{case.as_curl_command()[:600]}")

    ask()


def main() -> int:
    """The command; 1 when anything was wrong."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--requests", type=int, default=REQUESTS)
    asked.add_argument("--seed", type=int, default=random.randrange(2**31))
    args = asked.parse_args()
    with installation() as api:
        statuses, wrong = fuzz(api, args.requests, args.seed)
    total = sum(statuses.values()) + len(wrong)
    answered = ", ".join(f"{n} × {status}" for status, n in sorted(statuses.items()))
    print(f"{total} requests over {len(OPERATIONS)} routes, seed {args.seed}: {answered}")
    for one in wrong:
        print(f"\n{one}")
    print(f"{len(wrong)} wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
