"""How long pages take to answer, for the benchmark: the whole answer within one process, network and browser aside."""

from collections.abc import Iterable
from time import perf_counter

import numpy as np
from django.test import Client


def time_pages(addresses: Iterable[str], rounds: int = 50, client: Client | None = None) -> dict[str, float]:
    """The 95th percentile of each page's time in milliseconds once it is warm.

    The first two answers are left out: they fill the caches, as the first visitor after a release does. Raises
    RuntimeError where a page does not answer 200.
    """
    client = client or Client()
    slowest = {}
    for address in addresses:
        times = []
        for _ in range(rounds + 2):
            started = perf_counter()
            status = client.get(address, headers={"host": "localhost"}).status_code
            times.append((perf_counter() - started) * 1000)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")
        slowest[address] = float(np.percentile(times[2:], 95))
    return slowest
