"""A language is added by data alone: eastern Cham, in its own letters, in a folder beside ours."""

from pathlib import Path

import polib
import pytest
from django.utils.translation import trans_real

from motcua.config.translations import compile_translations
from motcua.kernel import translations
from motcua.toolkit.spoken import read_languages
from tests.journeys.test_pages_in_english import PUBLIC
from tests.running import ROOT

pytestmark = pytest.mark.django_db
HOME, HAVING = "ꨢꨮꩆ", "ꨚꨭꩀ ꨀꨘꨮꩀ"


@pytest.fixture
def cham(tmp_path: Path, settings, monkeypatch):
    """The languages of the house and one more, as its translators would bring it."""
    for code in ("vi", "en"):
        (tmp_path / code).mkdir()
        (tmp_path / code / "language.yaml").write_bytes(
            (ROOT / "locale" / code / "language.yaml").read_bytes()
        )
    _write(tmp_path / "cjm", {"django": {"Một cửa cho mọi giấy tờ": HOME}, "catalogue": {"Có con": HAVING}})  # fmt: skip
    settings.LOCALE_PATHS = [tmp_path, ROOT / "locale"]
    settings.SPOKEN = read_languages(tmp_path)
    settings.LANGUAGES = [(item.code, item.name) for item in settings.SPOKEN.values()]
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    translations._catalogue.cache_clear()
    yield
    translations._catalogue.cache_clear()
    trans_real._translations.pop("cjm", None)


def _write(folder: Path, texts: dict[str, dict[str, str]]) -> None:
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "language.yaml").write_text(
        'name: "ꨌꩌ"\nletters: "ꨀ-꩟"\nnote: "ꨌꩌ ꨌꩌ"\n', encoding="utf-8"
    )
    for name, translated in texts.items():
        file = polib.POFile()
        file.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        file += [polib.POEntry(msgid=text, msgstr=said) for text, said in translated.items()]
        file.save(str(folder / "LC_MESSAGES" / f"{name}.po"))
    compile_translations(folder.parent)


def test_a_made_up_language_is_offered_chosen_and_spoken(commune, client, cham):
    offered = client.get("/").content.decode()
    assert 'hreflang="cjm"' in offered
    client.get("/ngon-ngu/cjm?next=/")
    page = client.get("/").content.decode()
    assert '<html lang="cjm"' in page
    assert f"<h1>{HOME}</h1>" in page
    assert HAVING in page
    assert "ꨌꩌ ꨌꩌ" in page


def test_what_it_does_not_say_stays_vietnamese_and_is_marked(commune, client, cham):
    client.get("/ngon-ngu/cjm?next=/")
    page = client.get("/").content.decode()
    assert '<span lang="vi">Quý vị đang có việc gì?</span>' in page
    assert '<a class="language" lang="en" hreflang="en"' in page


def test_khmer_goes_through_the_citizens_pages(commune, client):
    client.get("/ngon-ngu/km?next=/")
    begun = client.post("/nop/thu/", {"place__province": "31", "place__commune": "11284"})
    form = [f"{begun.url}{page}" for page in ("", "trang/child/", "giay-to/", "nhan-ket-qua/", "kiem-tra/")]  # fmt: skip
    for page in (*PUBLIC, "/dich-vu/thu/to-roi/?commune=11239", *form):
        answer = client.get(page, follow=True)
        desk = answer.request["PATH_INFO"].startswith("/can-bo/")
        assert answer.status_code < 500, page
        assert answer["Content-Language"] == ("vi" if desk else "km"), page
