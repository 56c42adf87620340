"""A process that runs commands of `python -m studio`, one a line of its input, and tells what became of each in a line of its output.

python -m tests.studio.command_lines
"""

import contextlib
import io
import json
import os
import sys

from studio.cli import main


def serve() -> None:
    """A line asks with [arguments, environment, what is typed], and is answered with [exit code, what was printed, what was said]."""
    asked, told = sys.stdin, sys.stdout
    for line in asked:
        args, environment, typed = json.loads(line)
        os.environ.update(environment)
        sys.stdin, out, said = io.StringIO(typed), io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            try:
                code = main(args)
            except SystemExit as end:
                code = end.code
        print(json.dumps([code, out.getvalue(), said.getvalue()]), file=told, flush=True)


if __name__ == "__main__":
    serve()
