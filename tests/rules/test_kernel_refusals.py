"""What every refusal of the kernel must have, and that its examples run."""

import doctest
import importlib
import pkgutil
import re
from types import ModuleType

import pytest

import motcua.kernel
from motcua.kernel.refusal import Refusal

MODULES = [
    importlib.import_module(f"motcua.kernel.{found.name}")
    for found in pkgutil.iter_modules(motcua.kernel.__path__)
]
REFUSALS = sorted(
    {
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Refusal) and thing is not Refusal
    },
    key=lambda refusal: refusal.code,
)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_run(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_a_refusal_has_a_code_of_the_kernel_and_says_what_to_do(refusal: type[Refusal]) -> None:
    assert re.fullmatch(r"kernel\.[a-z-]+", refusal.code)
    assert refusal.__doc__
    assert refusal.text.endswith(".")
    assert "Hãy" in refusal.text or "hãy" in refusal.text


def test_codes_are_used_once() -> None:
    codes = [refusal.code for refusal in REFUSALS]
    assert len(codes) == len(set(codes)) >= 20
