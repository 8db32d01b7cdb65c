"""รายการรหัสที่ลบแล้ว"""

from django.db import models

from nayu.kernel.tenancy import LaoOwned


class Erased(LaoOwned):
    """รหัสที่ลบแล้ว: the id of a row that was erased, so that no backup brings it back."""

    table_name = models.CharField(max_length=63)
    row_id = models.UUIDField()
    erased_at = models.DateTimeField()

    class Privacy:
        kind = "C1"
        personal: set[str] = set()
        harmless = {"table_name"}
        keep = "forever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lao", "table_name", "row_id"], name="kernel_erased_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
