"""Many commands on one ledger at the same time: each is served after the others or refused with a word, and the chain is whole."""

import collections
import json
import subprocess

import kill_scenarios

REFUSED = "another program is writing to this ledger"


class Wrong(Exception):
    """What a check found."""


def demand(condition, text):
    if not condition:
        raise Wrong(text)


def all_at_once(world, commands):
    """(status, stderr) of each, started one right after another."""
    running = [subprocess.Popen([world.program, *words], cwd=world.folder, env=world.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True) for words in commands]
    ends = []
    for one in running:
        _, said = one.communicate(timeout=kill_scenarios.TIMEOUT_SECONDS)
        ends.append((one.returncode, said))
    return ends


def events_of(world):
    """How many events there are of each type and subject."""
    events = [json.loads(line) for line in world.export().splitlines() if not line.startswith('{"blob"')]
    demand([event["seq"] for event in events] == list(range(1, len(events) + 1)), "the events are not numbered one after another")
    return collections.Counter((event["type"], event["subject"]) for event in events)


def first_use_of_a_new_ledger(worlds):
    """Six runs make the ledger and their first run at once: it is there once, and all six are content."""
    world = worlds.fresh("empty")
    words = worlds.filled(kill_scenarios.run_words("2023-10", "2023-10"), world)
    commands = [["out" + str(i) if word == "out" else word for word in words] for i in range(6)]
    ends = all_at_once(world, commands)
    check_ends(ends, len(ends))
    demand(events_of(world)[("run", "2023-10")] == 1, "the run is there more than once")
    return world


def different_commands_at_once(worlds):
    """Notices of different cases, two runs of the next period and a file of decisions: each event once."""
    world = worlds.fresh("november")
    ids = sorted(one for name, one in worlds.names.items() if name.startswith("case"))
    notices = [kill_scenarios.act("notify", one, "2024-01-02", "--channel", "x", "--actor", "张三") for one in ids]
    runs = [["out" + str(i) if word == "out" else word for word in kill_scenarios.run_words("2023-12", "2023-12")] for i in range(2)]
    ends = all_at_once(world, [worlds.filled(words, world) for words in [runs[0], *notices[:4], runs[1], *notices[4:]]])
    # A run that finds a price cut closes its case, and the notice that comes then is refused.
    check_ends(ends, 3)
    events = events_of(world)
    demand(events[("run", "2023-12")] == 1, "the run is not there once")
    for one in ids:
        demand(events[("case:notify", one)] <= 1, f"{one} was notified twice")
    return world


def one_case_by_many(worlds):
    """Six people notify of one case at once: one does, and the others are told that it was done."""
    world = worlds.fresh("november")
    one = worlds.names["case0"]
    commands = [worlds.filled(kill_scenarios.act("notify", one, "2023-12-02", "--channel", "x", "--actor", f"经办人{i}"), world) for i in range(6)]
    ends = all_at_once(world, commands)
    check_ends(ends, 1)
    demand(sum(status == 0 for status, _ in ends) == 1, f"not one of them did it: {ends}")
    demand(events_of(world)[("case:notify", one)] == 1, "the notice is not there once")
    return world


def a_writer_that_does_not_end(worlds):
    """While another program holds the ledger, a command waits ten seconds, then says so and has written nothing; reading goes on."""
    world = worlds.fresh("november")
    before = world.export()
    words = worlds.filled(kill_scenarios.act("notify", worlds.names["case0"], "2023-12-02", "--channel", "x", "--actor", "张三"), world)
    with worlds.store.held(world):
        status, said = all_at_once(world, [words])[0]
        demand(status == 1 and REFUSED in said and "nothing was written" in said, f"status {status}: {said}")
        demand(world.export() == before, "the ledger is another one")
    status, said = all_at_once(world, [words])[0]
    demand(status == 0, f"afterwards: status {status}: {said}")
    return world


def check_ends(ends, least):
    for status, said in ends:
        demand(status == 0 or (status == 1 and (REFUSED in said or "is not allowed" in said)), f"status {status}: {said}")
    demand(sum(status == 0 for status, _ in ends) >= least, f"less than {least} were served: {ends}")


CHECKS = [first_use_of_a_new_ledger, different_commands_at_once, one_case_by_many]
SLOW_CHECKS = [a_writer_that_does_not_end]


def run(worlds, check):
    """What was wrong, as text."""
    world = None
    try:
        world = check(worlds)
        return world.verified()
    except (Wrong, AssertionError, OSError, subprocess.SubprocessError) as wrong:
        return str(wrong)
    finally:
        if world is not None:
            world.gone()
