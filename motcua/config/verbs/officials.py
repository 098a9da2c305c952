"""Invite an agency's first official, or be the second person where an agency has only one administrator.

Done by the operator of the installation (the province), and written down as done by nobody of the agency. Without
--invite and --confirm it tells what waits for a second person. The code of a first sign-in is shown once.
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING
from uuid import uuid4

from motcua.agencies.rules.roles import Role
from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.agencies.models import Agency

ROLES = [role.value for role in Role]


def declare(parser: ArgumentParser) -> None:
    """Take the agency and what to do there."""
    parser.add_argument("agency", help="its code, as H24.284")
    parser.add_argument("--invite", metavar="USERNAME")
    parser.add_argument("--name", default="", help="full name of whom is invited")
    parser.add_argument("--role", choices=ROLES, default="administrator")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--confirm", type=int, metavar="NUMBER", help="a proposal that waits")
    what.add_argument("--decline", type=int, metavar="NUMBER")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Do it; return 1 when it may not be done."""
    with the_house(asked.language):
        from motcua.agencies.models import Agency
        from motcua.kernel.refusal import Refusal
        from motcua.ui.refusals import refusal_text

        agency = Agency.objects.filter(code=asked.agency).first()
        if agency is None:
            complain(f"no agency {asked.agency}")
            return 1
        try:
            _do(agency, asked)
        except Refusal as refusal:
            complain(refusal_text(refusal))
            return 1
    return 0


def _do(agency: "Agency", asked: Namespace) -> None:
    from motcua.agencies import administering
    from motcua.agencies.rules.places import day_of
    from motcua.toolkit.clock import now

    at, code = now(), ""
    if asked.invite:
        by = administering.By(agency, None, uuid4().hex, at)
        wanted = administering.Wanted(Role(asked.role), day_of(at), None)
        _, code = administering.invite(
            by, username=asked.invite, full_name=asked.name or asked.invite, wanted=wanted
        )
    elif asked.confirm or asked.decline:
        deed = asked.confirm or asked.decline
        code = administering.decide(
            deed=deed, agency=agency, by=None, accept=bool(asked.confirm), at=at
        )
    else:
        for one in administering.deeds_of(agency):
            if one.accepted is None:
                say(
                    f"{one.pk}  {one.kind} {one.role}  {one.official.username}  {one.at:%Y-%m-%d %H:%M}"
                )
    if code:
        say(code)
