"""`python -m summitry` is the command `summitry`."""

from summitry.tools.cli import main

main()
