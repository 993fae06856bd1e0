"""``python server.py`` is ``kg serve``."""

import sys

from kg.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
