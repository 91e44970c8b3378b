"""The search for the fastest setting, on machines that are made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from namewright_trainer.speed_search import Found, Setting, SpeedSearch, batch_choices, thread_choices

FIRST = Setting(threads=4, workers=0, batch_size=1, gradient_accumulation=8)


def search(
    speed: Callable[[Setting], float | None], first: Setting = FIRST, measures: int = 1000
) -> tuple[SpeedSearch, list[Setting]]:
    """A search whose time suffices for so many measures, and what was measured, in order."""
    measured: list[Setting] = []

    def measure(setting: Setting, _seconds: float) -> float | None:
        measured.append(setting)
        return speed(setting)

    return SpeedSearch(first, measure, lambda: float(measures - len(measured))), measured


def run(searching: SpeedSearch, product: int = 8) -> Found:
    return searching.run([1, 2, 4], [0, 2], batch_choices(product))


def test_searches_each_group_with_the_best_of_earlier_ones() -> None:
    def speed(setting: Setting) -> float:
        # One thread is best for one row, two for many; workers hinder; the larger the batch the better.
        ideal = 1 if setting.batch_size < 4 else 2
        return 100 * setting.batch_size / (1 + abs(setting.threads - ideal)) - 5 * setting.workers

    searching, measured = search(speed)
    found = run(searching)
    assert found.complete
    assert found.same_batch == replace(FIRST, threads=1)
    assert found.fastest == Setting(threads=2, workers=0, batch_size=8, gradient_accumulation=1)
    assert measured[0] == FIRST
    assert {setting.batch_size * setting.gradient_accumulation for setting in measured} == {8}


def test_keeps_the_first_setting_unless_another_is_clearly_faster() -> None:
    found = run(search(lambda setting: 100.0 if setting == FIRST else 104.0)[0])
    assert (found.same_batch, found.fastest) == (FIRST, FIRST)


def test_selects_more_threads_and_workers_only_for_a_clear_gain() -> None:
    first = replace(FIRST, threads=1)
    modest = search(lambda it: 100.0 + 10 * it.threads if it.workers == 0 else 120.0, first)[0]
    assert run(modest).fastest == first
    worthwhile = search(lambda it: 100.0 * it.threads, first)[0]
    assert run(worthwhile).fastest == replace(first, threads=4)


def test_omits_a_batch_that_does_not_fit_and_does_not_retry_it() -> None:
    searching, measured = search(lambda it: None if it.batch_size > 2 else 10.0 * it.batch_size)
    found = run(searching)
    assert found.fastest is not None
    assert found.fastest.batch_size == 2
    assert sum(setting.batch_size == 8 for setting in measured) == 1


def test_counts_the_slower_of_two_rounds_and_measures_slow_settings_once() -> None:
    rounds: dict[Setting, int] = {}

    def speed(setting: Setting) -> float:
        rounds[setting] = rounds.get(setting, 0) + 1
        return {1: 100.0, 2: 10.0, 4: 500.0 / rounds[setting] ** 2}[setting.threads]

    first = replace(FIRST, gradient_accumulation=1)
    searching, _ = search(speed, first)
    found = run(searching, product=1)
    assert found.fastest == first
    assert rounds[replace(first, threads=2)] == 1
    assert rounds[first] == 2


def test_when_time_runs_out_uses_only_complete_measurements() -> None:
    # The first twice, then two others in turn: after four measures they have one round each, after six two.
    for measures, fastest in ((4, FIRST), (6, replace(FIRST, threads=1))):
        searching, measured = search(lambda setting: 10.0 / setting.threads, measures=measures)
        found = run(searching)
        assert not found.complete
        assert len(measured) == measures
        assert found.fastest == fastest


def test_uses_a_single_round_of_the_first_setting_if_there_is_no_other() -> None:
    assert run(search(lambda _: 1.0, measures=1)[0]).fastest == FIRST


def test_returns_no_result_without_time() -> None:
    found = run(search(lambda _: 1.0, measures=0)[0])
    assert (found.same_batch, found.fastest, found.complete) == (None, None, False)


def test_choices() -> None:
    assert thread_choices(1) == [1]
    assert thread_choices(6) == [1, 2, 4, 6]
    assert thread_choices(8) == [1, 2, 4, 8]
    assert batch_choices(1) == [1]
    assert batch_choices(12) == [12, 6, 4, 3, 2, 1]
