"""What the ledger must never hold: a movement that does not sum to zero, or a changed one."""

from django.db import migrations

FORWARD = """
create function payments_journal_sums_to_zero() returns trigger language plpgsql as $$
declare
  wanted bigint;
begin
  if tg_table_name = 'payments_journal' then
    wanted := new.id;
  else
    wanted := new.journal_id;
  end if;
  if (select count(*) < 2 or sum(amount_vnd) <> 0 from payments_entry where journal_id = wanted) then
    raise exception 'the entries of journal % do not sum to zero', wanted
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger journal_sums_to_zero after insert on payments_journal
  deferrable initially deferred for each row execute function payments_journal_sums_to_zero();
create constraint trigger entry_sums_to_zero after insert on payments_entry
  deferrable initially deferred for each row execute function payments_journal_sums_to_zero();

create function payments_ledger_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is never changed: book the reverse instead'
    using errcode = 'check_violation';
end $$;

create trigger journal_is_final before update or delete on payments_journal
  for each row execute function payments_ledger_is_final();
create trigger entry_is_final before update or delete on payments_entry
  for each row execute function payments_ledger_is_final();
create trigger receipt_is_final before update or delete on payments_receipt
  for each row execute function payments_ledger_is_final();
"""
BACKWARD = """
drop trigger receipt_is_final on payments_receipt;
drop trigger entry_is_final on payments_entry;
drop trigger journal_is_final on payments_journal;
drop function payments_ledger_is_final();
drop trigger entry_sums_to_zero on payments_entry;
drop trigger journal_sums_to_zero on payments_journal;
drop function payments_journal_sums_to_zero();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
