#!/usr/bin/env python3
"""Index numbers beside PriceIndexCalc (pandas and numpy, from PyPI) on one panel, and a province's own panel:
    python3 bench/indices/run_indices.py [--data FOLDER]
FOLDER has data_synth2000.csv (2 000 products, 37 months); without it a table of the same size is made here. The answers are compared before a
time is said. Where R with IndexNumR is installed it runs too."""

import argparse
import csv
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
PEER = ["PriceIndexCalc==0.7", "pandas", "numpy", "scipy", "seaborn", "statsmodels", "scikit-learn"]

PEER_PROGRAM = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import pandas as pd
from PriceIndexCalc.pandas_modules.index_methods import multilateral_methods
data = pd.read_csv(sys.argv[1])
data["month"] = pd.to_datetime("2020-01-01") + data["period"].sub(1).apply(lambda months: pd.DateOffset(months=months))
data = data.rename(columns={"product": "id"})
started = time.perf_counter()
result = multilateral_methods(data, price_col="price", quantity_col="quantity", product_id_col="id", date_col="month", method="geks",
                              bilateral_method="tornqvist")
print(f"geks,{time.perf_counter() - started:.6f},{result['index_value'].iloc[-1]:.15g}")
"""

R_PROGRAM = """
suppressWarnings(suppressMessages(library(IndexNumR)))
data <- read.csv(commandArgs(TRUE)[1])
periods <- max(data$period)
for (window in c(periods, 13)) {
  seconds <- system.time(series <- GEKSIndex(data, pvar = "price", qvar = "quantity", pervar = "period", prodID = "product",
                                             indexMethod = "tornqvist", window = window, splice = "mean"))[["elapsed"]]
  cat(sprintf("window %d,%f,%.15g\\n", window, seconds, tail(series, 1)))
}
"""


def made_panel(path):
    rng = random.Random(37)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["period", "product", "price", "quantity"])
        for product in range(2000):
            price, first, last = rng.uniform(5, 500), rng.randint(1, 15), rng.randint(20, 37)
            for period in range(first, last + 1):
                price *= rng.uniform(0.96, 1.04)
                if rng.random() < 0.9:
                    writer.writerow([period, product, f"{price:.4f}", rng.randint(1, 200)])


def rows_of(command):
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {name: (float(taken) if taken else None, value) for name, taken, value in (line.rsplit(",", 2) for line in out.splitlines())}


def peer_python():
    folder = BUILD / "bench-indices-venv"
    python = folder / "bin" / "python"
    if not python.exists():
        print("+ a virtual environment with " + PEER[0], file=sys.stderr)
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEER], check=True)
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "indices")
    given = parser.parse_args()
    program = BUILD / "release" / "bench" / "indices" / "index_speed"
    if not program.exists():
        sys.exit(f"{program} is not there: ./dev bench --indices builds it")
    with tempfile.TemporaryDirectory() as folder:
        panel = given.data / "data_synth2000.csv"
        if not panel.exists():
            print(f"{panel} is not there: a panel of its size is made", file=sys.stderr)
            panel = pathlib.Path(folder) / "panel.csv"
            made_panel(panel)
        ours = rows_of([program, panel])
        peer = rows_of([peer_python(), "-c", PEER_PROGRAM, panel])
        r_too = rows_of(["Rscript", "-e", R_PROGRAM, panel]) if shutil.which("Rscript") else {}
    pairs = {"geks-tornqvist, one window": "geks"}  # its other methods take more than ten minutes on this panel
    print("| method | fairprice, s | PriceIndexCalc 0.7, s | times |\n|---|---:|---:|---:|")
    for name, (taken, value) in ours.items():
        theirs, answer = peer.get(pairs.get(name), (None, None))
        if theirs is None:
            print(f"| {name} | {taken:.5f} | | |")
            continue
        if abs(float(answer) / float(value) - 1) > 1e-6:
            print(f"| {name} | {taken:.5f} | its answer is another: {float(answer):.6f} for {float(value):.6f} | |")
            continue
        print(f"| {name} | {taken:.5f} | {theirs:.3f} | {theirs / taken:.0f} |")
    for name, (taken, value) in r_too.items():
        print(f"| IndexNumR, GEKS-Törnqvist, {name} | | {taken:.3f} | |")
    province = rows_of([program, "--province"])
    prices = f"{int(province['observations'][0]):,}".replace(",", " ")
    print(f"\nA province's own panel, 100 categories of 1 000 products over 60 months ({prices} prices), GEKS-Törnqvist, window 25, mean splice, "
          f"one thread: {province['province'][0]:.2f} s.")


if __name__ == "__main__":
    main()
