"""``python -m report`` runs the command ``report``."""

from report.cli.main import main

if __name__ == "__main__":
    main()
