"""
One file a command of ``nayu``, found by its name (``create-lao`` is ``create_lao.py``).

Each has ``HELP`` (Thai, English), ``add_arguments(parser)`` and ``run(arguments) -> int``, the exit
code. A command that asks the database calls ``django.setup()`` itself, so that ``--help`` and the
commands that need no database stay fast.
"""
