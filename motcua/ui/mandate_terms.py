"""The questions of a mandate that citizens and counters ask alike: on which ground, for what, which acts, how long."""

from datetime import datetime, timedelta

from django.utils.translation import gettext

from motcua.agencies.rules.codes import code_list
from motcua.kernel.working_calendar import local
from motcua.mandates.rules.grounds import Terms, Way, grounds
from motcua.mandates.rules.mandates import ACT_WORDS, Act, Reach, Scope, end_of
from motcua.mandates.rules.refusals import GroundNotHere, ScopeUnknown
from motcua.procedures.queries import listing_of, offered
from motcua.procedures.rules.reading_answers import Posted
from motcua.ui.fields import FieldView, Option

DAYS = {"30": 30, "90": 90, "180": 180, "365": 365}


def read_terms(posted: Posted, at: datetime, *, dossier: str = "") -> Terms:
    """Read what is given. Raises GroundNotHere, ScopeUnknown."""
    if not posted.one("ground"):
        raise GroundNotHere
    days = DAYS.get(posted.one("days"), DAYS["30"])
    acts = frozenset(Act(act) for act in posted.many("acts") if act in set(Act))
    until = end_of(local(at).date() + timedelta(days=days))
    return Terms(posted.one("ground"), acts, _scope(posted.one("scope"), dossier), at, until)


def _scope(told: str, dossier: str) -> Scope:
    reach, _, of = told.partition(":")
    known = {
        Reach.EVERYTHING: not of,
        Reach.OCCASION: code_list("life_events").has(of),
        Reach.PROCEDURE: bool(of) and listing_of(of) is not None,
        Reach.DOSSIER: bool(of) and of == dossier,
    }
    if reach not in set(Reach) or not known[Reach(reach)]:
        raise ScopeUnknown
    return Scope(Reach(reach), of)


def terms_fields(posted: Posted, way: Way, spoken: str, dossier: str = "") -> list[FieldView]:
    """Return the questions about what is given."""
    return [
        _ground(posted, way, spoken),
        _for_what(posted, spoken, dossier),
        _acts(posted),
        _days(posted),
    ]


def _ground(posted: Posted, way: Way, spoken: str) -> FieldView:
    chosen = posted.one("ground")
    options = [
        Option(
            one.code,
            one.row.label(spoken),
            one.row.text("who", spoken) if way == "online" else "",
            selected=one.code == chosen,
        )
        for one in grounds(way)
    ]
    label = gettext("Hai người là gì của nhau?")
    return FieldView("ground", "ground", "radio", label, options=options)


def _for_what(posted: Posted, spoken: str, dossier: str) -> FieldView:
    chosen = posted.one("scope") or (f"{Reach.DOSSIER}:{dossier}" if dossier else "")
    choices = (
        [(f"{Reach.DOSSIER}:{dossier}", gettext("Hồ sơ {code}").format(code=dossier), "")]
        if dossier
        else []
    )
    events = gettext("Việc trong đời")
    choices += [
        (f"{Reach.OCCASION}:{row.code}", row.label(spoken), events)
        for row in code_list("life_events").rows
    ]
    services = gettext("Một thủ tục")
    choices += [
        (f"{Reach.PROCEDURE}:{row.code}", str(row.short.get(spoken) or row.short["vi"]), services)
        for row in offered()
    ]
    choices += [(Reach.EVERYTHING, gettext("Mọi thủ tục"), gettext("Tất cả"))]
    options = [
        Option(value, label, group=group, selected=value == chosen)
        for value, label, group in choices
    ]
    return FieldView("scope", "scope", "select", gettext("Cho việc gì?"), options=options)


def _acts(posted: Posted) -> FieldView:
    chosen = posted.many("acts") or [Act.FILE, Act.FOLLOW, Act.SUPPLEMENT]
    options = [
        Option(act, gettext(words), selected=act in chosen) for act, words in ACT_WORDS.items()
    ]
    return FieldView(
        "acts", "acts", "checkboxes", gettext("Được làm thay những gì?"), options=options
    )


def _days(posted: Posted) -> FieldView:
    words = {
        "30": gettext("1 tháng"),
        "90": gettext("3 tháng"),
        "180": gettext("6 tháng"),
        "365": gettext("1 năm"),
    }
    chosen = posted.one("days") or "30"
    options = [Option(value, words[value], selected=value == chosen) for value in DAYS]
    hint = gettext(
        "Hết thời gian này ủy quyền tự kết thúc. Quý vị thôi ủy quyền lúc nào cũng được."
    )
    return FieldView("days", "days", "radio", gettext("Trong bao lâu?"), hint=hint, options=options)
