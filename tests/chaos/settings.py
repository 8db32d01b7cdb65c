"""The real settings of an installation, plus the tiny room behind a door that lingers."""

from nayu.project.settings import *

INSTALLED_APPS += ["tests.room"]
MIDDLEWARE.insert(0, "tests.chaos.lingering.AfterCommit")
ROOT_URLCONF = "tests.chaos.urls"
