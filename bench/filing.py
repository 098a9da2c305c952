"""One filing of the measuring form, as a new citizen does it with a browser and no cookies."""

import re
import secrets
from urllib.parse import quote_plus, urlencode

from bench.wire import Answer, Browser

START = "/nop/do-tai/"
FILE_SIZE = 204_800
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_DRAFT = re.compile(r"/khai/[0-9a-f-]{36}/")
_CODE = re.compile(r"/bien-nhan/([^/\"]+?)(?:\.pdf|/)")

LONG = (
    "Tôi đề nghị được giải quyết theo đúng quy định; thông tin dưới đây là đầy đủ và chính xác. "
    * 4
)
SHORT = (
    "Vì công việc gia đình nên tôi cần kết quả sớm, xin cảm ơn quý cơ quan đã xem xét hồ sơ này. "
    * 2
)

PAGES: dict[str, list[tuple[str, str]]] = {
    "nguoi": [
        ("person.kind", "person"),
        ("person.full_name", "Nguyễn Thị Đo Tải"),
        ("person.birth_date__day", "12"), ("person.birth_date__month", "4"),
        ("person.birth_date__year", "1990"),
        ("person.email", "do.tai@example.vn"),
        ("person.phone", "0912345678"),
    ],
    "noi_o": [
        ("address.street", "Đường Lê Lợi"), ("address.house", "12A"),
        ("address.postcode", "180000"), ("address.area", "a07"),
        ("address.since__day", "1"), ("address.since__month", "9"), ("address.since__year", "2015"),
    ],
    "yeu_cau": [
        ("request.topic", "t03"), ("request.title", "Đề nghị cấp giấy xác nhận"),
        ("request.text", LONG[:320]), ("request.reason", SHORT[:150]),
        ("request.wanted_on__day", "20"), ("request.wanted_on__month", "12"),
        ("request.wanted_on__year", "2026"),
    ],
    "so_lieu": [
        ("figures.people", "4"), ("figures.rooms", "3"), ("figures.area", "86"),
        ("figures.amount", "1500000"), ("figures.account", "0123456789012"),
    ],
    "khac": [
        ("other.parts", "p1"), ("other.parts", "p3"),
        ("other.more", "1"), ("other.more_text", "Liên hệ buổi sáng"),
    ],
}  # fmt: skip
PAPERS = ("first_file", "second_file")


class FilingFailed(Exception):  # noqa: N818 - counted, not raised further
    """A page did not lead where it should."""


def pdf(size: int = FILE_SIZE) -> bytes:
    """Return a sound PDF of one page and exactly so many bytes, unlike any other."""
    noise = secrets.token_hex((size - 700) // 2).encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(noise) + 1, b"%" + noise),
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj%b endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    )
    whole = written + end % (table, len(written))
    return whole + b"\n" * (size - len(whole))


class Files:
    """PDFs by turns: each differs in a few bytes from all others, so that none is known already."""

    def __init__(self) -> None:
        self._whole = pdf()

    def next(self) -> bytes:
        mark = secrets.token_hex(16).encode()
        at = self._whole.find(b"stream\n%") + 8
        return self._whole[:at] + mark + self._whole[at + len(mark) :]


class Filer:
    """Files again and again, each time as somebody new."""

    def __init__(self, browser: Browser, commune: str = "11284") -> None:
        self.browser = browser
        self.commune = commune
        self.files = Files()

    def file(self) -> str:
        """File once; return the code. Raises FilingFailed."""
        self.browser.forget()
        start = self._good(self.browser.get(START))
        token = _found(_TOKEN, start.text(), "form token")
        begun = self.browser.post(
            START,
            _form(token, [("place__province", "31"), ("place__commune", self.commune),
                          ("for_whom", "self")]),
        )  # fmt: skip
        folder = _found(_DRAFT, self._good(begun).text(), "draft")
        for page in PAGES:
            self._page(folder, page, token)
        self._papers(folder, token)
        return self._end(folder, token)

    def _page(self, folder: str, page: str, token: str) -> None:
        address = f"{folder}trang/{page}/"
        if page == next(iter(PAGES)):
            self._good(self.browser.get(address))  # the others are where saving leads
        self._good(self.browser.post(address, _form(token, PAGES[page])))

    def _papers(self, folder: str, token: str) -> None:
        for paper in PAPERS:
            address = f"{folder}giay-to/{paper}/"
            self._good(self.browser.get(address))
            body, kind = _multipart(token, paper, self.files.next())
            self._good(self.browser.post(address, body, kind))

    def _end(self, folder: str, token: str) -> str:
        self._good(self.browser.get(f"{folder}nhan-ket-qua/"))
        self._good(
            self.browser.post(f"{folder}nhan-ket-qua/", _form(token, [("way.ket_qua", "online")]))
        )
        receipt = self._good(
            self.browser.post(f"{folder}kiem-tra/", _form(token, [("pledge", "1")]))
        ).text()
        return _found(_CODE, receipt, "code")

    def _good(self, answer: Answer) -> Answer:
        if answer.status >= 400:
            raise FilingFailed(str(answer.status))
        return answer


def _found(what: re.Pattern[str], page: str, name: str) -> str:
    found = what.search(page)
    if found is None:
        raise FilingFailed(f"no {name}")
    return found[what.groups and 1]


def _form(token: str, fields: list[tuple[str, str]]) -> bytes:
    return urlencode([("csrfmiddlewaretoken", token), *fields], quote_via=quote_plus).encode()


_EDGE = b"----bench7d1f"


def _multipart(token: str, name: str, content: bytes) -> tuple[bytes, bytes]:
    paper = name.encode()
    parts = [
        (b'name="csrfmiddlewaretoken"', token.encode()),
        (b'name="_done"', b"1"),
        (
            b'name="%b"; filename="%b.pdf"\r\nContent-Type: application/pdf' % (paper, paper),
            content,
        ),
    ]
    head = b"--" + _EDGE + b"\r\nContent-Disposition: form-data; "
    body = b"".join(head + about + b"\r\n\r\n" + value + b"\r\n" for about, value in parts)
    return body + b"--" + _EDGE + b"--\r\n", b"multipart/form-data; boundary=" + _EDGE
