"""Time limits in words: the same on the pages, the leaflets and the papers."""

from django.utils.translation import gettext

from motcua.procedures.rules.plan import Plan, TimeLimit


def limit_words(limit: TimeLimit | None) -> str:
    """Return a time limit in words; empty where there is none."""
    if limit is None:
        return ""
    words = {
        "working_days": gettext("{n} ngày làm việc"),
        "days": gettext("{n} ngày"),
        "working_hours": gettext("{n} giờ làm việc"),
    }
    return words[limit.unit].format(n=limit.amount)


def plan_words(plan: Plan) -> str:
    """Return how long a service takes: one limit, or from its shortest to its longest case."""
    shortest = plan.shortest()
    if shortest.amount == plan.limit.amount:
        return limit_words(plan.limit)
    return gettext("{least} đến {most}").format(least=shortest.amount, most=limit_words(plan.limit))
