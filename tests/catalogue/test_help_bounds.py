"""Where money goes and how the applicant is reached is no helper's question, in any procedure of the catalogue."""

import re

import pytest

from motcua.help.rules.helping import kept_from_helpers
from tests.catalogue.test_procedures import READ

MONEY = re.compile(r"account|bank|iban|tai_khoan|ngan_hang")


@pytest.mark.parametrize("name", sorted(READ))
def test_money_and_contact_stay_with_the_owner(name):
    procedure = READ[name].procedure
    fields, who = procedure.form.fields(), procedure.applicant
    kept = kept_from_helpers(fields, (who.phone, who.email))
    money = {field for field in fields if MONEY.search(field)}
    assert kept >= money | ({who.phone, who.email} & set(fields))
