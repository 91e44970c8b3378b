"""Which threads, workers and batch are fastest: the search, apart from how a speed is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

# A setting must be this much faster to replace the first one: measurements on a busy machine are rough.
WORTHWHILE = 1.05
# A setting with more threads or processes must be faster by this factor: it suffers more from other load.
WORTH_MORE = 1.3
# Number of rounds, of which the slowest counts: a setting that suffers from load will suffer in training too.
ROUNDS = 2
# Maximum seconds of a round; running steps are finished, so a large model may take longer.
LONGEST_ROUND = 2.0
# A setting below this share of the best speed gets no second round.
HOPELESS = 0.5
# Settings that a whole search may measure twice, to divide the time.
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


# Measures tokens per second of a setting for about the given seconds; None if it does not fit in memory.
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
            # Larger batches may keep more threads busy.
            complete &= self._round_robin([replace(fastest, threads=count) for count in threads])
            fastest = self.best() or self.first
        for best in dict.fromkeys((same, fastest)):
            complete &= self._round_robin([replace(best, workers=count) for count in workers])
        return self.found(complete)

    def found(self, complete: bool) -> Found:
        return Found(self.best(same_batch=True), self.best(), complete)

    def best(self, same_batch: bool = False) -> Setting | None:
        """Returns the fastest setting with the fewest threads; the first unless another is clearly faster."""
        speeds = {
            setting: speed
            for setting, speed in list(self.speeds.items())
            if not same_batch or setting.batch_size == self.first.batch_size
        }
        # If time ran out in a first round, a lucky measurement must not beat complete ones.
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
        """Measures the remaining settings in turn, so a busy moment affects all; False if time ran out."""
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
        """Returns True for a setting too slow in its first round to deserve a second."""
        return setting in self.speeds and self.speeds[setting] < HOPELESS * max(self.speeds.values())


def thread_choices(cores: int) -> list[int]:
    """Returns 1, 2, 4, … up to the number of cores, and that number itself."""
    return sorted({*(2**power for power in range(cores.bit_length())), cores})


def batch_choices(product: int) -> list[int]:
    """Returns the divisors of batch times accumulation, the largest batch first."""
    return [size for size in range(product, 0, -1) if product % size == 0]
