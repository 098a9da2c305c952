"""Results: made, signed, issued once, verifiable by whoever holds them, withdrawn with a reason."""

import hashlib
import io
import json
import re
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from django.conf import settings
from django.db import IntegrityError
from PIL import Image
from pypdf import PdfReader

from motcua.documents import issuing, operations, paper_keys, papers, queries
from motcua.documents.models import IssuedPaper
from motcua.documents.papers import PaperNotMadeError, TemplateUnknownError, make_paper
from motcua.documents.qr import qr_svg
from motcua.documents.rules import seals
from motcua.documents.rules.refusals import AlreadyWithdrawn, IssuedPaperUnknown
from motcua.documents.wiring import blob_store, signer

AT = datetime(2026, 11, 23, 10, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
EXAMPLES = sorted((Path(settings.CATALOGUE) / "papers" / "examples").glob("*.json"))
BIRTH = json.loads((EXAMPLES[0].parent / "giay-khai-sinh.json").read_text())
DOSSIER = "dossier:H31.284-261120-0007"


def issue(key="1", **other):
    given = {
        "owner": DOSSIER,
        "kind": "birth-certificate",
        "key": key,
        "template": "giay-khai-sinh",
        "title": "Giấy khai sinh",
        "data": BIRTH,
        "number": "284/2026",
        "result_code": "KQ.G15.000031",
        "agency": "Ủy ban nhân dân xã Nam Thanh Miện",
        "signer_name": "Trần Văn Bình",
        "signer_title": "Chủ tịch",
        "subject": "Nguyễn Minh An",
        "at": AT,
    }
    return issuing.issue(**given | other)


def words_of(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", text)


def drawn(pdf: bytes, folder: Path) -> Image.Image:
    (folder / "p.pdf").write_bytes(pdf)
    sheet = '#set page(width: auto, height: auto, margin: 0pt)\n#image("p.pdf", width: 210mm)'
    (folder / "s.typ").write_text(sheet)
    import typst

    png = typst.compile(str(folder / "s.typ"), root=str(folder), format="png", ppi=150)
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_template_stands_when_nothing_is_known(example):
    assert len(PdfReader(io.BytesIO(make_paper(example.stem.split(".")[0], {}))).pages) == 1


def test_a_long_list_of_papers_runs_over_pages_and_counts_them():
    data = json.loads((EXAMPLES[0].parent / "giay-tiep-nhan.json").read_text())
    data["papers"] *= 30
    written = make_paper("giay-tiep-nhan", data)
    sheets = len(PdfReader(io.BytesIO(written)).pages)
    assert sheets > 2
    assert f"{sheets} / {sheets}" in words_of(written)


@pytest.mark.parametrize(
    "evil", ['#read("/papers/_common.typ")', "$x$ *b* _i_ <a> @b // c", "\\u{0041}"]
)
def test_what_people_write_is_text_never_markup(evil):
    data = {"title": "Quyết định", "paragraphs": [evil]}
    assert evil.replace(" ", "") in words_of(make_paper("ket-qua", data)).replace(" ", "")


def test_names_of_every_people_of_the_country_are_printed():
    names = ["H'Hen Niê", "Y Êban Ƀuôn", "Čư Ñŏ Ê̆", "Đặng Thị Hòa", "Lò Văn Ưởng"]
    shown = words_of(make_paper("ket-qua", {"title": "Thử", "paragraphs": names}))
    for name in names:
        assert name.replace("Ê̆", "Ê") in shown.replace("\u0306", "").replace("Ê̆", "Ê")


@pytest.mark.parametrize("name", ["khong-co", "../secrets", "/etc/passwd", "papers/ket-qua", ""])
def test_a_template_that_is_not_there_is_a_named_fault(name):
    with pytest.raises(TemplateUnknownError):
        make_paper(name, {})


def test_a_procedure_brings_its_own_template(tmp_path, settings, monkeypatch):
    own = tmp_path / "procedures" / "ho-tich" / "khai-sinh" / "papers"
    own.mkdir(parents=True)
    (own / "loi-chuc.typ").write_text("#json(bytes(sys.inputs.data)).loi")
    settings.CATALOGUE = tmp_path
    monkeypatch.setattr(papers, "_own", threading.local())
    text = words_of(make_paper("procedures/ho-tich/khai-sinh/papers/loi-chuc", {"loi": "Mừng bé"}))
    assert text == "Mừng bé"
    (own / "sai.typ").write_text("#khong_co")
    with pytest.raises(PaperNotMadeError):
        make_paper("procedures/ho-tich/khai-sinh/papers/sai", {})


def test_threads_make_papers_side_by_side():
    made = []
    work = [
        threading.Thread(target=lambda: made.append(make_paper("ket-qua", {}))) for _ in range(4)
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert len(made) == 4


def test_a_qr_code_for_a_page_has_a_label_and_no_script():
    svg = qr_svg("H31", size=120, label="Mã QR của hồ sơ")
    assert svg.startswith('<svg width="120" height="120" role="img"')
    assert "<title>Mã QR của hồ sơ</title>" in svg
    assert qr_svg("x", label="<script>").count("<script>") == 0


@pytest.mark.django_db
def test_the_qr_on_a_certificate_leads_to_its_verification(tmp_path):
    paper = issue()
    (read,) = zxingcpp.read_barcodes(drawn(queries.content_of(paper), tmp_path))
    address, digits = read.text.split("#")
    assert address == issuing.verification_url(paper.token)
    claims = seals.opened(seals.from_digits(digits), paper_keys.verifying_keys())
    assert seals.paper_of(claims).token == paper.token


@pytest.mark.django_db
def test_an_issued_paper_is_signed_in_the_name_of_its_signer_at_its_moment():
    proved = signer().verify(queries.content_of(issue()))
    assert proved.valid
    assert (proved.signer, proved.signed_at) == ("Trần Văn Bình", AT)


@pytest.mark.django_db
def test_a_practice_key_says_so_on_the_paper_and_in_the_certificate():
    content = queries.content_of(issue())
    assert signer().verify(content).practice
    assert "không có giá trị pháp lý" in words_of(content)


@pytest.mark.django_db
def test_a_changed_byte_a_foreign_key_and_an_addition_all_show(tmp_path):
    from motcua.adapters.practice_signer import PracticeSigner

    content = queries.content_of(issue())
    changed = content.replace(b"/Tinos", b"/Tinoz", 1) if b"/Tinos" in content else content
    changed = bytearray(changed)
    changed[200] ^= 1
    assert not signer().verify(bytes(changed)).valid
    assert not signer().verify(content + b"\n%% later").valid
    stranger = PracticeSigner(tmp_path)
    proved = stranger.verify(content)
    assert proved.intact
    assert not proved.trusted
    assert not proved.valid


@pytest.mark.parametrize("content", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_signed_pdf_proves_nothing(content):
    proved = signer().verify(content)
    assert not proved.valid
    assert not proved.signed


@pytest.mark.django_db
def test_issued_twice_the_first_stands():
    first = issue()
    again = issue(number="999/2026", at=AT + timedelta(days=1))
    assert (again.id, again.number) == (first.id, "284/2026")
    assert IssuedPaper.objects.count() == 1


@pytest.mark.django_db
def test_two_issuing_at_the_same_moment_leave_one_paper(monkeypatch):
    first = issue()
    monkeypatch.setattr(IssuedPaper.objects, "filter", _blind_once(IssuedPaper.objects.filter))
    assert issue().id == first.id


def _blind_once(filter_):
    """The second process looks before the first has written."""
    looks = iter([IssuedPaper.objects.none()])
    return lambda **how: next(looks, None) if (looks.__length_hint__()) else filter_(**how)


@pytest.mark.django_db
def test_the_subject_is_kept_masked():
    assert "Minh" not in issue().subject
    assert issue().subject.startswith("Nguyễn M")


@pytest.mark.django_db
def test_a_code_is_found_however_it_is_typed():
    paper = issue()
    typed = "-".join(re.findall(".{5}", paper.token)).lower().replace("0", "o")
    assert queries.issued_by_token(typed).id == paper.id
    with pytest.raises(IssuedPaperUnknown):
        queries.issued_by_token("0" * 20)
    with pytest.raises(IssuedPaperUnknown):
        queries.issued_by_token("")


@pytest.mark.django_db
def test_a_paper_is_found_by_the_digest_of_its_file():
    paper = issue()
    digest = hashlib.sha256(queries.content_of(paper)).hexdigest()
    assert queries.issued_by_digest(digest).id == paper.id


@pytest.mark.django_db
def test_a_paper_is_revoked_once_with_a_reason():
    paper = issue()
    revoked = issuing.revoke(owner=DOSSIER, paper=paper.id, reason="Ghi sai ngày sinh", at=AT)
    assert revoked.status == "revoked"
    with pytest.raises(AlreadyWithdrawn):
        issuing.revoke(owner=DOSSIER, paper=paper.id, reason="Lần nữa", at=AT)


@pytest.mark.django_db
def test_a_corrected_paper_takes_the_place_of_the_first():
    old, new = issue("1"), issue("2")
    issuing.replace(owner=DOSSIER, paper=old.id, by=new.id, reason="Cải chính", at=AT)
    assert queries.issued_by_token(old.token).replaced_by_id == new.id
    assert [paper.status for paper in queries.issued_for(DOSSIER)].count("valid") == 1


@pytest.mark.django_db
def test_nobody_revokes_a_paper_of_another_dossier():
    paper = issue()
    with pytest.raises(IssuedPaperUnknown):
        issuing.revoke(owner="dossier:other", paper=paper.id, reason="x", at=AT)
    with pytest.raises(IssuedPaperUnknown):
        queries.issued("dossier:other", paper.id)


@pytest.mark.django_db
def test_the_database_refuses_a_withdrawal_without_a_reason():
    paper = issue()
    with pytest.raises(IntegrityError):
        IssuedPaper.objects.filter(id=paper.id).update(status="revoked", status_at=AT)


@pytest.mark.django_db
def test_a_sweep_erases_pages_taken_out_and_keeps_what_another_paper_needs():
    from tests import documents_samples as samples

    def send(owner, content):
        return operations.add_page(owner=owner, key="a", filename="a.jpg", content=content, at=AT)

    alone, shared = samples.jpeg(100, 100), samples.jpeg(200, 200)
    first = send("draft:1", alone)
    send("draft:1", shared)
    send("draft:2", shared)
    issued = issue()
    pages = queries.documents_of("draft:1")[0].page_list
    digests = [page.digest for page in pages]
    for page in pages:
        operations.remove_page(owner="draft:1", document=first.id, page=page.id, at=AT)
    assert operations.sweep(before=AT) == 0
    assert operations.sweep(before=AT + timedelta(seconds=1)) == 1
    assert [blob_store().has(digest) for digest in digests] == [False, True]
    assert blob_store().has(issued.blob_id)


def test_signing_is_not_loaded_where_nothing_is_signed():
    code = (
        "import django; django.setup(); import motcua.documents.issuing, motcua.documents.serving;"
        "from motcua.documents.wiring import signer; signer(); import sys;"
        "assert 'pyhanko' not in sys.modules; assert 'pillow_heif' not in sys.modules"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_HOME": str(settings.HOME),
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=settings.ROOT)


@pytest.mark.django_db
def test_an_office_with_a_long_vietnamese_name_can_sign():
    paper = issue(signer_name="Bảo hiểm xã hội cơ sở Thanh Miện và các xã, phường lân cận")
    assert queries.content_of(paper).startswith(b"%PDF")
