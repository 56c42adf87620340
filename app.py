"""The web application: settings → house → serve. `make run`; the same as `python -m studio serve`."""

from studio.cli import main

if __name__ == "__main__":
    raise SystemExit(main(["serve"]))
