"""A column that tells of people is sealed, or stands here with what it tells instead."""

import re

from django.apps import apps
from django.db import models

from motcua.toolkit.sealed_fields import Keyed, Sealed

TELLS = re.compile(
    r"name|phone|email|address|birth|words|text|note|reason|answers|body|content|title|receiver|subject|destination"
    r"|remark|reply|secret|data$|^by$|_by$|confirmation|problem|raw|resolution|personal|number"
)
OF_THE_HOUSE = re.compile(
    r"^(auth_|django_|procrastinate_|procedures_|audit_head|agencies_|exchange_party|payments_line)"
)
"""Django's and the worker's own; the law; agencies, their officials in office, places."""
HARMLESS = {
    # ids and codes of dossiers, drafts, results
    "payments_demand.subject", "deliveries_delivery.subject", "notices_notice.subject", "exchange_outgoing.subject",
    "exchange_incoming.subject", "exchange_question.subject", "visits_booking.subject", "visits_ticket.subject",
    "help_invitation.subject", "help_helping.subject", "help_opinion.subject", "privacy_request.subject",
    "privacy_hold.subject", "privacy_erasure.subject",
    # keyed hashes and hashes of secrets
    "identity_onetimecode.destination_key", "mandates_mandate.holder_number", "help_helping.secret_hash",
    "dossiers_draftkey.secret_hash",
    # what a procedure, a fee, a paper is called; numbers of papers, letters and payments
    "documents_issuedpaper.title", "documents_issuedpaper.number", "payments_demand.title", "registers_entry.title",
    "payments_attempt.gateway_number", "deliveries_postorder.order_number", "deliveries_postorder.tracking_number",
    "deliveries_postlistline.tracking_number",
    # officials and organisations in office, codes of a list, and what an office says of itself
    "identity_organisation.name", "identity_person.verified_by", "documents_issuedpaper.signer_title",
    "documents_issuedpaper.status_reason", "payments_receipt.received_by", "payments_anomaly.resolved_by",
    "payments_anomaly.resolution", "payments_demand.reason", "deliveries_delivery.handed_over_by",
    "deliveries_postlist.closed_by", "deliveries_postlistline.problem", "registers_book.opened_by",
    "registers_entry.by", "registers_entry.struck_by", "registers_entry.struck_reason", "visits_closure.reason",
    "privacy_hold.reason", "privacy_hold.by", "dossiers_emergency.reason", "dossiers_readlog.official_name",
    "dossiers_readlog.reason", "dossiers_checkmark.official_name", "dossiers_note.official_name",
    "dossiers_savedview.name",
}  # fmt: skip


def test_whatever_tells_of_people_is_sealed() -> None:
    plain = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(
            field, models.CharField | models.TextField | models.JSONField | models.BinaryField
        )
        and not isinstance(field, Sealed | Keyed)
        and TELLS.search(field.name)
        and not field.choices
    }
    told = {name for name in plain if not OF_THE_HOUSE.match(name)}
    assert told - HARMLESS == set(), (
        "seal it (toolkit.sealed_fields), or say here what it tells instead"
    )
    assert HARMLESS - told == set(), "no longer there: take it off the list"
