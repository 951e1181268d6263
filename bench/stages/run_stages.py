"""The table of ./dev bench --stages: runs stage_benchmarks and sets each stage beside its peers and the machine's memory."""

import json
import re
import subprocess

# Works on what lies in the first-level cache: beside the memory's bandwidth its bytes say nothing.
IN_CACHE = {"screen"}
OURS, MACHINE = "fairprice", "machine"


def run(program, results, repetitions, quick):
    """Google Benchmark's JSON. The repetitions of all benchmarks are shuffled, so that a slow moment of the machine hits no single one."""
    command = [str(program), f"--benchmark_repetitions={repetitions}", f"--benchmark_min_time={0.02 if quick else 0.2}",
               "--benchmark_enable_random_interleaving=true", "--benchmark_report_aggregates_only=true", f"--benchmark_out={results}",
               "--benchmark_out_format=json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return json.loads(results.read_text(encoding="utf-8"))


def medians(report):
    """(stage, case, who, threads) -> (rows or None, bytes) a second; in the order of the program, which shuffling has lost."""
    found = {}
    for entry in sorted(report["benchmarks"], key=lambda entry: (entry["family_index"], entry["per_family_instance_index"])):
        if entry.get("error_occurred") or (entry["run_type"] == "aggregate" and entry["aggregate_name"] != "median"):
            continue
        # Google Benchmark appends "/real_time" and "/threads:2"; names of peers hold colons, but no slash.
        stage, case, who = entry["run_name"].split("/")[:3]
        found[stage, case, who, entry["threads"]] = (entry.get("items_per_second"), entry["bytes_per_second"])
    return found


def figure(value):
    """Three digits that mean something: 21.5 M, 640 k."""
    for size, letter in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if value >= size:
            return f"{value / size:.3g}{letter}" if value / size < 999.5 else f"{value / size:.0f}{letter}"
    return f"{value:.0f}"


def ratio(value):
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}".replace(",", " ")


def page(report, set_up, again):
    rates = medians(report)
    memory = {(case, threads): rate[1] for (stage, case, who, threads), rate in rates.items() if who == MACHINE}
    if not memory:
        raise ValueError("stage_benchmarks has not measured the memory")
    lines = [set_up, "", "| memory | 1 thread | 2 threads |", "|---|---:|---:|"]
    for case in dict.fromkeys(case for case, _ in memory):
        lines.append(f"| {case} | " + " | ".join(f"{memory[case, threads] / 1e9:.1f} GB/s" for threads in (1, 2)) + " |")
    lines += ["", "| stage | rows/s | MB/s | of the memory's read | peer | peer's rows/s | ratio |", "|---|---:|---:|---:|---|---:|---:|"]
    for stage, case, who, threads in rates:
        if who != OURS:
            continue
        rows, size = rates[stage, case, who, threads]
        busy = re.search(r"(\d+) threads?$", case)
        share = "in cache" if stage in IN_CACHE else f"{size / memory['read', int(busy.group(1)) if busy else 1] * 100:.1f} %"
        shown = f"| {stage}: {case} | {figure(rows)} | {size / 1e6:.0f} | {share} |"
        peers = [key for key in rates if key[:2] == (stage, case) and key[2] != OURS]
        for peer in peers:
            lines.append(f"{shown} {peer[2]} | {figure(rates[peer][0])} | {ratio(rows / rates[peer][0])} |")
            shown = "| | | | |"
        if not peers:
            lines.append(f"{shown} – | – | – |")
    lines += ["", f"Made by `{again}`. Medians; every answer was first compared with the peer's. Ratio: fairprice's rows a second over the peer's. "
              "MB: the stage's input in memory (of write: its output)."]
    return "\n".join(lines)
