"""The real settings, plus the tiny room and the benchmark's pages."""

from nayu.project.settings import *

INSTALLED_APPS += ["tests.room", "benchmarks.site"]
ROOT_URLCONF = "benchmarks.site.urls"
# The innermost one, with a way around it for the pages that show what it costs.
MIDDLEWARE[-1:] = ["benchmarks.site.middleware.ScopeOrNot"]
