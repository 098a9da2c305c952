"""The tree is that of RFC 9162 §2.1: by its definitions, its example, and the published vectors of its logs."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.audit.rules.merkle import (
    EMPTY,
    Span,
    consistency,
    inclusion,
    is_consistent,
    leaf_hash,
    root,
    root_by_inclusion,
    told,
    whole,
)

# The leaves and roots that certificate-transparency logs test themselves with.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 300
SIZES = st.integers(1, MOST)
few = settings(max_examples=150, derandomize=True, deadline=None)


class Log:
    """Leaves in a list, read as the tables are."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.hashes = [leaf_hash(leaf) for leaf in leaves]

    def look(self, spans: list[Span]) -> dict[Span, bytes]:
        return {
            span: whole(self.hashes[span.number << span.level : (span.number + 1) << span.level])
            for span in spans
        }

    def root(self, size: int) -> bytes:
        return root(size, self.look)


LOG = Log([str(number).encode() for number in range(MOST)])


def defined(leaves: list[bytes]) -> bytes:
    """MTH, letter by letter as §2.1.1 defines it."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = max(1 << n for n in range(10) if 1 << n < len(leaves))
    return sha256(b"\x01" + defined(leaves[:k]) + defined(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_come_out(size):
    log = Log([bytes.fromhex(leaf) for leaf in LEAVES])
    assert log.root(size).hex() == ROOTS[size - 1]


def test_an_empty_log_has_the_root_of_nothing():
    assert LOG.root(0) == EMPTY == defined([])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 255, 256, 257, MOST])
def test_a_root_is_what_the_definition_says(size):
    assert LOG.root(size) == defined([str(number).encode() for number in range(size)])


def test_the_example_of_the_rfc():  # §2.1.5, its letters as leaves from…to
    b, c, d, f = (1, 2), (2, 3), (3, 4), (5, 6)
    g, h, i, j, k, l = (0, 2), (2, 4), (4, 6), (6, 7), (0, 4), (4, 7)  # noqa: E741
    assert inclusion(0, 7) == [b, h, l]
    assert inclusion(3, 7) == [c, g, l]
    assert inclusion(4, 7) == [f, j, k]
    assert inclusion(6, 7) == [i, k]
    assert consistency(3, 7) == [c, d, g, l]
    assert consistency(4, 7) == [l]
    assert consistency(6, 7) == [i, j, k]


@few
@given(SIZES, st.data())
def test_every_leaf_is_proven_to_be_in_its_tree(size, data):
    at = data.draw(st.integers(0, size - 1))
    proof = told(inclusion(at, size), LOG.look)
    assert root_by_inclusion(LOG.hashes[at], at, size, proof) == LOG.root(size)


@few
@given(SIZES, st.data())
def test_no_other_leaf_is_proven_by_it(size, data):
    at = data.draw(st.integers(0, size - 1))
    proof = told(inclusion(at, size), LOG.look)
    assert root_by_inclusion(leaf_hash(b"forged"), at, size, proof) != LOG.root(size)


@few
@given(st.integers(0, MOST), st.data())
def test_a_log_that_grew_goes_on_from_what_it_was(second, data):
    first = data.draw(st.integers(0, second))
    proof = told(consistency(first, second), LOG.look)
    assert is_consistent(first, second, LOG.root(first), LOG.root(second), proof)


@few
@given(st.integers(2, MOST), st.data())
def test_a_log_that_was_rewritten_does_not(second, data):
    first = data.draw(st.integers(1, second - 1))
    changed = Log([b"x" if n == 0 else str(n).encode() for n in range(second)])
    proof = told(consistency(first, second), changed.look)
    assert not is_consistent(first, second, LOG.root(first), changed.root(second), proof)


@few
@given(SIZES, st.data())
def test_a_proof_with_a_step_too_many_or_too_few_is_none(size, data):
    at = data.draw(st.integers(0, size - 1))
    proof = told(inclusion(at, size), LOG.look)
    for wrong in ([*proof, EMPTY], proof[:-1] if proof else [EMPTY]):
        with pytest.raises(ValueError, match="too"):
            root_by_inclusion(LOG.hashes[at], at, size, wrong)
