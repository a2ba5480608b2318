"""Functions shared by the programs of script/: messages, Debian's modules, and psql's options."""

import importlib
import os
import shutil
import subprocess
import sys

from programs_chinese import CHINESE

OPTIONS = "dhpU"        # psql's options with an argument

sys.stdout.reconfigure(errors="backslashreplace")   # as stderr, if the terminal has no Chinese characters


def chinese():
    """Whether messages are in Chinese; as in gettext, LANGUAGE does not count in the locale C."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if locale not in ("C", "POSIX"):
        locale = os.environ.get("LANGUAGE") or locale
    return locale.lower().startswith("zh")


def say(english, **values):
    """Returns a message in the user's language, with its values in place of {names}."""
    return (CHINESE[english] if chinese() else english).format(**values)


def told(english, **values):
    """Prints a message."""
    print(say(english, **values), flush=True)


def stop(english, **values):
    sys.exit(f"{sys.argv[0]}: {say(english, **values)}")


def need(module, package):
    """Imports a module; installs its Debian package if it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        pass
    if shutil.which("apt-get") is None:
        stop("this needs the Python module {module}", module=module)
    told("Installing {package} ...", package=package)
    command = ["apt-get", "-y", "-q", "--no-install-recommends", "install", package]
    if os.geteuid() != 0:
        command.insert(0, "sudo")
    log = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if log.returncode:
        stop("{package} could not be installed:\n{log}", package=package, log=log.stdout[-500:])
    importlib.invalidate_caches()
    return importlib.import_module(module)


def add_options(parser):
    """Adds psql's options; -h is the host, so help is --help."""
    parser.add_argument("--help", action="help", help=say("show this text"))
    for flag in OPTIONS:
        parser.add_argument(f"-{flag}", metavar="…", help=say("as of psql"))


def start_psql(options, *arguments):
    """Starts psql, which reads a script and stops at the first error."""
    command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *arguments]
    for flag in OPTIONS:
        if getattr(options, flag):
            command += [f"-{flag}", getattr(options, flag)]
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                encoding="utf-8", env={**os.environ, "PGCLIENTENCODING": "UTF8"})
    except FileNotFoundError:
        stop("psql is not installed")
