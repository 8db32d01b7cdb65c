"""Jobs as procrastinate keeps them, reached through Django's connection."""

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.retry import RetryStrategy

#: The name of the one task behind every event, as it stands in the jobs table.
DELIVER = "nayu.deliver"
QUEUE = "events"

#: A job is given up on after this many tries beyond the first.
RETRIES = 10
#: Waits 3, 9, 27 … seconds, 3 ** 10 at last: a bit more than a day in all.
BACK_OFF = RetryStrategy(max_attempts=RETRIES, exponential_wait=3)

# Not the manager of procrastinate's app: inside a worker that one has connections of its own, and
# a job deferred there would outlive the rollback of the change that announced it.
in_our_transaction = JobManager(DjangoConnector())
