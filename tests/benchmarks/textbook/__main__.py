"""Make the textbook's tables; run with its settings."""

from django.core.management import call_command

if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
