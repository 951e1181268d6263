"""The commands that are killed, each with the state of the world before it. A state is what undisturbed commands have made: a store, an output folder, a folder of
evidence."""

import csv
import dataclasses
import io
import subprocess

TIMEOUT_SECONDS = 120
FIXED_DAYS = {"2023-10": "2023-11-01", "2023-11": "2023-12-01", "2023-12": "2024-01-02"}


@dataclasses.dataclass
class Scenario:
    name: str
    state: str  # before it
    words: list  # behind the program; {store} and {files} are filled in
    output: bool = False  # whether it writes the output folder


def run_words(period, folder, day=None):
    return ["run", "-p", period, "-i", f"{{files}}/{folder}", "-o", "out", "--store", "{store}", "--at", day or FIXED_DAYS[period], "--lang", "en"]


def act(action, subject, day, *more):
    return ["case", action, subject, "--store", "{store}", "--at", day, "--lang", "en", *more]


def open_to_evidence(program, store, folder):
    """Ids of the cases that wait for a notice, ask for evidence and are not held back."""

    def said(*words):
        done = subprocess.run([program, *words, "--store", store], cwd=folder, check=True, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        return done.stdout

    rows = csv.DictReader(io.StringIO(said("case", "list", "--state", "opened", "--format", "csv")))
    ids = [row["case"] for row in rows if row["decision"] == "evidence_required"]
    return sorted(one for one in ids if '"held"' not in said("case", "show", one, "--format", "json"))


def decisions(ids):
    """Of `case apply`: everyone notified, and the first two do more than that."""
    lines = ["case,action,reason,on,channel,receipt"]
    lines += [f"{one},notify,,2023-12-04,平台消息,M-{i}" for i, one in enumerate(ids)]
    lines += [f"{one},waive,不举证,2023-12-05,," for one in ids[:2]]
    lines += [f"{ids[0]},reduce,,2023-12-06,,"]
    return "\n".join(lines) + "\n"


# What leads from one state to the next.
STEPS = {
    "october": ("empty", [run_words("2023-10", "2023-10")]),
    "november": ("october", [run_words("2023-11", "2023-11")]),
    "notified": ("november", [act("notify", "{case0}", "2023-12-02", "--channel", "平台消息", "--receipt", "M-881", "--actor", "张三"),
                              act("notify", "{case1}", "2023-12-02", "--channel", "平台消息", "--actor", "张三"),
                              act("notify", "{case2}", "2023-12-02", "--channel", "平台消息", "--actor", "张三")]),
    "filed": ("notified", [act("submit-evidence", "{case0}", "2023-12-05", "--file", "{files}/invoice.pdf", "--type", "invoice", "--actor", "李四",
                               "--evidence", "evidence"),
                           act("waive", "{case1}", "2023-12-05", "--reason", "供应商不举证", "--actor", "张三")]),
}


def scenarios():
    return [
        Scenario("first run", "empty", run_words("2023-10", "2023-10"), True),
        Scenario("next period", "october", run_words("2023-11", "2023-11"), True),
        Scenario("the same period again", "november", run_words("2023-11", "2023-11", "2023-12-02"), True),
        Scenario("a corrected period", "filed", run_words("2023-11", "2023-11-corrected", "2023-12-06"), True),
        Scenario("a third period", "filed", run_words("2023-12", "2023-12"), True),
        Scenario("the whole sample", "october", run_words("2023-11", "sample"), True),
        Scenario("notify", "november", act("notify", "{case0}", "2023-12-02", "--channel", "平台消息", "--receipt", "M-881", "--actor", "张三")),
        Scenario("submit evidence", "notified", act("submit-evidence", "{case0}", "2023-12-05", "--file", "{files}/invoice.pdf", "--type", "invoice",
                                                    "--actor", "李四", "--evidence", "evidence")),
        Scenario("accept", "filed", act("accept", "{case0}", "2023-12-06", "--reason", "进价已核实", "--until", "2024-03-31", "--actor", "张三")),
        Scenario("delist", "filed", act("delist", "{case1}", "2023-12-20", "--reason", "逾期未降价", "--actor", "张三", "--yes")),
        Scenario("many at once", "november", ["case", "apply", "{files}/decisions.csv", "--store", "{store}", "--at", "2023-12-10", "--actor", "张三",
                                              "--lang", "en"]),
        Scenario("release a flood", "november", ["case", "release-flood", "{flood}", "--reason", "参照已核实", "--store", "{store}", "--at", "2023-12-02",
                                                 "--actor", "张三", "--lang", "en"]),
        Scenario("publish", "november", ["ledger", "publish", "--period", "2023-11", "--store", "{store}", "--at", "2023-12-02", "--actor", "张三", "--lang", "en"]),
        Scenario("import", "empty", ["ledger", "import", "--store", "{store}", "--input", "{files}/export.jsonl", "--lang", "en"]),
    ]
