"""``nayu create-lao``."""

import argparse

from django.utils import timezone, translation
from django.utils.module_loading import import_string

from nayu.kernel.errors import Refused
from nayu.kernel.permissions import System
from nayu.project.installation import database
from nayu.project.terminal import CommandRefused, say

HELP = ("เพิ่มองค์กรปกครองส่วนท้องถิ่นหนึ่งแห่ง", "Take one local government into this installation.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--code", required=True, help="รหัส อปท. 8 หลัก · code of eight digits")
    parser.add_argument("--name-th", required=True, help="ชื่อภาษาไทย · name in Thai")
    parser.add_argument("--name-en", required=True, help="ชื่อภาษาอังกฤษ · name in English")
    parser.add_argument("--host", required=True, help="ชื่อโฮสต์ของเว็บไซต์ · host of its website")


def run(arguments: argparse.Namespace) -> int:
    with database("app"):
        # Models can be imported only now that Django is set up.
        create_lao = import_string("nayu.places.api.create_lao")
        try:
            lao = create_lao(**vars(arguments), by=System("cli"), now=timezone.now())
        except Refused as refusal:
            raise in_both_languages(refusal) from refusal
        say(f"เพิ่ม{lao.name_th}แล้ว ที่ {lao.host}", f"{lao.name_en} now answers at {lao.host}.")
    return 0


def in_both_languages(refusal: Refused) -> CommandRefused:
    with translation.override("th"):
        thai = str(refusal)
    with translation.override("en"):
        return CommandRefused(thai, str(refusal))
