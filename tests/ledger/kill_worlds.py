"""What a command finds and leaves: a folder with the results of a run and the evidence, and a ledger in a file of it or in a database of the test's server."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import threading

import kill_months
import kill_scenarios
import with_postgresql

TIMEOUT_SECONDS = kill_scenarios.TIMEOUT_SECONDS
LOCK = 7310579607245939  # as engine/ledger/database.cpp has it
MISSING = ("there is no such ledger", "there is no ledger of fairprice here")


def tree(folder):
    """Every file below a folder by its name, with its bytes; None when there is no such folder."""
    if not folder.exists():
        return None
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def whole(left):
    """Without what a killed program leaves beside: names that no later command minds."""
    return left if left is None else {name: data for name, data in left.items() if ".partial-" not in name}


class Sqlite:
    name = "sqlite"

    def address(self, world):
        return "l.db"

    def clone(self, old, new):
        pass  # the file lies in the folder

    def drop(self, world):
        pass

    @contextlib.contextmanager
    def held(self, world):
        """Another program writes to the ledger, and does not end."""
        with contextlib.closing(sqlite3.connect(world.folder / "l.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield


class PostgreSql:
    """A database for each world; `server` is the address of the one that with_postgresql made."""

    name = "postgresql"

    def __init__(self, server):
        self.server, self.lock = server, threading.Lock()

    def database(self, world):
        return "w_" + "".join(c if c.isalnum() else "_" for c in world.name)

    def address(self, world):
        return self.server.replace("/fairprice?", f"/{self.database(world)}?")

    def sql(self, statement):
        with self.lock:  # one template is copied at a time
            subprocess.run([with_postgresql.programs() / "psql", "-X", "-q", "-d", self.server, "-c", statement], check=True, capture_output=True,
                           timeout=TIMEOUT_SECONDS)

    def clone(self, old, new):
        template = f" TEMPLATE {self.database(old)}" if old is not None else ""
        self.sql(f"CREATE DATABASE {self.database(new)}{template}")

    @contextlib.contextmanager
    def held(self, world):
        other = subprocess.Popen([with_postgresql.programs() / "psql", "-X", "-q", "-d", self.address(world)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            other.stdin.write(f"BEGIN; SELECT pg_advisory_xact_lock({LOCK}); SELECT 'held';\n")
            other.stdin.flush()
            while "held" not in (line := other.stdout.readline()):
                if not line:
                    raise AssertionError("psql does not take the lock")
            yield
        finally:
            other.kill()
            other.communicate()

    def drop(self, world):
        self.sql(f"DROP DATABASE IF EXISTS {self.database(world)} WITH (FORCE)")


class World:
    def __init__(self, store, program, folder):
        self.store, self.program, self.folder = store, program, folder
        self.name = folder.name

    def copy(self, folder):
        """The same again, elsewhere."""
        shutil.copytree(self.folder, folder)
        other = World(self.store, self.program, folder)
        self.store.clone(self, other)
        return other

    def gone(self):
        self.store.drop(self)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self):
        return self.store.address(self)

    def environment(self):
        environment = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        return environment | {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def run(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder, env=self.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=TIMEOUT_SECONDS)

    def export(self):
        """The ledger's lines; "" when there is none yet."""
        done = self.run("ledger", "export", "--blobs", "--store", self.address, "--lang", "en")
        if done.returncode != 0 and any(one in done.stderr for one in MISSING):
            return ""
        if done.returncode != 0:
            raise AssertionError(f"ledger export: status {done.returncode}: {done.stderr}")
        return done.stdout

    def verified(self):
        """What ledger verify finds; "" when all is as it should be, or nothing was written yet."""
        done = self.run("ledger", "verify", "--store", self.address, "--evidence", "evidence", "--lang", "en")
        if done.returncode == 0 or any(one in done.stderr for one in MISSING):
            return ""
        return f"ledger verify: status {done.returncode}: {done.stdout}{done.stderr}"

    def output(self):
        return whole(tree(self.folder / "out"))

    def evidence(self):
        return whole(tree(self.folder / "evidence"))


def without_clock(export):
    """Events without what the machine's clock says, and the digests that rest on it."""
    lines = []
    for line in export.splitlines():
        event = json.loads(line)
        event.pop("received_at", None)
        event.pop("previous", None)
        lines.append(event)
    return lines


class Worlds:
    """The states of kill_scenarios for one kind of store."""

    def __init__(self, store, program, scratch, files):
        self.store, self.program, self.files = store, program, files
        self.scratch = scratch / store.name
        self.scratch.mkdir()
        self.states, self.made, self.lock = {}, 0, threading.Lock()
        self.names = {}
        empty = World(store, program, self.scratch / "empty")
        empty.folder.mkdir()
        store.clone(None, empty)
        self.states["empty"] = empty
        for name, (before, commands) in kill_scenarios.STEPS.items():
            world = self.states[before].copy(self.scratch / name)
            for words in commands:
                done = world.run(*self.filled(words, world))
                if done.returncode != 0:
                    raise AssertionError(f"{store.name}: {name}: {' '.join(words)}: {done.stdout}{done.stderr}")
            self.states[name] = world
            if name == "november":
                self.learn(world)

    def learn(self, world):
        ids = kill_scenarios.open_to_evidence(self.program, world.address, world.folder)
        self.names = {f"case{i}": one for i, one in enumerate(ids)} | {"flood": "product:京瓷 M2040DN"}
        decisions = self.files / "decisions.csv"
        if not decisions.exists():
            decisions.write_text(kill_scenarios.decisions(ids), encoding="utf-8")
            (self.files / "export.jsonl").write_text(world.export(), encoding="utf-8")

    def filled(self, words, world):
        names = self.names | {"store": world.address, "files": str(self.files)}
        filled = []
        for word in words:
            for name, value in names.items():
                word = word.replace("{" + name + "}", value)
            filled.append(word)
        return filled

    def fresh(self, state):
        with self.lock:
            self.made += 1
            number = self.made
        return self.states[state].copy(self.scratch / f"t{number}")


def write_files(folder):
    """Inputs of all commands."""
    folder.mkdir()
    for period in ("2023-10", "2023-11", "2023-12"):
        kill_months.write_month(folder / period, period)
    kill_months.write_month(folder / "2023-11-corrected", "2023-11", revised=True)
    (folder / "sample").symlink_to(kill_months.SAMPLE)
    (folder / "invoice.pdf").write_bytes(b"%PDF-1.4 paid 1300.00\n" * 400)
    return pathlib.Path(folder)
