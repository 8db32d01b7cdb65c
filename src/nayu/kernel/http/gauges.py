"""What is measured when monitoring asks: by whichever process is asked, for all of them."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from nayu.kernel import events


class Now(Collector):
    """Without a database the page still comes; it lacks the jobs and says why."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        free = shutil.disk_usage(settings.DATA_DIR).free
        yield _gauge("nayu_disk_free_bytes", "Free in the data folder.", free)
        try:
            numbers = events.numbers()
        except (DatabaseError, InterfaceError):
            yield _gauge("nayu_database_up", "1 when it answers.", 0)
            return
        yield _gauge("nayu_database_up", "1 when it answers.", 1)
        jobs = GaugeMetricFamily("nayu_jobs", "Jobs that are not done, by state.", labels=["state"])
        for state in ("todo", "doing", "failed"):
            jobs.add_metric([state], getattr(numbers, state))
        yield jobs
        oldest = numbers.oldest.total_seconds()
        yield _gauge("nayu_oldest_job_seconds", "Age of the oldest job todo or doing.", oldest)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
