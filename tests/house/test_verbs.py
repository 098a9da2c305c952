"""The verbs of the command line, as one types them."""

import subprocess

import pytest

from motcua.config.verbs import VERBS, verb
from tests.running import ROOT

MARRIED = "catalogue/procedures/ho-tich/xac-nhan-tinh-trang-hon-nhan"


def motcua(home, *words):
    return subprocess.run(
        [ROOT / "bin/motcua", *words],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin", "MOTCUA_HOME": str(home)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_says_what_it_is_for(name):
    assert (verb(name).__doc__ or "").splitlines()[0].endswith(".")


def test_two_folders_are_compared_without_an_installation(tmp_path):
    done = motcua(tmp_path / "home", "diff", MARRIED, MARRIED)
    assert (done.returncode, done.stdout) == (0, "Không có gì thay đổi.\n")


@pytest.mark.parametrize("words", [("diff", "1.004873", MARRIED), ("rehearse", MARRIED)])
def test_without_a_database_one_line_says_so(tmp_path, words):
    done = motcua(tmp_path / "home", *words)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("the database does not answer – is the house started?")
