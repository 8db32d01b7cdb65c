"""Every expected "no" of backup and restore."""

from django.utils.translation import gettext_lazy as _

from nayu.kernel.errors import Refused


class BackupRefused(Refused):
    """``detail`` names files, tables or versions, never what is in them."""

    sentence = _("The backup or restore was not done.")

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.sentence} ({self.detail})" if self.detail else str(self.sentence)


class AlreadyRunning(BackupRefused):
    sentence = _("Another backup or restore is running. Wait until it has ended.")


class NoRoom(BackupRefused):
    sentence = _("The disk has too little free space. Nothing was changed.")


class MediaUnreadable(BackupRefused):
    sentence = _("A media file cannot be backed up: it is not an ordinary file, or it changed.")


class NoSuchFile(BackupRefused):
    sentence = _("There is no such file. Nothing was changed.")


class BadIdentity(BackupRefused):
    sentence = _("The file given as backup key holds no age identity. Nothing was changed.")


class BadRecipient(BackupRefused):
    sentence = _("NAYU_BACKUP_RECIPIENT is not an age recipient (age1…). No backup was made.")


class WrongKey(BackupRefused):
    sentence = _(
        "This key does not open the backup, or the beginning of the file is damaged."
        " Nothing was changed."
    )


class DamagedBackup(BackupRefused):
    sentence = _("The backup is cut short or damaged. Nothing was changed.")


class NewerBackup(BackupRefused):
    sentence = _(
        "The backup was made by a newer Nayu. Install that version first. Nothing was changed."
    )


class MasterKeysMissing(BackupRefused):
    sentence = _(
        "NAYU_KEYS does not hold the master keys of this backup, so its sealed fields could never"
        " be read. Set NAYU_KEYS as on the old machine. Nothing was changed."
    )


class DatabaseNotEmpty(BackupRefused):
    sentence = _("The database is not empty. Restore into an empty one. Nothing was changed.")


class MediaNotEmpty(BackupRefused):
    sentence = _("The media folder is not empty. Move its files away. Nothing was changed.")


class DatabaseInUse(BackupRefused):
    sentence = _("Nayu is running on this database. Stop it first. Nothing was changed.")


class RolesMissing(BackupRefused):
    sentence = _("The database lacks the roles of Nayu. Prepare it first. Nothing was changed.")


class ProgramsTooOld(BackupRefused):
    sentence = _("The PostgreSQL programs are older than the server. Set NAYU_POSTGRES_BIN.")


class ServerTooOld(BackupRefused):
    sentence = _("The backup comes from a newer PostgreSQL than this server. Nothing was changed.")


class ProgramFailed(BackupRefused):
    sentence = _("A program of PostgreSQL failed. The database is as it was.")


class ErasedListDamaged(BackupRefused):
    sentence = _("The list of erased ids beside the backup cannot be read. Nothing was changed.")


class NotAsBackedUp(BackupRefused):
    sentence = _(
        "What was restored differs from the backup. The database stays closed to Nayu: drop it,"
        " and use another backup."
    )


class ErasedWouldReturn(BackupRefused):
    sentence = _(
        "Erased rows came back and could not be deleted again. The database stays closed to Nayu."
    )
