"""What the doors remember: answers already given, and how much was asked of them."""

from django.db import models

from nayu.kernel.tenancy import LaoOwned


class GivenAnswer(LaoOwned):
    """The answer to a write that was acknowledged, or may have been: it is given again."""

    #: SHA-256 in hex of the key that came with the form.
    key = models.CharField(max_length=64)
    #: HMAC in hex over visitor, address of the page and body.
    bound_to = models.CharField(max_length=64)
    #: Empty while the write is under way, which only its own transaction can see.
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    json = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Privacy:
        kind = "C2"
        personal = {"location", "json"}  # may name a person's own receipt
        harmless = {"key", "bound_to"}
        keep = "48h after made_at"
        swept = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lao", "key"], name="kernel_givenanswer_key_once"),
        ]
        # By which it is swept, LAO by LAO.
        indexes = [models.Index(fields=["lao", "made_at"], name="kernel_givenanswer_old")]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"


class RateBucket(models.Model):
    """
    How full one bucket is (GCRA): one row for each rule, LAO and address or person.

    Not a row of an LAO for the walls, because it is written outside any transaction; its key names
    the LAO, and nothing can be read out of it.
    """

    #: HMAC in hex; neither address nor person is kept.
    key = models.CharField(primary_key=True, max_length=64)
    #: When the bucket will be empty again.
    empty_at = models.DateTimeField()
    #: The last try found it full.
    refused = models.BooleanField()

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        harmless = {"key"}
        keep = "1h after empty_at"
        swept = True

    def __str__(self) -> str:
        return self.key
