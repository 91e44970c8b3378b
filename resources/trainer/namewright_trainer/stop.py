"""Stopping on SIGTERM, SIGINT or the end of standard input.

Before the first step there is nothing to save, and the process exits at once. During training, the process
finishes the running step, writes a checkpoint and exits with 143. If that takes longer than the grace time,
it exits without a new checkpoint, and the run resumes from the last complete one.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

from .events import EventStream
from .failure import EXIT_CODES


class StopRequested(Exception):
    """Raised between two batches of an evaluation after a stop request."""


def _say(text: str) -> None:
    """Writes to standard error.

    If the host was killed, the pipe is broken. Later output, also from libraries, is then discarded
    instead of raising an error.
    """
    try:
        os.write(2, f"{text}\n".encode())
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)


class StopWatch:
    """Watches signals and, on request, standard input in separate threads, so no native call delays it."""

    def __init__(self, events: EventStream, grace_seconds: float = 5.0) -> None:
        self._events = events
        self.grace_seconds = grace_seconds
        self._requested = threading.Event()
        self._can_save = False
        self._resume_point: Callable[[], int | None] = lambda: None

    def start(self, watch_stdin: bool) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # Blocked in every thread and received by one with sigwait: a Python handler would only run
            # after the main thread returns from a long native call.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
            threading.Thread(target=self._watch_signals, daemon=True, name="signals").start()
        else:
            signal.signal(signal.SIGTERM, lambda *_: self.request("signal"))
            signal.signal(signal.SIGINT, lambda *_: self.request("signal"))
        if watch_stdin:
            threading.Thread(target=self._watch_stdin, daemon=True, name="stdin").start()

    def allow_saving(self, resume_point: Callable[[], int | None]) -> None:
        """Makes later stops wait for the end of the step; `resume_point` returns the step to resume from."""
        self._resume_point = resume_point
        self._can_save = True

    def nothing_more_to_save(self) -> None:
        """Training is over and its checkpoint is on disk: from here on a stop ends the process at once."""
        self._can_save = False
        if self.requested:
            self._leave()

    @property
    def requested(self) -> bool:
        return self._requested.is_set()

    def raise_if_requested(self) -> None:
        if self.requested:
            raise StopRequested

    def request(self, reason: str) -> None:
        if self.requested:
            return
        self._requested.set()
        _say(f"stop requested by {reason}")
        if not self._can_save:
            self._leave()
        timer = threading.Timer(self.grace_seconds * 0.9, self._leave)
        timer.daemon = True
        timer.start()

    def _leave(self) -> None:
        self._events.cancelled(self._resume_point())
        os._exit(EXIT_CODES["cancelled"])

    def _watch_signals(self) -> None:
        # A second signal changes nothing: Ctrl-C in a terminal reaches the whole group, and the workbench
        # then sends SIGTERM as well; the first must still get its checkpoint.
        while True:
            number = signal.sigwait({signal.SIGTERM, signal.SIGINT})
            self.request(signal.Signals(number).name)

    def _watch_stdin(self) -> None:
        while True:
            try:
                if not os.read(0, 4096):
                    break
            except OSError:
                break
        self.request("the end of standard input")
