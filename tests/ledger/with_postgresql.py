#!/usr/bin/env python3
"""Runs a command with a PostgreSQL server of its own, made for it and gone afterwards.

    python3 tests/ledger/with_postgresql.py COMMAND [ARGUMENT...]

The command finds the server's address in FAIRPRICE_TEST_POSTGRESQL. Without the server's programs (Debian: postgresql-15) the command runs without it,
and a line on standard error says so. A server refuses to run as root, so that root starts it as `nobody`. Exit status: the command's."""

import contextlib
import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile


def programs():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    if found:
        return pathlib.Path(found[-1]).parent
    there = shutil.which("initdb")
    return pathlib.Path(there).parent if there else None


@contextlib.contextmanager
def server(lasting=True):
    """The address of a running server, or None. Not `lasting`: nothing is flushed to disk, which no test of a killed client can tell."""
    where = programs()
    if where is None:
        yield None
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # the server must not outlive us
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fairprice-pg-"))
    as_whom = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    folder.chmod(0o755)  # the socket is for everybody
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    data = folder / "data"

    def run(*command):
        done = subprocess.run([str(one) for one in command], cwd=folder, env=environment, capture_output=True, text=True, **as_whom)
        if done.returncode != 0:
            raise SystemExit(f"with_postgresql: {command[0]}: {done.stdout}{done.stderr}")

    try:
        run(where / "initdb", "-D", data, "-U", "fairprice", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        run(where / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses='' -c max_connections=50 -c fsync={'on' if lasting else 'off'}", "start")
        run(where / "createdb", "-h", folder, "-U", "fairprice", "fairprice")
        yield f"postgresql://fairprice@/fairprice?host={folder}"
    finally:
        with contextlib.suppress(SystemExit):
            run(where / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    with server() as address:
        environment = dict(os.environ)
        if address is None:
            print("skipped: PostgreSQL: its server is not installed (Debian: postgresql-15)", file=sys.stderr)
        else:
            environment["FAIRPRICE_TEST_POSTGRESQL"] = address
        return subprocess.run(sys.argv[1:], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
