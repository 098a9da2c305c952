"""How the tests press the buttons of the desk's pages."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents_samples import jpeg

HIDDEN = re.compile(r'<input type="hidden" name="(key|seen|post|step)" value="([^"]*)"')


def words(answer):
    return answer.content.decode()


def dossier_page(row):
    return f"/can-bo/ho-so/{row.code}/"


def act_page(row, slug, part=""):
    return dossier_page(row) + f"viec/{slug}/" + (f"{part}/" if part else "")


def hidden(answer):
    """Return what an act's page carries hidden: key, seen, post, step."""
    return dict(HIDDEN.findall(words(answer)))


def opened(browser, row, slug, part=""):
    """Open an act's page; return what it carries."""
    answer = browser.get(act_page(row, slug, part))
    assert answer.status_code == 200, words(answer)
    return hidden(answer)


def pressed(browser, row, slug, part="", *, carried=None, **values):
    """Open an act's page (unless what it carried is given) and press its button."""
    carried = carried or opened(browser, row, slug, part)
    return browser.post(act_page(row, slug, part), {**carried, **values})


def did(answer):
    """Tell whether the act was done: the page leads back to the dossier."""
    return answer.status_code == 302 and "xong=" in answer["Location"]


def signed_note():
    """Return what the front desk posts when the receiver showed a card and signed the hand-over note."""
    photo = SimpleUploadedFile("phieu.jpg", jpeg(300, 400))
    return {"receiver": "Nguyễn Thị Mai", "proof": "card", "digits": "321", "files": [photo]}
