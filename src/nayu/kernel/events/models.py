from django.db import connection, models

from nayu.kernel.scope import here
from nayu.kernel.tenancy import LaoOwned, new_id


class Delivered(LaoOwned):
    """
    A subscriber has had an event. Written in the transaction of its effect, so a job that runs
    again finds it and does nothing.
    """

    event_id = models.UUIDField()
    subscriber = models.CharField(max_length=120)

    class Privacy:
        kind = "C0"
        personal: set[str] = set()
        harmless = {"subscriber"}
        keep = "30d"

    class Meta:
        constraints = [
            # Also the index by which old rows are found: event ids are ordered by time.
            models.UniqueConstraint(
                fields=["lao", "event_id", "subscriber"], name="kernel_delivered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.subscriber}"

    @classmethod
    def first_time(cls, *, event_id: str, subscriber: str) -> bool:
        """
        Claim the delivery, in the caller's transaction.

        A second claim waits for the first one's transaction and then is told ``False``, or takes
        over when that was rolled back.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO kernel_delivered (id, lao_id, event_id, subscriber)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT (lao_id, event_id, subscriber) DO NOTHING",
                [new_id(), here(), event_id, subscriber],
            )
            written: int = cursor.rowcount
        return written == 1
