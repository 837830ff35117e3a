"""`python -m openmash` is `mash`."""

from openmash.cli import main

if __name__ == "__main__":
    main()
