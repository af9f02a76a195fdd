"""`python -m ncriteria` is the command line."""

from ncriteria.cli import main

main()
