-- The auditor: every view must be empty.
--
-- Views named a… are promises that hold in every committed snapshot; those named l… are promises with a delay, true once
-- a system has come to rest. `lango audit` reads them all in one snapshot; so do tests at their end. A table with a
-- promise comes with its view here, and with a planted violation in the auditor's tests.

create schema audit;

-- Stock.
create view audit.a01_pool_oversold as
select org_id, pool_id, capacity, held, sold
  from pool
 where held + sold > capacity;

create view audit.a02_pool_sold_drift as
select p.org_id, p.pool_id, p.sold, count(k.ticket_id) as valid_tickets
  from pool p
  left join ticket_type_pool draw on draw.org_id = p.org_id and draw.pool_id = p.pool_id
  left join ticket k on k.org_id = draw.org_id and k.ticket_type_id = draw.ticket_type_id and k.state = 'valid'
 group by p.org_id, p.pool_id
having p.sold <> count(k.ticket_id);

create view audit.a03_pool_held_drift as
with active as (
    select line.org_id, draw.pool_id, sum(line.quantity) as quantity
      from hold h
      join hold_line line on line.org_id = h.org_id and line.hold_id = h.hold_id
      join ticket_type_pool draw on draw.org_id = line.org_id and draw.ticket_type_id = line.ticket_type_id
     where h.state = 'active'
     group by line.org_id, draw.pool_id)
select p.org_id, p.pool_id, p.held, coalesce(a.quantity, 0) as active_holds
  from pool p
  left join active a on a.org_id = p.org_id and a.pool_id = p.pool_id
 where p.held <> coalesce(a.quantity, 0);

create view audit.a04_slot_twice as
select org_id, event_id, slot, count(*) as tickets
  from ticket
 group by org_id, event_id, slot
having count(*) > 1;

create view audit.a05_hold_and_order_disagree as
select o.org_id, o.order_id, o.state as order_state, h.state as hold_state
  from orders o
  join hold h on h.org_id = o.org_id and h.hold_id = o.hold_id
 where (h.state = 'converted' and o.state in ('basket', 'pending', 'expired', 'cancelled'))
    or (h.state = 'active' and o.state not in ('basket', 'pending'))
    or (h.state <> 'active' and o.state = 'basket');

-- Orders and tickets.
create view audit.a06_paid_order_ticket_count as
select l.org_id, l.order_id, l.line_no, l.quantity, count(k.ticket_id) as valid_tickets
  from orders o
  join order_line l on l.org_id = o.org_id and l.order_id = o.order_id
  left join ticket k on k.org_id = l.org_id and k.order_id = l.order_id and k.line_no = l.line_no and k.state = 'valid'
 where o.state = 'paid'
 group by l.org_id, l.order_id, l.line_no, l.quantity
having count(k.ticket_id) <> l.quantity;

create view audit.a07_ticket_without_paid_order as
select k.org_id, k.ticket_id, o.state
  from ticket k
  join orders o on o.org_id = k.org_id and o.order_id = k.order_id
 where k.state = 'valid'
   and o.state not in ('paid', 'part_refunded');

-- Money.
create view audit.a08_money_without_goods as
select p.org_id, p.payment_id, p.amount_minor, o.state
  from payment p
  join orders o on o.org_id = p.org_id and o.order_id = p.order_id
 where p.state = 'succeeded'
   and o.state not in ('paid', 'part_refunded')
   and p.amount_minor > (
        select coalesce(sum(r.amount_minor), 0)
          from refund r
         where r.org_id = p.org_id and r.payment_id = p.payment_id and r.state <> 'failed');

create view audit.a09_paid_order_underfunded as
select o.org_id, o.order_id, o.total_minor
  from orders o
 where o.state = 'paid'
   and o.total_minor > (
        select coalesce(sum(p.amount_minor), 0)
          from payment p
         where p.org_id = o.org_id and p.order_id = o.order_id and p.state = 'succeeded' and p.currency = o.currency);

create view audit.a10_paid_twice_not_refunded as
with taken as (
    select p.org_id, p.order_id,
           sum(p.amount_minor) - sum((
                select coalesce(sum(r.amount_minor), 0)
                  from refund r
                 where r.org_id = p.org_id and r.payment_id = p.payment_id and r.state <> 'failed')) as kept_minor
      from payment p
     where p.state = 'succeeded'
     group by p.org_id, p.order_id)
select o.org_id, o.order_id, o.total_minor, t.kept_minor
  from orders o
  join taken t on t.org_id = o.org_id and t.order_id = o.order_id
 where o.state in ('paid', 'part_refunded')
   and t.kept_minor > o.total_minor;

create view audit.a11_over_refund as
select p.org_id, p.payment_id, p.amount_minor, sum(r.amount_minor) as refunded_minor
  from payment p
  join refund r on r.org_id = p.org_id and r.payment_id = p.payment_id and r.state <> 'failed'
 group by p.org_id, p.payment_id, p.amount_minor
having sum(r.amount_minor) > p.amount_minor;

create view audit.a12_order_total_wrong as
select o.org_id, o.order_id, o.total_minor, sum(l.unit_minor * l.quantity) as lines_minor
  from orders o
  join order_line l on l.org_id = o.org_id and l.order_id = o.order_id
 group by o.org_id, o.order_id, o.total_minor
having o.total_minor <> sum(l.unit_minor * l.quantity);

create view audit.a13_ledger_tx_unbalanced as
select org_id, ledger_tx_id, currency, sum(amount_minor) as sum_minor
  from ledger_entry
 group by org_id, ledger_tx_id, currency
having sum(amount_minor) <> 0;

create view audit.a14_ledger_world_unbalanced as
select currency, sum(amount_minor) as sum_minor
  from ledger_entry
 group by currency
having sum(amount_minor) <> 0;

-- Debit is positive: the provider cannot hold less than nothing, and nobody can be owed less than nothing.
create view audit.a15_book_on_the_wrong_side as
select org_id, book, currency, sum(amount_minor) as sum_minor
  from ledger_entry
 group by org_id, book, currency
having (book = 'provider' and sum(amount_minor) < 0)
    or (book in ('organizer', 'buyer') and sum(amount_minor) > 0);

create view audit.a16_movement_not_booked_once as
with booked as (
    select t.org_id, t.kind, t.ref, sum(e.amount_minor) as provider_minor
      from ledger_tx t
      join ledger_entry e on e.org_id = t.org_id and e.ledger_tx_id = t.ledger_tx_id and e.book = 'provider'
     group by t.org_id, t.kind, t.ref)
select 'payment' as what, p.org_id, p.payment_id as id, p.amount_minor, coalesce(b.provider_minor, 0) as booked_minor
  from payment p
  left join booked b on b.org_id = p.org_id and b.kind = 'capture' and b.ref = p.payment_id
 where coalesce(b.provider_minor, 0) <> case when p.state = 'succeeded' then p.amount_minor else 0 end
 union all
select 'refund', r.org_id, r.refund_id, r.amount_minor, -coalesce(b.provider_minor, 0)
  from refund r
  left join booked b on b.org_id = r.org_id and b.kind = 'refund' and b.ref = r.refund_id
 where -coalesce(b.provider_minor, 0) <> case when r.state = 'succeeded' then r.amount_minor else 0 end;

create view audit.a17_receipt_not_its_own as
select p.org_id, p.payment_id, p.receipt
  from payment p
  left join receipt_directory d
    on d.provider = p.provider and d.receipt = p.receipt and d.org_id = p.org_id and d.payment_id = p.payment_id
 where p.receipt is not null
   and d.receipt is null;

create view audit.a18_wrong_amount_applied as
select n.org_id, n.notice_id, n.amount_minor, p.amount_minor as expected_minor
  from provider_notice n
  join payment p on p.org_id = n.org_id and p.payment_id = n.payment_id
 where n.outcome = 'applied'
   and n.amount_minor <> p.amount_minor;

create view audit.a19_one_effect_two_keys as
select org_id, subject_id, count(*) as keys
  from idempotency_key
 where scope = 'order'
 group by org_id, subject_id
having count(*) > 1;

-- The gate.
create view audit.a20_admitted_more_than_rule as
select a.org_id, a.list_id, a.ticket_id, count(*) as admissions, l.entries_max
  from admission a
  join check_in_list l on l.org_id = a.org_id and l.list_id = a.list_id
 group by a.org_id, a.list_id, a.ticket_id, l.entries_max
having count(*) > l.entries_max;

create view audit.a21_admission_not_counted as
select s.org_id, s.scan_id
  from scan s
  left join admission a on a.org_id = s.org_id and a.scan_id = s.scan_id
  left join scan_conflict c on c.org_id = s.org_id and c.scan_id = s.scan_id
 where s.verdict = 'admitted'
   and a.scan_id is null
   and c.scan_id is null;

create view audit.a22_void_ticket_admitted as
select a.org_id, a.ticket_id, a.admitted_at, k.voided_at
  from admission a
  join ticket k on k.org_id = a.org_id and k.ticket_id = a.ticket_id
  left join scan_conflict c on c.org_id = a.org_id and c.scan_id = a.scan_id
 where k.state = 'void'
   and a.admitted_at > k.voided_at
   and c.scan_id is null;

create view audit.a23_void_not_revoked as
select k.org_id, k.ticket_id
  from ticket k
  left join revocation r on r.org_id = k.org_id and r.ticket_id = k.ticket_id and r.generation = k.generation
 where k.state = 'void'
   and r.ticket_id is null;

create view audit.a24_scan_gap as
select org_id, device_id, min(device_seq) as first_seq, max(device_seq) as last_seq, count(*) as scans
  from scan
 group by org_id, device_id
having max(device_seq) <> count(*) or min(device_seq) <> 1;

-- The directories, and prices.
create view audit.a25_event_not_in_directory as
select e.org_id, e.event_id, e.slug
  from event e
  left join event_directory d
    on d.org_id = e.org_id and d.event_id = e.event_id and d.slug = e.slug and d.reference = e.reference
 where d.slug is null;

create view audit.a26_currency_mixed as
select o.org_id, o.order_id, o.currency, t.currency as type_currency
  from orders o
  join order_line l on l.org_id = o.org_id and l.order_id = o.order_id
  join ticket_type t on t.org_id = l.org_id and t.ticket_type_id = l.ticket_type_id
 where t.currency <> o.currency
 union all
select p.org_id, p.order_id, o.currency, p.currency
  from payment p
  join orders o on o.org_id = p.org_id and o.order_id = p.order_id
 where p.currency <> o.currency;

-- What must be true once things have come to rest.
create view audit.l01_hold_overdue as
select org_id, hold_id, expires_at
  from hold
 where state = 'active'
   and expires_at < clock_timestamp() - interval '60 seconds';

create view audit.l02_notice_not_applied as
select org_id, notice_id, received_at
  from provider_notice
 where applied_at is null
   and received_at < clock_timestamp() - interval '60 seconds';

create view audit.l03_payment_unresolved as
select org_id, payment_id, state, next_poll_at
  from payment
 where state in ('created', 'prompting', 'prompted', 'unknown')
   and created_at < clock_timestamp() - interval '15 minutes'
   and (next_poll_at is null or next_poll_at < clock_timestamp() - interval '5 minutes');

create view audit.l04_job_stuck as
select job_id, name, run_at, failed_at, last_error
  from job
 where done_at is null
   and (failed_at is not null or run_at < clock_timestamp() - interval '5 minutes');

create view audit.l05_paid_order_no_mail as
select o.org_id, o.order_id
  from orders o
  left join message m on m.topic = 'order.tickets' and m.subject_key = o.order_id::text
 where o.state = 'paid'
   and m.message_id is null;

create view audit.l06_refund_stuck as
select r.org_id, r.refund_id, r.state
  from refund r
 where (r.state in ('requested', 'submitted') and r.created_at < clock_timestamp() - interval '24 hours')
    or r.state = 'review'
    or (r.state = 'failed' and not exists (
            select 1
              from refund later
             where later.org_id = r.org_id
               and later.payment_id = r.payment_id
               and later.created_at > r.created_at));

create view audit.l07_key_without_effect as
select k.org_id, k.scope, k.subject_id
  from idempotency_key k
  left join orders o on o.org_id = k.org_id and o.order_id = k.subject_id
 where o.order_id is null
   and k.scope = 'order';

create view audit.l08_conflict_unresolved as
select c.org_id, c.scan_id, c.reason
  from scan_conflict c
  join check_in_list l on l.org_id = c.org_id and l.list_id = c.list_id
  join event e on e.org_id = l.org_id and e.event_id = l.event_id
 where c.resolved_at is null
   and e.ends_at < clock_timestamp() - interval '24 hours';

create view audit.l09_mail_stuck as
select message_id, topic, created_at
  from message
 where sent_at is null
   and (failed_at is not null or created_at < clock_timestamp() - interval '5 minutes');
