"""The figures of the Quality page on rows with known answers, on both databases."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select, text

from benchmarks.many_takes import fill, fill_ads, person
from studio.errors import InputRefused, NotFound
from studio.services.dashboard import Dashboard, Figures
from studio.services.dashboard_measures import Measure, spread
from studio.services.dashboard_scope import attempts_in, read_scope
from studio.services.dashboard_tables import CHARTS, chart_csv, video_csv
from studio.services.dashboard_takes import FINAL
from studio.services.proportions import wilson
from studio.store.database import Database
from studio.store.tables import AttemptMetric, GenerationGroup, Status, VideoAttempt
from tests.studio.some_takes import EXACT, MONDAY, PROXY, Take, ad, video

WEEK = timedelta(days=7)


def measure(f: Figures, name: str) -> Measure:
    return next(m for m in f.measures if m.name == name)


def test_the_interval_of_few_cases_is_wide_and_stays_a_share() -> None:
    assert wilson(0, 0) is None
    assert wilson(18, 24) == pytest.approx((0.5510, 0.8800), abs=1e-4)
    low, high = wilson(3, 3) or (0.0, 0.0)
    assert low == pytest.approx(0.4385, abs=1e-4)
    assert high == 1.0


def test_iterating_in_figures(database: Database) -> None:
    ada, bob = person(database, "ada"), person(database, "bob")
    # Two iterations; the person took another one than the program in the first, the same in the second, which is final and better.
    first = video(
        database,
        ada,
        [Take(0.5, marked=True), Take(0.6, chosen=True), Take(0.4)],
        [Take(0.7, marked=True, chosen=True, final=True), Take(0.65)],
        model="paid/v2",
        tag="spring",
        bill="1.5",
    )
    video(database, ada, [Take(0.8, marked=True, final=True), Take(None), Take(0.1, status=Status.FAILED)], at=MONDAY + WEEK, seconds=10)
    video(database, ada, [Take(0.5, chosen=True)], [Take(0.3)], at=MONDAY + WEEK)  # nothing marked, nothing final, and worse
    video(database, ada, [Take(0.9, marked=True, chosen=True)], at=MONDAY - 9 * WEEK, model="alone/v1")
    video(database, bob, [Take(0.9, marked=True, chosen=True, final=True)])
    f = Dashboard(database).of(read_scope(ada, first="2026-10-01"))
    assert (f.attempts, f.videos, f.finals) == (9, 3, 2)
    assert (f.models, f.tags) == (("alone/v1", "motion/v1", "paid/v2"), ("spring",))
    assert f.iterations.counts == ((1, 1), (2, 1))
    assert (f.iterations.mean, f.iterations.median) == (1.5, 1.5)
    assert (f.agreement.n, f.agreement.met, f.agreement.rate) == (2, 1, 0.5), "where the program marked nothing, nobody can agree"
    assert (f.rising.share.n, f.rising.share.met) == (2, 1)
    assert f.rising.mean_change == pytest.approx((0.1 - 0.2) / 2)
    assert (float(f.spent), f.seconds, f.per_second) == (3.0, 15.0, pytest.approx(0.2))
    paid = next(m for m in f.by_model if m.model == "paid/v2")
    assert (paid.attempts, paid.finals, paid.approved.rate, float(paid.spent), paid.seconds) == (5, 1, 0.2, 3.0, 5.0)
    assert (paid.overall, paid.overall_finals) == (pytest.approx(0.57), 0.7)
    assert [(w.week, w.attempts, w.finals) for w in f.by_week] == [("2026-11-02", 5, 1), ("2026-11-09", 4, 1)]
    assert f.by_week[1].overall == pytest.approx((0.8 + 0.5 + 0.3) / 3), "an attempt without a score is none of zero"
    assert Dashboard(database).of(read_scope(ada, model="alone/v1")).agreement.n == 0, "one attempt is no choice"
    line = next(line for line in f.lines if line.id == first)
    assert (line.title, line.attempts, line.final) == ("Watch on wet slate", 5, "2.1")
    assert [(s.iteration, s.overall, s.final) for s in line.steps] == [(1, 0.6, False), (2, 0.7, True)]

    only = Dashboard(database).of(read_scope(ada, model="paid/v2", tag="spring"))
    assert (only.attempts, only.finals, only.models) == (5, 1, f.models)
    assert Dashboard(database).of(read_scope(ada, "2026-11-09", "2026-11-09")).attempts == 4
    assert Dashboard(database).of(read_scope(ada, "2026-11-01", "2026-11-08")).attempts == 5
    for wrong, field in (
        ({"first": "9. 11."}, "from"),
        ({"last": "0001-01-01"}, "to"),
        ({"model": "\0"}, "model"),
        ({"tag": "\ud800"}, "tag"),
    ):
        with pytest.raises(InputRefused) as refused:
            read_scope(ada, **wrong)
        assert refused.value.field == field


def test_exact_and_proxy_are_spread_apart_and_no_value_is_in_the_wrong_bin(database: Database) -> None:
    ada = person(database, "ada")
    sharp = [0.5, 3.25, 99.99, 100.0, 150.0, 1234.5, 1999.0]
    steady = [0.97, 0.9799999, 0.98, 0.98, 0.99, 1.0, 1.0]
    takes = [Take(0.5, exact=e, proxy=p, final=i == 5) for i, (e, p) in enumerate(zip(steady, sharp, strict=True))]
    video(database, ada, takes)
    f = Dashboard(database).of(read_scope(ada))
    assert [(m.name, m.kind, m.n, m.n_finals) for m in f.measures] == [(EXACT, "exact", 7, 1), (PROXY, "proxy", 7, 1)]
    assert [(m.name, m.reason) for m in f.missing] == [("vbench.subject_consistency", "This installation has no weights for it.")]
    for name, values in ((EXACT, steady), (PROXY, sharp)):
        found = measure(f, name)
        assert (found.least, found.most) == (min(values), max(values))
        assert found.mean == pytest.approx(sum(values) / 7)
        assert found.mean_finals == pytest.approx(values[5])
        assert found.bins[0].lo <= min(values) <= max(values) <= found.bins[-1].hi
        assert 5 <= len(found.bins) <= 24
        assert all(a.hi == b.lo for a, b in zip(found.bins, found.bins[1:], strict=False))
        for i, bin in enumerate(found.bins):
            last = i == len(found.bins) - 1
            assert bin.n == sum(bin.lo <= v < bin.hi or (last and v == bin.hi) for v in values), (name, bin)
            assert bin.n_finals == (bin.lo <= values[5] < bin.hi or (last and values[5] == bin.hi))


def test_what_is_kept_of_attempts_tells_the_same_as_the_database(database: Database) -> None:
    """Columns that are kept and cells that are counted in SQL, while attempts come, leave, and are looked at in part."""
    ada, bob = person(database, "ada"), person(database, "bob")
    dashboard = Dashboard(database)

    def same(who: str, **asked: str) -> int:
        scope = read_scope(who, **asked)
        values = select(AttemptMetric.id, AttemptMetric.name, AttemptMetric.value, FINAL.label("final"))
        values = values.where(AttemptMetric.attempt_id == VideoAttempt.id, *attempts_in(scope))
        with database.reading() as session:
            counted, missing = spread(session, AttemptMetric, values.subquery(), sqlite=database.is_sqlite)
        kept = dashboard.of(scope)
        assert kept.missing == missing
        for one, other in zip(kept.measures, counted, strict=True):
            assert replace(one, mean=0.0, mean_finals=0.0) == replace(other, mean=0.0, mean_finals=0.0)
            assert (one.mean, one.mean_finals) == (pytest.approx(other.mean, rel=1e-12), pytest.approx(other.mean_finals, rel=1e-12))
        return sum(measure.n for measure in counted)

    groups = fill(database, ada, 8)
    first = same(ada)
    assert first > same(ada, model="wan-2.2")
    fill(database, bob, 2)
    fill(database, ada, 3)
    more = same(ada)
    assert more > first
    assert same(bob) > 0
    with database.writing() as session:
        session.execute(delete(GenerationGroup).where(GenerationGroup.id == groups[0]))
    assert same(ada) < more
    assert same(ada, tag="nothing") == 0


def test_ads_count_as_a_whole_and_only_one_s_own(database: Database) -> None:
    ada, bob = person(database, "ada"), person(database, "bob")
    for sharpness, around in ((100.0, ""), (300.0, "a clip")):
        ad(database, ada, sharpness, around=around)
    ad(database, ada, 7.0, status=Status.FAILED)
    ad(database, bob, 5000.0)
    f = Dashboard(database).of(read_scope(ada))
    assert (f.ads, f.attempts, [m.name for m in f.ad_measures]) == (2, 0, [PROXY])
    assert (f.ad_measures[0].n, f.ad_measures[0].mean, f.ad_measures[0].most) == (2, 200.0, 300.0)
    assert (f.adoption.met, f.adoption.rate) == (1, 0.5)
    tagged = Dashboard(database).of(read_scope(ada, tag="spring"))
    assert (tagged.ads, tagged.ad_measures, tagged.adoption.rate) == (0, (), None)


def test_one_video_is_told_to_its_owner_and_as_a_table(database: Database) -> None:
    ada, bob = person(database, "ada"), person(database, "bob")
    takes = [Take(0.5, marked=True), Take(0.6, chosen=True)], [Take(0.7, marked=True, final=True), Take(0.65)]
    group = video(database, ada, *takes, title="=SUM(A1)", tag="@spring")
    dashboard = Dashboard(database)
    told = dashboard.video(ada, group)
    assert [(a.label, a.system, a.user, a.final) for a in told.attempts] == [
        ("1.1", True, False, False),
        ("1.2", False, True, False),
        ("2.1", True, False, True),
        ("2.2", False, False, False),
    ]
    labels = {a.id: a.label for a in told.attempts}
    assert [(number, labels[id]) for number, id in told.in_effect] == [(1, "1.2"), (2, "2.1")], "a person's choice goes before the mark"
    rows = list(csv.DictReader(io.StringIO(video_csv(told))))
    assert [(r["attempt"], r["ranking_score"], r["final_version"], r[EXACT]) for r in rows][2] == ("2.1", "0.7", "yes", "0.98")
    videos = list(csv.DictReader(io.StringIO(chart_csv(dashboard.of(read_scope(ada)), "videos"))))
    assert (videos[0]["title"], videos[0]["tag"]) == ("'=SUM(A1)", "'@spring"), "no spreadsheet computes what somebody typed"
    for stranger, id in ((bob, group), (ada, "nonsense"), (ada, bob)):
        with pytest.raises(NotFound):
            dashboard.video(stranger, id)


def test_every_chart_is_a_table_also_when_there_is_nothing(database: Database) -> None:
    ada, bob = person(database, "ada"), person(database, "bob")
    video(database, ada, [Take(0.5, marked=True, final=True)])
    for who, least in ((ada, 1), (bob, 0)):
        figures = Dashboard(database).of(read_scope(who))
        for chart in CHARTS:
            rows = list(csv.reader(io.StringIO(chart_csv(figures, chart))))
            assert all(len(row) == len(rows[0]) for row in rows), chart
            assert len(rows) - 1 >= (0 if chart == "ads" else least), chart


def test_the_figures_come_from_indexes(database: Database) -> None:
    ada, bob = person(database, "ada"), person(database, "bob")
    for who in (ada, bob):
        fill(database, who, 6)
        fill_ads(database, who, 6)
    asked: list[tuple[str, object]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, parameters: object, context: object, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    Dashboard(database).of(read_scope(ada, "2026-01-01", "2027-01-01"))
    questions, plans = list(asked), []
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET enable_seqscan = off"))  # few rows here; with many the planner needs no telling
        for statement, parameters in questions:
            explain = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
            rows = connection.exec_driver_sql(explain + statement, parameters)  # type: ignore[arg-type]
            plans.append("\n".join(str(row[-1]) for row in rows))
    assert len(plans) > 10
    for (statement, _), plan in zip(questions, plans, strict=True):
        for table in (
            "attempt_metrics",
            "quality_metrics",
            "video_attempts",
            "generation_groups",
            "generations",
            "iterations",
            "paid_calls",
        ):
            assert f"Seq Scan on {table}" not in plan, (statement, plan)
            assert f"SCAN {table}\n" not in f"{plan}\n", (statement, plan)
