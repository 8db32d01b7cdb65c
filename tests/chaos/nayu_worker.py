"""``nayu worker`` as a process of its own, with the settings of the tests."""

import sys
from argparse import ArgumentParser

from nayu.project.commands import worker

if __name__ == "__main__":
    parser = ArgumentParser()
    worker.add_arguments(parser)
    sys.exit(worker.run(parser.parse_args()))
