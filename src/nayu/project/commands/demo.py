"""``nayu demo``."""

import argparse
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from django.utils.module_loading import import_string

from nayu.project import env, preparing, serving, web
from nayu.project.demo_laos import DEMO_LAOS
from nayu.project.installation import become
from nayu.project.serving import House
from nayu.project.terminal import say, step

HELP = (
    "สาธิต: ตั้งระบบพร้อมสามเทศบาลตัวอย่างแล้วเปิดใช้ทันที",
    "Demonstration: set everything up with three example municipalities, and serve it.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        help="พิมพ์ที่อยู่เป็น JSON เมื่อพร้อม · print the addresses as JSON once ready",
    )


def run(arguments: argparse.Namespace) -> int:
    os.environ[env.DEMO.name] = "1"
    with serving.claimed() as house:
        with (
            step("เตรียมข้อมูลแล้ว", "The data is in place."),
            serving.meanwhile(lambda: _prepare(house)),
        ):
            become("app", house.embedded)
        wanted = env.PORT.number()
        with web.reserve_next(env.BIND.text(), wanted) as keeper:
            address, port = keeper.getsockname()[:2]
            if port != wanted:
                say(
                    f"พอร์ต {wanted} มีโปรแกรมอื่นใช้อยู่ จึงใช้ {port} แทน",
                    f"Port {wanted} is in use, so this is {port}.",
                )
            found = addresses(serving.loopback(address), port)
            serving.live(
                house,
                keeper,
                host=env.BASE_HOST.text(),
                ready=lambda: _tell(found, as_json=arguments.json),
            )
    return 0


def _prepare(house: House) -> int:
    if house.embedded is not None:
        house.embedded.prepare_roles()
    become("owner", house.embedded)
    preparing.migrate()
    # Models can be imported only now that Django is set up.
    import_string("nayu.project.demo_data.fill")()
    preparing.publish_static()
    return 0


def addresses(address: str, port: int) -> dict[str, Any]:
    """Where everything answers, for people and for tools that cannot resolve ``*.localhost``."""

    def place(host: str) -> dict[str, Any]:
        return {"host": host, "url": f"http://{host}:{port}/", "address": address, "port": port}

    return {
        "laos": [{**asdict(lao), **place(lao.host)} for lao in DEMO_LAOS],
        "portal": place(env.BASE_HOST.text()),
        "pid": os.getpid(),
    }


def _tell(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        return
    say("พร้อมแล้ว เปิดดูได้ที่", "Ready. Open in a browser:")
    for lao in found["laos"]:
        say(f"  {lao['url']}  {lao['name_th']}", lao["name_en"])
    say(f"  {found['portal']['url']}  เครือข่ายทั้งหมด", "the whole network")
    say("กด Ctrl-C เพื่อหยุด", "Ctrl-C stops everything.")
