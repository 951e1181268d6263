"""How the table of ./dev bench looks: the same figures in English (README.md) and in Chinese (README.zh.md)."""

import re
import statistics

HEADINGS = {
    "en": ("job", "program", "s median (min–max)", "ratio", "CPU s", "peak MB", "ratio", "answers"),
    "zh": ("任务", "程序", "秒：中位数（最小–最大）", "倍数", "CPU 秒", "内存峰值 MB", "倍数", "结果"),
}
SCALE_HEADINGS = {
    "en": ("quotes", "MB", "s median (min–max)", "s per million quotes", "CPU s", "peak MB", "peak / input"),
    "zh": ("报价", "MB", "秒：中位数（最小–最大）", "每百万条报价的秒数", "CPU 秒", "内存峰值 MB", "峰值 / 输入"),
}
WORDS = {
    "en": {
        "mall": "a small mall", "province": "a provincial month",
        "job": "{name} ({quotes} quotes, {listings} listings, {orders} orders; {megabytes:.0f} MB)",
        "ours": "yardstick", "none": "none", "equal": "equal: {rows} × {columns} columns", "alone": "not compared",
        "skipped": "Not measured: {}.",
        "beside": ("In this run fairprice was ", "{seconds:.1f} times as fast as {name} with {memory:.2f} of its memory and {cpu:.2f} of its CPU time", ", ", "."),
        "scale": "fairprice alone:",
        "cores": "{cores} cores, threads used: {threads}", "changed": " with changes",
        "notes": "Made by `{again}`, page cache warm, outputs written. Ratios: a program's median seconds, and its peak, over fairprice's. Peak: the largest resident set of any run, mapped "
                 "pages included. The rivals do less: they make no notices but those that decide, no other output file, and read clean numbers only.",
    },
    "zh": {
        "mall": "一个小商城", "province": "一个省一个月",
        "job": "{name}（{quotes} 条报价、{listings} 个商品、{orders} 条订单；{megabytes:.0f} MB）",
        "ours": "对照的基准", "none": "无", "equal": "相同：{rows} 行 × {columns} 列", "alone": "未对照",
        "skipped": "未测：{}。",
        "beside": ("本次运行中，fairprice 的速度", "是 {name} 的 {seconds:.1f} 倍（内存是它的 {memory:.2f}，CPU 时间是它的 {cpu:.2f}）", "，", "。"),
        "scale": "仅 fairprice：",
        "cores": "{cores} 核，用 {threads} 个线程", "changed": "（有改动）",
        "notes": "由 `{again}` 生成，输入已在页缓存，输出写盘。倍数：各程序的中位秒数、内存峰值与 fairprice 之比。内存峰值：各次运行中最大的常驻内存，含映射的页。"
                 "对手做得更少：除决定结论的以外不出提示，不写其他输出文件，只读干净的数字。",
    },
}


def grouped(number):
    return f"{number:,}".replace(",", " ")


def row(cells):
    return "| " + " | ".join(cells) + " |"


def header(names, left):
    """A heading; the columns in `left` hold words, the others numbers."""
    return [row(names), "|" + "|".join("---" if i in left else "---:" for i in range(len(names))) + "|"]


def spread(taken):
    wall = [one.seconds for one in taken]
    return f"{statistics.median(wall):.2f} ({min(wall):.2f}–{max(wall):.2f})"


def median(taken, what):
    return statistics.median(getattr(one, what) for one in taken)


def peak(taken):
    return max(one.peak for one in taken) / 1e6


def table(job, language):
    """The rows of one job. `job.ours` is the program that the others are set beside; nothing when it was not measured."""
    words = WORDS[language]
    label = words["job"].format(name=words[job.name], megabytes=job.bytes / 1e6, **{name: grouped(count) for name, count in job.sizes.items()})
    base = job.measures.get(job.ours)
    lines = []
    for program in job.programs:
        taken = job.measures[program.name]
        if not program.has_answers:
            answers = words["none"]
        elif program.name in job.agreed:
            rows, columns = job.agreed[program.name]
            answers = words["equal"].format(rows=grouped(rows), columns=len(columns))
        else:
            answers = words["ours"] if job.agreed else words["alone"]
        ratios = [f"{median(taken, 'seconds') / median(base, 'seconds'):.2f}", f"{peak(taken) / peak(base):.2f}"] if base else ["–", "–"]
        lines.append(row([label, program.names[language], spread(taken), ratios[0], f"{median(taken, 'cpu'):.2f}", f"{peak(taken):.0f}", ratios[1], answers]))
        label = ""
    return lines


def beside(job, language):
    """What the goal speaks of, in words, for every DuckDB that was measured; nothing when none was."""
    ours = job.measures.get(job.ours)
    front, each, between, end = WORDS[language]["beside"]
    said = []
    for program in job.programs if ours else []:
        if program.name.startswith("DuckDB"):
            theirs = job.measures[program.name]
            said.append(each.format(name=program.name, seconds=median(theirs, "seconds") / median(ours, "seconds"), memory=peak(ours) / peak(theirs),
                                    cpu=median(ours, "cpu") / median(theirs, "cpu")))
    return [front + between.join(said) + end] if said else []


def scale_table(jobs, language):
    lines = [WORDS[language]["scale"], "", *header(SCALE_HEADINGS[language], ())]
    for job in jobs:
        taken = job.measures[job.ours]
        quotes = job.sizes["quotes"]
        lines.append(row([grouped(quotes), f"{job.bytes / 1e6:.0f}", spread(taken), f"{median(taken, 'seconds') / quotes * 1e6:.3f}",
                          f"{median(taken, 'cpu'):.2f}", f"{peak(taken):.0f}", f"{peak(taken) * 1e6 / job.bytes:.2f}"]))
    return lines


def page(language, set_up, jobs, scale_jobs, skipped, again):
    words = WORDS[language]
    lines = [set_up, "", *header(HEADINGS[language], (0, 1, 7))]
    for job in jobs:
        lines += table(job, language)
    for sentence in beside(jobs[-1], language):
        lines += ["", sentence]
    if scale_jobs:
        lines += ["", *scale_table(scale_jobs, language)]
    if skipped:
        lines += ["", words["skipped"].format(", ".join(skipped))]
    return "\n".join([*lines, "", words["notes"].format(again=again)])


MARKS = re.compile(r"(<!-- bench -->).*?(<!-- /bench -->)", re.DOTALL)


def between_marks(text, table_text):
    """The page with the table between its marks; None when it has none."""
    new, count = MARKS.subn(lambda found: f"{found.group(1)}\n{table_text}\n{found.group(2)}", text)
    return new if count == 1 else None
