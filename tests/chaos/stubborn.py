"""A worker's last moments with a task that swallows its cancellation."""

import asyncio
import contextlib

import django
from django.utils.module_loading import import_string


async def _stubborn() -> None:
    while True:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)


async def _main() -> None:
    task = asyncio.create_task(_stubborn())
    await asyncio.sleep(0)
    await import_string("nayu.kernel.events.worker.let_go")(7)
    task.cancel()


if __name__ == "__main__":
    django.setup()
    asyncio.run(_main())
