"""What leaves the house to a linked party: of every procedure, at every leg, exactly its allow-list and nothing else."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from motcua.documents.models import Document
from motcua.journeys.reactions.asking import question
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.toolkit.clock import now

pytestmark = pytest.mark.django_db
CATALOGUE = Path("catalogue/procedures")
KEYS = {"agency", "procedure", "due", "fields", "papers", "previous_results"}
CODE = "H24.239-261127-0042"


def asked_of_others():
    """Yield each step of the catalogue at which another party is sent its part."""
    for folder in folders(CATALOGUE):
        text = (folder / "procedure.yaml").read_text(encoding="utf-8")
        law = yaml.load(text, Loader=yaml.CSafeLoader)
        for stage in law["plan"]["stages"]:
            for step in stage["steps"]:
                if step.get("party"):
                    name = f"{folder.relative_to(CATALOGUE)}:{stage['id']}/{step['id']}"
                    yield pytest.param(folder, stage, step, id=name)


def secret(field):
    return f"kín·{field}"


def everything_declared(procedure):
    """Return an answer to every question, each of which names its question."""
    return {
        field.id: [{part.short: secret(part.id) for part in field.fields}]
        if field.type == "group"
        else secret(field.id)
        for field in procedure.form.fields().values()
    } | {one.id: secret(one.id) for one in procedure.eligibility}


def parts_of(procedure, names):
    """Return the names of questions, a group's by those in its rows."""
    known = procedure.form.fields()
    for name in names:
        group = known[name].fields if name in known else ()
        yield from [part.id for part in group] or [name]


def as_written(stage, step, names):
    """Return what the list in the file allows, told by the file alone."""
    sees = step.get("sees") or stage.get("sees", "all")
    assert sees != "all", "a party is never sent everything"
    listed = set(sees.get("fields", ()))
    allowed = {name for name in names if name in listed or f"{name.split('.')[0]}.*" in listed}
    return allowed, set(sees.get("papers", ()))


def message(folder, stage, step):
    """Return what would be sent, with every paper of the procedure there."""
    read = read_folder(folder)
    procedure, definition = read.procedure, read.definition
    at = now()
    for paper in procedure.papers:
        Document.objects.create(
            owner=f"dossier:{CODE}", key=paper.id, name=secret(paper.id), state="kept",
            sheets=1, size=1, created_at=at, changed_at=at,
        )  # fmt: skip
    leg = SimpleNamespace(
        id=stage["id"], agency="BH.284", agency_name="Cơ quan", due=None, after=(), values={}
    )
    item = SimpleNamespace(
        row=SimpleNamespace(code=CODE, version=SimpleNamespace(code=procedure.code)),
        dossier=SimpleNamespace(leg=lambda _: leg, legs={leg.id: leg}, editions=()),
        published=SimpleNamespace(definition=definition),
        content=SimpleNamespace(answers=everything_declared(procedure)),
    )
    planned = procedure.plan.stage(stage["id"])
    return procedure, question(item, planned, planned.step(step["id"]))


@pytest.mark.parametrize(("folder", "stage", "step"), asked_of_others())
def test_a_party_is_sent_its_list_and_not_a_field_more(folder, stage, step):
    procedure, sent = message(folder, stage, step)
    declared = everything_declared(procedure)
    fields, papers = as_written(stage, step, declared)
    assert set(sent) == KEYS
    assert set(sent["fields"]) == fields
    assert {paper["key"] for paper in sent["papers"]} == papers & {p.id for p in procedure.papers}
    told = json.dumps(sent, ensure_ascii=False, default=str)
    hidden = {name for name in declared if name not in fields}
    assert [name for name in parts_of(procedure, hidden) if f'"{secret(name)}"' in told] == []


def test_there_are_legs_to_look_at():
    assert len(list(asked_of_others())) > 15
