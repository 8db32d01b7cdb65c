"""Django's own checks, under the settings of a real installation instead of the demonstration."""

import base64
import os
import secrets
import sys
import warnings

import django
from django.core.management import call_command

_PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "nayu.project.settings",
    "DATABASE_URL": "host=unused dbname=unused user=unused",
    "NAYU_DEMO": "0",
    "NAYU_SECRET_KEY": secrets.token_urlsafe(64),
    "NAYU_KEYS": "k1:" + base64.b64encode(secrets.token_bytes(32)).decode(),
}


def main() -> int:
    os.environ.update(_PRODUCTION)
    django.setup()
    call_command("check", deploy=True, fail_level="WARNING")
    # It would like to compare with a database too; the suite does that on a real one.
    warnings.filterwarnings("ignore", message="Got an error checking", category=RuntimeWarning)
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
