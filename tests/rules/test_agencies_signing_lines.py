"""What stands above a name on a paper: by what right it is signed, and the signer's own title."""

import pytest

from motcua.agencies.rules.signing_lines import LineUnsound, above, checked_line

COMMUNE = "commune_committee"


@pytest.mark.parametrize(
    ("signs", "title", "shown"),
    [
        ("", "", "Chủ tịch"),
        ("", "Quyền Trưởng phòng", "Quyền Trưởng phòng"),
        ("KT", "Phó Chủ tịch", "KT. Chủ tịch\nPhó Chủ tịch"),
        ("TUQ", "Công chức tư pháp – hộ tịch", "TUQ. Chủ tịch\nCông chức tư pháp – hộ tịch"),
        ("Q", "", "Q. Chủ tịch"),
    ],
)
def test_the_letters_stand_before_the_heads_title_and_ones_own_beneath(signs, title, shown):
    assert above(signs, title, kind=COMMUNE, usual="Chủ tịch") == shown


def test_at_the_police_the_head_is_called_otherwise():
    line = above("KT", "Phó Trưởng Công an", kind="commune_police", usual="Công an xã")
    assert line.startswith("KT. Trưởng Công an\n")


@pytest.mark.parametrize("signs", ["KT", "TL", "TUQ", "XX"])
def test_who_signs_for_the_head_names_their_own_title(signs):
    with pytest.raises(LineUnsound):
        checked_line(signs, " ")


def test_a_title_is_kept_without_needless_space():
    assert checked_line("KT", "  Phó   Chủ tịch ") == ("KT", "Phó Chủ tịch")
