"""Dozens of dossiers through the linked plan while processes are killed at random.

Nothing is lost, nothing is doubled, every leg has exactly one effect. Web processes, the worker,
the sandbox and the drivers that play citizens and officials are killed without warning; who calls
repeats the call with the same key. The database is not: its own promises are PostgreSQL's.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.running import ROOT, Installation, descendants, settle, wait_until

pytestmark = pytest.mark.faults

DOSSIERS = int(os.environ.get("FAULTS_DOSSIERS", "10"))
DRIVERS = 2
FIRE_SECONDS = 30
DRAIN_SECONDS = 600  # a bound for machines that others use too; some 40 s where nobody does
SEED = 20261123
LEGS = ("khai_sinh", "thuong_tru", "bhyt")
TASKS = {
    "population": "issue-personal-number",
    "civil-registry": "register-birth",
    "residence": "register-residence",
    "insurance": "issue-insurance-card",
}


@dataclass
class Drivers:
    """The processes that play citizens and officials; a killed one is started again."""

    installation: Installation
    plan: Path
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    def call(self, *words: str) -> subprocess.Popen[bytes]:
        inside = self.installation.environment() | {
            "DATABASE_URL": f"postgresql://motcua_app@/motcua?host={self.installation.home}/postgres"
        }
        with (self.installation.home / "drivers.txt").open("ab") as told:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.faults.driver", *words],
                cwd=ROOT, env=inside, stdout=told, stderr=told,
            )  # fmt: skip

    def prepare(self) -> None:
        assert self.call("prepare", str(self.plan), str(DOSSIERS)).wait(timeout=90) == 0, (
            self.told()
        )

    def watch(self) -> bool:
        """Start what was killed; return whether all have ended their share."""
        for share in range(DRIVERS):
            process = self.running.get(share)
            assert process is None or (process.poll() or 0) <= 0, "a driver failed"
            if process is None or process.poll() not in {None, 0}:
                words = ("drive", str(self.plan), str(share), str(DRIVERS))
                self.running[share] = self.call(*words)
        return all(process.poll() == 0 for process in self.running.values())

    def stop(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()

    def told(self) -> str:
        return (self.installation.home / "drivers.txt").read_text(encoding="utf-8")[-1000:]


@dataclass
class Fire:
    """Kills one process at a time, chosen by chance."""

    installation: Installation
    drivers: Drivers
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)

    def shoot(self) -> None:
        name = self.chance.choice(["web", "web", "web", "worker", "worker", "sandbox", "driver"])
        victims = self._victims(name)
        if victims:
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(victims), signal.SIGKILL)
                self.killed[name] += 1

    def _victims(self, name: str) -> list[int]:
        """Return whom to choose from; never a process that is not of this installation."""
        if name == "driver":
            return [p.pid for p in self.drivers.running.values() if p.poll() is None]
        assert self.installation.process is not None
        ours = descendants(self.installation.process.pid)
        try:
            noted = self.installation.pid(name)
        except FileNotFoundError:  # it fell a moment ago and is not back yet
            return []
        if name == "web":  # one of the server's processes
            return sorted(descendants(noted) & ours)
        return [noted] if noted in ours else []


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Story"]:
    installation = Installation(
        settle(tmp_path_factory.mktemp("fire")),
        {
            "SANDBOX_ANSWER_DELAY": "0.1",
            "MOTCUA_LOG_LEVEL": "warning",
            "MOTCUA_NETWORK_ALLOWANCE": "10",  # everybody comes from one address
        },
    )
    installation.start()
    drivers = Drivers(installation, installation.home / "plan.json")
    try:
        drivers.prepare()
        post(f"{installation.sandbox_url}/exchange/insurance/mode", "mode=twice")
        fire = Fire(installation, drivers, random.Random(SEED))
        burn(fire)
        wait_until(drivers.watch, DRAIN_SECONDS, "all ways are over")
        wait_until(lambda: at_rest(installation), 60, "nothing is left to do")
        yield Story(installation, fire.killed)
    except AssertionError as trouble:
        seen = (trouble, drivers.told(), left(installation), installation.told())
        raise AssertionError("\n".join(map(str, seen))) from trouble
    finally:
        drivers.stop()
        installation.stop()


def burn(fire: Fire) -> None:
    """Kill for a while, or until there is nothing more to disturb."""
    until = time.monotonic() + FIRE_SECONDS
    while not fire.drivers.watch() and time.monotonic() < until:
        time.sleep(fire.chance.uniform(0.5, 1.0))
        fire.shoot()


@dataclass
class Story:
    """What is found when the fire is over."""

    installation: Installation
    killed: Counter[str]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows(self.installation, sql)

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.installation.sandbox_url}{path}", timeout=20) as told:
            return json.load(told)


def rows(installation: Installation, sql: str) -> list[tuple[Any, ...]]:
    where = f"host={installation.home}/postgres user=postgres dbname=motcua"
    with psycopg.connect(where) as line:
        return line.execute(sql).fetchall()


def post(address: str, body: str) -> None:
    urllib.request.urlopen(address, data=body.encode(), timeout=20).close()


WAITING = """
select 'job ' || task_name, count(*) from procrastinate_jobs
 where status in ('todo', 'doing') and (scheduled_at is null or scheduled_at < now() + '1 minute')
   and task_name not like '%.sweep%' and task_name not like '%reconcile%' group by 1
union all select 'job failed ' || task_name, count(*) from procrastinate_jobs
 where status = 'failed' group by 1
union all select 'notice', count(*) from notices_notice where state = 'queued' having count(*) > 0
union all select 'message', count(*) from exchange_outgoing where state <> 'taken' having count(*) > 0
union all select 'question', count(*) from exchange_question where state = 'open' having count(*) > 0
"""


def left(installation: Installation) -> list[tuple[Any, ...]]:
    """Return what still waits for somebody."""
    return rows(installation, WAITING)


def at_rest(installation: Installation) -> bool:
    return not left(installation)


def test_something_of_each_kind_was_really_killed(story: Story) -> None:
    assert set(story.killed) == {"web", "worker", "sandbox", "driver"}
    assert story.killed.total() >= 20


def test_no_dossier_is_lost_and_none_is_doubled(story: Story) -> None:
    assert story.rows("select count(*), count(distinct code) from dossiers_dossier") == [
        (DOSSIERS, DOSSIERS)
    ]
    unfiled = "select count(*) from dossiers_draft where dossier_id is null"
    assert story.rows(unfiled) == [(0,)]
    shared = "select count(distinct dossier_id) from dossiers_draft"
    assert story.rows(shared) == [(DOSSIERS,)]


def test_every_dossier_reached_its_end(story: Story) -> None:
    unfinished = """select code, status from dossiers_dossier
                    where finished_at is null or ended_at is null"""
    assert story.rows(unfinished) == []
    legs = "select leg, state, count(*) from dossiers_legrow group by 1, 2 order by 1"
    assert story.rows(legs) == [(leg, "done", DOSSIERS) for leg in sorted(LEGS)]


def test_every_history_is_without_gap_and_its_row_stands_where_it_ends(story: Story) -> None:
    broken = """select d.code from dossiers_dossier d join dossiers_event e on e.dossier_id = d.id
                group by d.id having count(*) <> max(e.seq) or min(e.seq) <> 1 or max(e.seq) <> d.seq"""
    assert story.rows(broken) == []


def test_what_happens_once_in_a_life_happened_once(story: Story) -> None:
    kinds = dict(story.rows("select kind, count(*) from dossiers_event group by 1"))
    once = ("submitted", "received", "fee_settled", "finished")
    named = {kind.replace("_", "").lower(): count for kind, count in kinds.items()}
    assert {kind: named.get(kind.replace("_", "")) for kind in once} == dict.fromkeys(
        once, DOSSIERS
    )
    assert named["legdone"] == named["resultreturned"] == 3 * DOSSIERS
    assert named["legasked"] == 4 * DOSSIERS


def test_every_leg_has_exactly_one_effect_outside(story: Story) -> None:
    codes = {code for (code,) in story.rows("select code from dossiers_dossier")}
    for system, task in TASKS.items():
        effects = story.get(f"/exchange/{system}/register.json")["effects"]
        mine = Counter((one["subject"], one["task"]) for one in effects)
        assert mine == Counter({(code, task): 1 for code in codes}), system


def test_every_question_was_asked_once_and_answered_once(story: Story) -> None:
    questions = """select count(*), count(distinct (subject, leg)), count(answer_id)
                   from exchange_question"""
    assert story.rows(questions) == [(4 * DOSSIERS,) * 3]


def test_no_person_is_told_the_same_thing_twice(story: Story) -> None:
    double = "select key, road from notices_notice group by 1, 2 having count(*) > 1"
    assert story.rows(double) == []
    told = story.rows("select key || '/' || road from notices_notice where secret = false")
    box = story.get("/inbox.json?limit=100000")["messages"]
    seen = Counter(message["id"] for message in box if message["road"] == "sms")
    assert {key for (key,) in told if key.endswith("/sms")} <= set(seen)
    assert max(seen.values()) == 1


def test_the_ledger_sums_to_zero_and_each_fee_was_settled_once(story: Story) -> None:
    assert story.rows("select sum(amount_vnd) from payments_entry") == [(0,)]
    uneven = "select journal_id from payments_entry group by 1 having sum(amount_vnd) <> 0"
    assert story.rows(uneven) == []
    demands = "select state, count(*), sum(amount_vnd) from payments_demand group by 1"
    assert story.rows(demands) == [("paid", DOSSIERS, 10_000 * DOSSIERS)]
    settled = """select count(*), count(distinct demand_id) from payments_journal
                 where kind = 'settlement'"""
    assert story.rows(settled) == [(DOSSIERS, DOSSIERS)]
    receipts = "select count(*), count(distinct demand_id), max(number) from payments_receipt"
    assert story.rows(receipts) == [(DOSSIERS,) * 3]


def test_each_result_was_issued_once(story: Story) -> None:
    issued = """select kind, count(*), count(distinct owner) from documents_issuedpaper
                where result_code <> '' group by 1 order by 1"""
    assert story.rows(issued) == [
        (kind, DOSSIERS, DOSSIERS) for kind in ("giay_khai_sinh", "the_bhyt", "thong_bao_cu_tru")
    ]
