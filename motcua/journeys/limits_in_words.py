"""Time limits in words: the same on the pages, the leaflets and the papers."""

from django.utils.translation import gettext, ngettext

from motcua.procedures.rules.plan import Plan, TimeLimit


def limit_words(limit: TimeLimit | None) -> str:
    """Return a time limit in words; empty where there is none, and of nought days the day itself."""
    if limit is None:
        return ""
    if limit.amount == 0:
        return gettext("ngay trong ngày làm việc")
    n = limit.amount
    words = {
        "working_days": ngettext("{n} ngày làm việc", "{n} ngày làm việc", n),
        "days": gettext("{n} ngày"),
        "working_hours": ngettext("{n} giờ làm việc", "{n} giờ làm việc", n),
    }
    return words[limit.unit].format(n=n)


def plan_words(plan: Plan) -> str:
    """Return how long a service takes: one limit, or from its shortest to its longest case."""
    least, most = plan.shortest(), plan.limit
    if least.amount == most.amount:
        return limit_words(most)
    if least.amount == 0:
        return gettext("trong ngày, lâu nhất {most}").format(most=limit_words(most))
    words = {
        "working_days": gettext("{least} đến {most} ngày làm việc"),
        "days": gettext("{least} đến {most} ngày"),
        "working_hours": gettext("{least} đến {most} giờ làm việc"),
    }
    return words[most.unit].format(least=least.amount, most=most.amount)
