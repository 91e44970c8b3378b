"""Which threads, workers and batch are fastest: the search, apart from how a speed is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

# Another setting than the one to begin with must be worth it: on a busy machine a measure is rough.
WORTHWHILE = 1.05
# One that takes more threads or processes must be worth it by this factor: it suffers more where others work.
WORTH_MORE = 1.3
# Rounds, of which the slowest counts: what suffers from a busy moment will suffer in a training too.
ROUNDS = 2
# The most a round takes, in seconds; steps are finished, so that one on a large model takes longer.
LONGEST_ROUND = 2.0
# Below this part of the best speed a setting is not looked at again.
HOPELESS = 0.5
# Settings that a whole search may measure twice, to share out the time.
EXPECTED = 12


@dataclass(frozen=True)
class Setting:
    """What a training can choose without changing what it learns. Batch times accumulation is constant."""

    threads: int
    workers: int
    batch_size: int
    gradient_accumulation: int


@dataclass(frozen=True)
class Found:
    """`same_batch`: with the first setting's batch. None: nothing was measured."""

    same_batch: Setting | None
    fastest: Setting | None
    complete: bool


# Tokens a second of a setting in about so many seconds; None where it does not fit into memory.
Measure = Callable[[Setting, float], "float | None"]


class SpeedSearch:
    """One group after the other (threads, workers, batches), each with the best of those before.

    `seconds_left` ends it: what is measured by then counts. `speeds` may be read from another thread.
    """

    def __init__(self, first: Setting, measure: Measure, seconds_left: Callable[[], float]) -> None:
        self.first = first
        self.speeds: dict[Setting, float] = {}
        self._measure = measure
        self._seconds_left = seconds_left
        self._unfit: set[Setting] = set()
        self._rounds: dict[Setting, int] = {}

    def run(self, threads: Sequence[int], workers: Sequence[int], batches: Sequence[int]) -> Found:
        """`batches`: sizes that divide batch times accumulation. The first setting is measured first."""
        self._round_robin([self.first])
        complete = self._round_robin([replace(self.first, threads=count) for count in threads])
        same = self.best(same_batch=True) or self.first
        product = self.first.batch_size * self.first.gradient_accumulation
        complete &= self._round_robin(
            [replace(same, batch_size=size, gradient_accumulation=product // size) for size in batches]
        )
        fastest = self.best() or self.first
        if fastest.batch_size != same.batch_size:
            # More rows at once may keep more threads busy.
            complete &= self._round_robin([replace(fastest, threads=count) for count in threads])
            fastest = self.best() or self.first
        for best in dict.fromkeys((same, fastest)):
            complete &= self._round_robin([replace(best, workers=count) for count in workers])
        return self.found(complete)

    def found(self, complete: bool) -> Found:
        return Found(self.best(same_batch=True), self.best(), complete)

    def best(self, same_batch: bool = False) -> Setting | None:
        """The fastest, with the fewest threads; the first setting unless another is clearly faster."""
        speeds = {
            setting: speed
            for setting, speed in list(self.speeds.items())
            if not same_batch or setting.batch_size == self.first.batch_size
        }
        # Where time ran out in a first round, one lucky moment must not beat what was measured in full.
        full = {setting: speed for setting, speed in speeds.items() if self._rounds.get(setting) == ROUNDS}
        speeds = full or speeds
        if not speeds:
            return None
        chosen, *others = sorted(speeds, key=lambda setting: (setting.threads, setting.workers))
        for setting in others:
            takes_more = setting.threads > chosen.threads or setting.workers > chosen.workers
            if speeds[setting] > (WORTH_MORE if takes_more else 1) * speeds[chosen]:
                chosen = setting
        if self.first in speeds and speeds[chosen] < WORTHWHILE * speeds[self.first]:
            return self.first
        return chosen

    def _round_robin(self, settings: Iterable[Setting]) -> bool:
        """Measures those not yet measured, in turn, so that a busy moment meets all; False: time ran out."""
        waiting = [setting for setting in dict.fromkeys(settings) if setting not in self.speeds]
        for _ in range(ROUNDS):
            for setting in waiting:
                if setting in self._unfit or self._is_hopeless(setting):
                    continue
                left = self._seconds_left()
                if left <= 0:
                    return False
                speed = self._measure(setting, min(LONGEST_ROUND, left / EXPECTED))
                if speed is None:
                    self._unfit.add(setting)
                else:
                    self._rounds[setting] = self._rounds.get(setting, 0) + 1
                    self.speeds[setting] = min(speed, self.speeds.get(setting, speed))
        return True

    def _is_hopeless(self, setting: Setting) -> bool:
        """So slow in its first round that a second would be a waste of the time there is."""
        return setting in self.speeds and self.speeds[setting] < HOPELESS * max(self.speeds.values())


def thread_choices(cores: int) -> list[int]:
    """1, 2, 4, … up to the cores, and the cores themselves."""
    return sorted({*(2**power for power in range(cores.bit_length())), cores})


def batch_choices(product: int) -> list[int]:
    """The divisors of batch times accumulation, the largest batch first."""
    return [size for size in range(product, 0, -1) if product % size == 0]
