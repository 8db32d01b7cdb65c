"""``nayu worker``: runs the background jobs, as the app role."""

from argparse import SUPPRESS, ArgumentParser, Namespace

from django.utils.module_loading import import_string

from nayu.project.installation import database

HELP = (
    "ทำงานเบื้องหลัง ลองใหม่เมื่อผิดพลาด และทำงานที่ค้างอยู่ต่อให้เสร็จ",
    "Run the background jobs, try failed ones again, finish stalled ones.",
)

_OPTIONS: dict[str, tuple[type[int] | type[float], str, str]] = {
    "threads": (int, "จำนวนงานที่ทำพร้อมกัน", "jobs at the same time"),
    "heartbeat": (float, "แจ้งว่ายังทำงานอยู่ทุกกี่วินาที", "seconds between signs of life"),
    "stalled_after": (
        float,
        "เงียบเกินกี่วินาทีจึงถือว่าหยุดไปแล้ว อย่างน้อยสองเท่าของ heartbeat",
        "seconds of silence after which a worker counts as gone, twice the heartbeat or more",
    ),
    "polling": (float, "ดูงานที่ถึงเวลาทุกกี่วินาที", "seconds between looks for jobs that are due"),
    "grace": (
        float,
        "ให้เวลางานที่ทำอยู่กี่วินาทีเมื่อสั่งหยุด",
        "seconds that a running job gets to finish when told to stop",
    ),
}


def add_arguments(parser: ArgumentParser) -> None:
    for name, (kind, thai, english) in _OPTIONS.items():
        # Left out, so that the defaults stand in one place: nayu.kernel.events.worker.Options.
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=kind, default=SUPPRESS, help=f"{thai} / {english}"
        )


def run(arguments: Namespace) -> int:
    given = {name: value for name, value in vars(arguments).items() if name in _OPTIONS}
    with database("app"):
        # By name, because the kernel's models can be imported only now.
        options = import_string("nayu.kernel.events.worker.Options")
        work = import_string("nayu.kernel.events.worker.work")
        return int(work(options(**given)))
