"""Files over a bad line: a real tus client cut five times, and a mother whose line is cut and who reloads."""

import hashlib
import io
import random
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

from tests.bad_line import BadLine
from tests.browser.eye import arrived
from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
PAPER = "giay_chung_sinh"
PLEDGE = "cam_doan_viec_sinh"
PIECE = 65_536
HEADERS = 2_500
"""More than a request carries besides its piece."""


def scan(side: int, form: str = "PDF") -> bytes:
    """A scan that cannot be packed: about a byte for each of its side × side points."""
    noise = Image.frombytes("L", (side, side), random.Random(7).randbytes(side * side))
    written = io.BytesIO()
    noise.save(written, form, quality=95)
    return written.getvalue()


@pytest.fixture
def mai(at_home):
    """A mother whose declaration asks for the birth note."""
    mai = at_home(journey="uploads")
    mai.begins(BIRTH, BEGINNING)
    mai.draft = re.search(r"/khai/[\w-]+", mai.page.url)[0]
    mai.goes_to(f"{mai.draft}/trang/{PAPER}/")
    mai.answers(MAI_FILES)
    return mai


@pytest.fixture
def line(house):
    with BadLine(house.installation.port) as line:
        yield line


def pages(mai):
    return mai.page.locator(".pages .page")


def code(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def somebody_elses_client(mai, line) -> TusClient:
    cookies = {cookie["name"]: cookie["value"] for cookie in mai.context.cookies()}
    sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {"Cookie": sent, "X-CSRFToken": cookies["csrftoken"]}
    return TusClient(f"{line.url}{mai.draft}/gui/{PAPER}/", headers=headers)


def test_five_cuts_of_five_megabytes_cost_five_pieces_at_most(mai, line):
    photo = scan(2350, "JPEG")
    line.cuts.extend([700_000] * 5)
    sender = somebody_elses_client(mai, line).uploader(
        file_stream=io.BytesIO(photo), chunk_size=PIECE, retries=3, retry_delay=0.1,
        metadata={"filename": "anh.jpg", "sha256": hashlib.sha256(photo).hexdigest()},
        upload_checksum=True,
    )  # fmt: skip
    sender.upload()
    requests = len(photo) / PIECE + 2 + 2 * 5
    assert len(photo) > 5_000_000
    assert line.made == 5
    assert line.up <= len(photo) + 5 * PIECE + requests * HEADERS
    mai.goes_to(f"{mai.draft}/giay-to/{PAPER}/")
    expect(pages(mai)).to_contain_text(code(photo))


def test_done_waits_for_a_file_that_of_two_tabs_one_sends(mai, line):
    paper, here = scan(700), f"{line.url}{mai.draft}/giay-to/{PAPER}/"
    mai.page.goto(here)
    arrived(mai.page)
    line.rate, before = 60_000, line.up
    file = {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": paper}
    mai.page.locator(f'[id="{PAPER}__library"]').set_input_files(file)
    expect(mai.page.locator(".upload")).to_contain_text(re.compile(r"[1-9]\d* KB trong"))
    other = mai.opens_another_tab(here)
    expect(other.locator(".upload")).to_contain_text("Chờ đến lượt gửi.")
    mai.page.get_by_role("button", name="Xong").click()
    expect(mai.page.locator("[data-said]").first).to_contain_text("Còn tệp đang gửi.")
    line.rate = 0
    expect(mai.page).to_have_url(re.compile("/giay-to/$"))
    expect(other.locator(".pages .page")).to_contain_text(code(paper))
    expect(other.locator(".upload")).to_have_count(0)
    assert line.up - before <= len(paper) + PIECE + 40 * HEADERS


def test_a_signed_sheet_sent_among_many_says_where_it_went(mai):
    mai.goes_to(f"{mai.draft}/trang/{PAPER}/")
    mai.answers({"birth_note.kind": "pledge"})
    sheet = mai.context.request.get(f"{mai.draft}/giay-to/{PLEDGE}/to-ky.pdf").body()
    mai.goes_to(f"{mai.draft}/nhieu-giay-to/")
    file = {"name": "to-ky.pdf", "mimeType": "application/pdf", "buffer": sheet}
    mai.page.locator('[id="tep__library"]').set_input_files(file)
    moved = mai.page.get_by_role("status").filter(has_text="Đã chuyển sang giấy tờ:")
    expect(moved.get_by_role("link", name="Giấy cam đoan về việc sinh")).to_be_visible()
    mai.look("sheet-moved")


def test_another_client_is_told_what_is_wrong_with_a_file(mai, line):
    sender = somebody_elses_client(mai, line).uploader(
        file_stream=io.BytesIO(b"MZ, a program"), metadata={"filename": "a.exe"}
    )
    with pytest.raises(TusCommunicationError) as refused:
        sender.upload()
    assert refused.value.status_code == 415
    assert b"documents.file-not-understood" in refused.value.response_content


def test_a_file_goes_on_after_a_cut_and_a_reload(mai, line):
    paper = scan(900)
    mai.page.goto(f"{line.url}{mai.draft}/giay-to/{PAPER}/")
    arrived(mai.page)
    line.rate, before = 60_000, line.up
    file = {"name": "ban-quet.pdf", "mimeType": "application/pdf", "buffer": paper}
    mai.page.locator(f'[id="{PAPER}__library"]').set_input_files(file)
    bar = mai.page.get_by_role("progressbar", name="ban-quet.pdf")
    expect(bar).to_have_attribute("aria-valuetext", re.compile(r"^[1-9]\d* KB trong \d+ KB$"))
    expect(mai.page.locator(".upload")).to_contain_text(f"Mã tệp: {code(paper)}")
    mai.look("paper-on-its-way")
    line.cut()
    line.rate = 300_000
    expect(bar).not_to_have_attribute("aria-valuetext", bar.get_attribute("aria-valuetext"))
    mai.page.reload()
    expect(pages(mai)).to_contain_text(code(paper))
    expect(mai.page.locator(".upload")).to_have_count(0)
    assert line.made == 1
    assert line.up - before <= len(paper) + 2 * PIECE + 40 * HEADERS
