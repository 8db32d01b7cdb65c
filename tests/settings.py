"""The real settings, plus the tiny room; the database is put in place by ``tests/conftest.py``."""

import base64
import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "host=unset dbname=unset user=unset password=unset")
os.environ.setdefault("NAYU_SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("NAYU_KEYS", "k1:" + base64.b64encode(b"only-for-tests--" * 2).decode())
os.environ.setdefault("NAYU_DATA_DIR", tempfile.mkdtemp(prefix="nayu-tests-"))
os.environ.setdefault("NAYU_DEMO", "1")
os.environ.setdefault("NAYU_METRICS_TOKEN", "only-for-tests")

from nayu.project.settings import *

INSTALLED_APPS += ["tests.room"]
DATABASES["reader"] = database(os.environ["DATABASE_URL"], options=NOTICES_THE_DEAD)
DATABASES["owner"] = database(os.environ["DATABASE_URL"], options=OWNER_PATIENCE)

# Where the built static files would be; whitenoise warns when there is no such folder.
Path(os.environ["NAYU_DATA_DIR"], "static").mkdir(exist_ok=True)
