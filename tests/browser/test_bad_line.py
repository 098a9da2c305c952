"""A mother files the linked birth dossier where the line is slow, far, lossy, and cut five times a photograph."""

import re

import pytest
from playwright.sync_api import expect

from motcua.toolkit.clock import now
from tests.bad_line import BadLine
from tests.browser import photographs
from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.house import USUAL
from tests.browser.people import Citizen
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
PIECE = 65_536
HEADERS = 2_500
"""More than a request carries besides its piece."""
CUTS = 5
PATIENCE = 120_000  # milliseconds
PAPERS = {
    "giay_chung_sinh": photographs.jpeg("GIẤY CHỨNG SINH", 1),
    "ct01": photographs.jpeg("TỜ KHAI CT01", 2),
    "cho_o_hop_phap": photographs.pdf("GIẤY TỜ CHỖ Ở", 1),
}


@pytest.fixture
def line(house):
    """400 kbit/s, two seconds there and back, three packets of a hundred lost."""
    with BadLine(house.installation.port, rate=50_000, delay=1.0, loss=0.03) as line:
        yield line


@pytest.fixture
def mai(chromium, house, known_faces, line):
    expect.set_options(timeout=PATIENCE)
    mai = Citizen(chromium, house, state=known_faces("mother"), url=line.url)
    mai.context.set_default_timeout(PATIENCE)
    yield mai
    mai.close()
    expect.set_options(timeout=USUAL)


def sends_through_cuts(mai, line, paper, file) -> tuple[int, int]:
    """Send a file while the line is cut five times; return its size, and the bytes that went up meanwhile."""
    mai.page.locator(".pages .page").first.wait_for(state="detached")
    mai.sends(paper, file)
    bar = mai.page.locator(".upload progress")
    bar.wait_for(state="attached")
    size = int(bar.get_attribute("max"))
    before = line.up
    line.cuts.extend([line._since_cut + size // 8] + [size // 8] * (CUTS - 1))
    mai.page.locator(".pages .page").first.wait_for()
    return size, line.up - before


def only_the_line_is_complained_of(mai):
    """The browser notes each request that was cut; nothing else may be wrong."""
    assert [said for said in mai.eye.complaints if "net::ERR_" not in said] == []
    mai.eye.complaints.clear()


def test_the_linked_dossier_is_filed_and_nothing_goes_twice_beyond_a_piece_a_cut(house, mai, line):
    begun = now()
    mai.begins(BIRTH, BEGINNING)
    mai.declares(MAI_FILES)
    draft = re.search(r"/khai/[\w-]+", mai.page.url)[0]
    mai.goes_to(f"{draft}/giay-to/")
    sent = {}
    for link in mai.page.eval_on_selector_all(".tasks a", "all => all.map(a => a.pathname)"):
        paper = link.rstrip("/").split("/")[-1]
        mai.goes_to(link)
        made = line.made
        sent[paper] = sends_through_cuts(mai, line, paper, PAPERS[paper])
        assert line.made == made + CUTS
    only_the_line_is_complained_of(mai)
    mai.goes_to(f"{draft}/nhan-ket-qua/")
    mai.chooses_ways()
    mai.pledges()
    mai.types_the_code()

    beyond = {
        paper: went - size
        for paper, (size, went) in sent.items()
        if went > size + CUTS * PIECE + (size / PIECE + 5 * CUTS) * HEADERS
    }
    assert len(sent) > 1
    assert beyond == {}
    assert house.dossiers_filed_since(begun) == [mai.code]
