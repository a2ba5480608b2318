"""Functions shared by script/import and script/export: Debian's modules, and psql's options."""

import importlib
import os
import shutil
import subprocess
import sys

OPTIONS = "dhpU"        # psql's options with an argument


def stop(message):
    sys.exit(f"{sys.argv[0]}: {message}")


def need(module, package):
    """Imports a module; installs its Debian package if it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError:
        pass
    if shutil.which("apt-get") is None:
        stop(f"this needs the Python module {module}")
    print(f"Installing {package} ...", flush=True)
    command = ["apt-get", "-y", "-q", "--no-install-recommends", "install", package]
    if os.geteuid() != 0:
        command.insert(0, "sudo")
    log = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if log.returncode:
        stop(f"{package} could not be installed:\n{log.stdout[-500:]}")
    importlib.invalidate_caches()
    return importlib.import_module(module)


def add_options(parser):
    """Adds psql's options; -h is the host, so help is --help."""
    parser.add_argument("--help", action="help", help="show this text")
    for flag in OPTIONS:
        parser.add_argument(f"-{flag}", metavar="…", help="as of psql")


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
