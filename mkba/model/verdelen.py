"""Independent parts of one calculation, spread over any ``concurrent.futures`` executor: :func:`verdeel`."""

import pickle
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Executor, Future
from functools import cached_property, lru_cache
from typing import Any, Final, Generic, TypeVar
from uuid import uuid4

Deel = TypeVar("Deel")
Uit = TypeVar("Uit")

VOORUIT: Final = 256
"""Parts under way at once: enough for some hundred cores, and a bound on what waits in memory; no source."""


class Werk(Generic[Deel, Uit]):
    """A function of one part that travels compressed, and that a process unpacks only once.

    With each part the whole catalogue goes along: packed it is a tenth, and reading it again takes milliseconds.
    """

    def __init__(self, functie: Callable[[Deel], Uit]) -> None:
        self.functie = functie
        self.__name__ = "mkba"  # how a dashboard of dask groups the parts

    def __call__(self, deel: Deel) -> Uit:
        return self.functie(deel)

    @cached_property
    def ingepakt(self) -> bytes:
        return zlib.compress(pickle.dumps(self.functie))

    @cached_property
    def kenmerk(self) -> str:
        return uuid4().hex

    def __dask_tokenize__(self) -> str:
        # dask names a task by what it calculates; a part of a run that was broken off may not be taken for this one
        return self.kenmerk

    def __reduce__(self) -> tuple[Any, ...]:
        return _pak_uit, (self.ingepakt,)


@lru_cache(maxsize=4)
def _pak_uit(ingepakt: bytes) -> Werk[Any, Any]:
    return Werk(pickle.loads(zlib.decompress(ingepakt)))


def verdeel(
    functie: Callable[[Deel], Uit], delen: Iterable[Deel], executor: Executor | None
) -> Generator[Uit, None, None]:
    """``functie`` of every part, in the order of ``delen``; without an executor here, one after the other.

    ``delen`` is read as the work advances, at most ``VOORUIT`` parts ahead, and a result is let go once it is
    yielded: memory does not grow with their number. For processes and clusters ``functie``, the parts and the
    results must pickle. Closing the iterator (or an error) withdraws the parts that did not start.
    """
    if executor is None:
        yield from map(functie, delen)
        return
    werk = Werk(functie)
    lopend: deque[Future[Uit]] = deque()
    try:
        for deel in delen:
            lopend.append(executor.submit(werk, deel))
            if len(lopend) == VOORUIT:
                yield lopend.popleft().result()
        while lopend:
            yield lopend.popleft().result()
    finally:
        for toekomst in lopend:
            toekomst.cancel()
