"""`python -m bench.soak`: what `make run` runs, for an hour, while the sample wire changes each minute.

A clone of the last commit, with folders and ports of its own, runs `claimwire up`; its packaged sample wire gets new
entries (claims and look-alikes, from the golden sentences of all languages), and older ones are corrected. Then all
that was published has to be stored and read once, every DAG green, no log with an error, and no process larger at the
end than in the beginning. A run of an hour writes `docs/pictures/soak.png`.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from shutil import copytree
from statistics import median
from xml.sax.saxutils import escape

import psutil
from sqlalchemy import Engine, create_engine, text

from bench.golden import read_sentences
from bench.options import read_options
from claimwire.catalog import DATA

ROOT = Path(__file__).resolve().parent.parent
PLOT = ROOT / "docs" / "pictures" / "soak.png"
SAMPLE_SECONDS, PUBLISH_SECONDS, LAST_SECONDS = 30, 60, 900
KEPT_ENTRIES = 80  # as many as a feed of a real wire holds
GROWTH_BAR_SHARE, WHOLE_MINUTES = 0.1, 60
ITEM = (
    "<item xml:lang='{language}'><title>{title}</title><guid isPermaLink='false'>soak-{n}</guid>"
    "<link>https://wire.example/soak/{n}</link><pubDate>{date}</pubDate><description>{text}</description></item>"
)
FAULT = re.compile(r"""\b(ERROR|CRITICAL)\b|\[(error|critical) *\]|"level": ?"(error|critical)"|Traceback""")
ROLES = {
    "scheduler": "airflow scheduler",
    "API server": "api.server",
    "DAG processor": "dag.processor",
    "triggerer": "triggerer",
    "workers": "airflow worker",
    "log servers": "serve-logs",
    "standalone": "airflow standalone",
    "claimwire up": "claimwire up",
}


@dataclass
class ChangingWire:
    """The sample wire's feed, written again with what has come since; entries are named `soak-1`, `soak-2` …"""

    path: Path
    chance: random.Random
    items: dict[int, str] = field(default_factory=dict)
    has_claim: set[int] = field(default_factory=set)
    corrected: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.head, _, self.tail = self.path.read_text(encoding="utf-8").partition("<item ")
        self.found, self.passed_over = read_sentences("found"), read_sentences("passed_over")

    def publish(self, entries: int = 4) -> None:
        """One minute's entries, one in two with a claim, and now and then a correction of an older one."""
        for _ in range(entries):
            n = next(self.numbers)
            if n % 2:
                self.has_claim.add(n)
            self.items[n] = self._write(n)
        if self.chance.random() < 0.5:
            n = self.chance.choice(list(self.items)[-20:])
            self.items[n] = self._write(n)
            self.corrected += 1
        shown = "".join(self.items[n] for n in list(self.items)[-KEPT_ENTRIES:])
        unfinished = self.path.with_name(".unfinished")
        unfinished.write_text(f"{self.head}{shown}<item {self.tail}", encoding="utf-8")
        unfinished.replace(self.path)

    def _write(self, n: int) -> str:
        told, language = self.chance.choice(self.found if n in self.has_claim else self.passed_over)
        beside = [text for text, other in self.passed_over if other == language] or [""]
        body = " ".join([told, *self.chance.sample(beside, min(3, len(beside))), f"({n}/{self.corrected})"])
        date = format_datetime(datetime.now(UTC))
        return ITEM.format(n=n, language=language, title=escape(told[:90]), date=date, text=escape(body))


@dataclass
class Memory:
    """Proportional megabytes (PSS) of every process of a tree, summed by role, each half minute."""

    root: psutil.Process
    minutes: list[float] = field(default_factory=list)
    by_role: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def sample(self, minute: float) -> None:
        """Adds what each role holds now; a task is a child of its worker and has the worker's name."""
        now: Counter[str] = Counter()
        for process in (self.root, *self.root.children(recursive=True)):
            try:
                words = " ".join(process.cmdline())
                role = next((role for role, sign in ROLES.items() if re.search(sign, words)), "others")
                now[role] += round(process.memory_full_info().pss)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue  # it ended while we looked
        self.minutes.append(minute)
        for role in (*ROLES, "others"):
            self.by_role[role].append(now[role] / 1e6)

    def quarters(self) -> dict[str, tuple[float, float]]:
        """Of each role the median of the first quarter and of the last, in megabytes."""
        part = max(1, len(self.minutes) // 4)
        return {
            role: (median(sizes[:part]), median(sizes[-part:])) for role, sizes in self.by_role.items() if any(sizes)
        }

    def draw(self) -> None:
        """Memory over time, a line a role."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9, 3.6), layout="constrained")
        axes = figure.add_subplot()
        for role, sizes in sorted(self.by_role.items(), key=lambda each: -max(each[1])):
            axes.plot(self.minutes, sizes, label=role)
        axes.set_ylim(bottom=0)
        axes.set_title("make run, the sample wire changing each minute: memory by process", fontsize=9)
        axes.set_xlabel("minutes", fontsize=8)
        axes.set_ylabel("MB (PSS)", fontsize=8)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=8, ncols=3)
        figure.savefig(PLOT, dpi=110)


@contextmanager
def running(folder: Path) -> Iterator[tuple[psutil.Process, Path]]:
    """`claimwire up` in a clone, ready; and the sample wire's feed that it reads."""
    clone, data = folder / "claimwire", folder / "data"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    copytree(DATA, data, symlinks=True)
    env = os.environ | {
        "PYTHONPATH": str(clone / "src"),
        "CLAIMWIRE_DATA_DIR": str(data),
        "CLAIMWIRE_VAR_DIR": str(clone / "var"),
    }
    log = folder / "up.log"
    command = [str(Path(sys.executable).parent / "claimwire"), "up", "--port", "0"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=clone, env=env, stdout=out, stderr=subprocess.STDOUT) as up,
    ):
        try:
            while "ready after" not in log.read_text(encoding="utf-8"):
                if up.poll() is not None:
                    raise SystemExit(f"it stopped by itself; see {log}")
                time.sleep(1)
            yield psutil.Process(up.pid), data / "samples" / "wire.rss.xml"
        finally:
            up.send_signal(signal.SIGINT)
            up.wait(timeout=60)


def faults(folder: Path) -> list[str]:
    """Every line of any log that tells of an error, with its file."""
    found = []
    for path in sorted({*folder.rglob("*.log"), *folder.rglob("logs/**/*")}):
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found += [f"{path.relative_to(folder)}: {line[:300]}" for line in lines if FAULT.search(line)]
    return found


def ask(engine: Engine, query: str) -> list[tuple[object, ...]]:
    """The rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def unread(engine: Engine, wire: ChangingWire) -> int:
    """How many of the published entries have not been stored and read yet."""
    rows = ask(engine, "SELECT DISTINCT guid FROM articles WHERE detected_at IS NOT NULL AND guid LIKE 'soak-%'")
    return len(wire.items) - len(rows)


def soak(wire: ChangingWire, memory: Memory, engine: Engine, minutes: float) -> None:
    """Publishes and looks for so long, then waits until the last entries are read, a quarter of an hour at most."""
    begun = time.monotonic()
    published_at = sampled_at = -1e9
    while (now := time.monotonic() - begun) < minutes * 60:
        if now - published_at >= PUBLISH_SECONDS:
            wire.publish()
            published_at = now
        if now - sampled_at >= SAMPLE_SECONDS:
            memory.sample(now / 60)
            sampled_at = now
        time.sleep(1)
    while unread(engine, wire) and time.monotonic() - begun < minutes * 60 + LAST_SECONDS:
        time.sleep(5)


def judge(folder: Path, wire: ChangingWire, engine: Engine) -> bool:
    """Prints what became of the entries, the runs and the logs; whether all of it is as it should be."""
    left = unread(engine, wire)
    versions, claims = (
        ask(engine, "SELECT count(*) FROM articles WHERE guid LIKE 'soak-%'")[0][0],
        ask(engine, "SELECT count(*) FROM flagged_items WHERE feed_key = 'sample'")[0][0],
    )
    twice = ask(engine, "SELECT guid FROM articles GROUP BY feed_key, guid, content_sha256 HAVING count(*) > 1") + ask(
        engine,
        "SELECT article_id FROM flagged_items GROUP BY article_id, evidence_field, evidence_start, category, act, measure"
        " HAVING count(*) > 1",
    )
    with closing(create_engine(f"sqlite:///{folder}/claimwire/.airflow/airflow.db").raw_connection()) as airflow:
        runs = airflow.cursor().execute("SELECT dag_id, state, count(*) FROM dag_run GROUP BY 1, 2").fetchall()
    errors = faults(folder)
    print(f"published {len(wire.items)} entries, {len(wire.has_claim)} with a claim; {wire.corrected} corrections")
    print(f"stored    {len(wire.items) - left} of them and read, in {versions} versions; {len(twice)} doubled")
    print(f"claims    {claims} rows of the wire")
    print("runs      " + ", ".join(f"{dag} {number} {state}" for dag, state, number in sorted(runs)))
    print(f"errors    {len(errors)} lines in the logs", *errors[:20], sep="\n          ", flush=True)
    return not (left or twice or errors or {state for _, state, _ in runs} - {"success", "running"})


def main() -> int:
    """Prints one page; 1 where an entry was lost or doubled, a log has an error, or a process grew."""
    options = read_options(
        __doc__, minutes=(float(WHOLE_MINUTES), "how long the wire changes"), seed=(1, "of the entries")
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # else Airflow would outlive us
    folder = Path(tempfile.mkdtemp(prefix="cw-soak-"))
    print(f"folder    {folder}", flush=True)
    with running(folder) as (up, feed):
        engine = create_engine(f"sqlite:///{folder}/claimwire/var/warehouse.db")
        wire, memory = ChangingWire(feed, random.Random(options.seed)), Memory(up)
        soak(wire, memory, engine, options.minutes)
        is_well = judge(folder, wire, engine)
        engine.dispose()
    if options.minutes >= WHOLE_MINUTES:
        memory.draw()
    print(f"{options.minutes:.0f} minutes; MB (PSS)     first quarter  last quarter")
    grown = []
    for role, (first, last) in memory.quarters().items():
        grown += [role] * (last > first * (1 + GROWTH_BAR_SHARE))
        print(f"          {role:24} {first:9.0f} {last:13.0f}")
    print(f"grown by more than a tenth: {', '.join(grown) or 'none'}")
    return 0 if is_well and not grown else 1


if __name__ == "__main__":
    sys.exit(main())
