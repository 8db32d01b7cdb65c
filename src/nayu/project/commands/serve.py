"""``nayu serve``."""

import argparse

from nayu.project import env, preparing, serving, web
from nayu.project.installation import become, here, is_embedded, start_without_owner
from nayu.project.terminal import say

HELP = (
    "เปิดเว็บและตัวทำงานเบื้องหลังไปด้วยกัน พร้อมฐานข้อมูลในเครื่อง",
    "Run web and worker together, with the embedded database.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(arguments: argparse.Namespace) -> int:
    del arguments
    start_without_owner()
    if is_embedded():
        here().must_have_database()
    with serving.claimed() as house:
        keeper = web.reserve_exactly(env.BIND.text(), env.PORT.number())
        become("app", house.embedded)
        # In a copy of this process, so that what migrations bring along is not kept by who serves.
        with serving.meanwhile(_prepare):
            web.preload()
        host, port = env.BASE_HOST.text(), env.PORT.number()
        serving.live(
            house,
            keeper,
            host=host,
            ready=lambda: say(f"พร้อมแล้วที่ {host}:{port}", f"Ready at {host}:{port}."),
        )
    return 0


def _prepare() -> int:
    preparing.must_be_migrated()
    preparing.publish_static()
    return 0
