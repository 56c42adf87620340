"""`results`: what a platform's results file says of ads that were made here, by what they differ in."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from studio.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of this command."""
    one = commands.add_parser("results", help="read a results CSV of Meta, TikTok or Google ads, by hook, call, shape and story")
    one.add_argument("file", type=Path, help="the platform's export; ads are found by the names that variants gave them")
    one.add_argument("--count", choices=("clicks", "views", "conversions"), default="clicks", help="of the impressions (default: clicks)")
    one.add_argument("--json", action="store_true", help="as JSON")
    one.set_defaults(command=results)


def results(args: argparse.Namespace, settings: Settings) -> int:
    """`results FILE.csv`: shares with 95 % intervals, what they allow to say, and what to test next."""
    from studio.errors import InputRefused
    from studio.services.results_findings import factors_of, findings, suggestions
    from studio.services.results_reading import read_results

    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise InputRefused(f"{args.file} cannot be read ({error.strerror}).", field="file") from error
    file = read_results(data)
    found = findings(file.rows, args.count)
    after = suggestions(found)
    if args.json:
        told = {"platform": file.platform, "columns": file.columns, "problems": list(map(asdict, file.problems))}
        print(json.dumps({**told, "findings": list(map(asdict, found)), "next": list(map(asdict, after))}, indent=2, ensure_ascii=False))
        return 0
    ours = sum(factors_of(row.name) is not None for row in file.rows)
    print(f"{args.file.name}: {file.platform}, {len(file.rows)} ads read, {ours} of them named as ours")
    for problem in file.problems:
        print(f"  line {problem.line}: {problem.why}")
    for one in found:
        if one.verdict == "one choice":
            continue
        print(f"\n{one.set}, {one.factor} ({args.count} of impressions)")
        for level in one.levels:
            low, high = level.interval
            print(f"  {level.name:<6}{level.share:7.2%}  {low:.2%} to {high:.2%}  {level.hits:,.0f} of {level.shown:,}")
        print(f"  {one.words}")
    for next_one in after:
        print(f"\nNext, {next_one.set}: {next_one.words}")
    if found:
        print("\nPlatforms choose who sees which ad: these are differences that were observed, not proof of what caused them.")
    return 0
