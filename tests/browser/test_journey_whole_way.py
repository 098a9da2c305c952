"""The whole way of one birth dossier, from a phone to three results."""

import pytest

from tests.browser.families import BEGINNING, MAI_FILES

pytestmark = [pytest.mark.browser]
BIRTH = "khai-sinh-lien-thong"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_mother_files_and_three_results_come(citizen, scripts):
    mai = citizen(journey=f"whole-way-{'scripts' if scripts else 'plain'}", scripts=scripts)
    mai.goes_to("/", "home")
    mai.searches("khai sinh")
    mai.look("found")
    mai.presses("Đăng ký khai sinh – Đăng ký thường trú")
    mai.look("service")
    mai.presses("Bắt đầu khai")
    mai.look("sign-in")
    mai.signs_in_by_vneid()
    mai.files(BIRTH, BEGINNING, MAI_FILES)
