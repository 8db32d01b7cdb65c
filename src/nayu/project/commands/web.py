"""``nayu web``."""

import argparse

from nayu.project import env, preparing, web
from nayu.project.installation import database

HELP = ("เปิดเฉพาะเว็บเซิร์ฟเวอร์", "Run the web server alone.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(arguments: argparse.Namespace) -> int:
    del arguments
    with database("app"):
        preparing.must_be_safe()
        preparing.publish_static()
        with web.reserve_exactly(env.BIND.text(), env.PORT.number()) as keeper:
            web.preload()
            return web.serve(*keeper.getsockname()[:2])
