-- What a purchase writes by the thousand, made lighter: without it a server spends half of a basket's time on keys.
--
-- A foreign key looks its parent up for every row and locks it. The parents of a sale are one event and one ticket type:
-- all buyers would share the locks of two rows, with each other and with the desk that edits them. And a basket's own
-- rows are written together, in one transaction, by one function, and are never deleted. So these tables name their
-- parents without a key; audit.a27 finds a row whose parent is missing.
alter table hold drop constraint hold_org_id_event_id_fkey;
alter table hold_line
    drop constraint hold_line_org_id_hold_id_fkey,
    drop constraint hold_line_org_id_ticket_type_id_fkey;
alter table orders
    drop constraint orders_org_id_event_id_fkey,
    drop constraint orders_org_id_hold_id_fkey;
alter table order_line
    drop constraint order_line_org_id_order_id_fkey,
    drop constraint order_line_org_id_ticket_type_id_fkey;
alter table ticket
    drop constraint ticket_org_id_event_id_fkey,
    drop constraint ticket_org_id_ticket_type_id_fkey;

create view audit.a27_purchase_without_its_parent as
select 'hold' as what, h.org_id, h.hold_id as id
  from hold h
 where not exists (select from event e where e.org_id = h.org_id and e.event_id = h.event_id)
 union all
select 'hold_line', l.org_id, l.hold_id
  from hold_line l
 where not exists (select from hold h where h.org_id = l.org_id and h.hold_id = l.hold_id)
    or not exists (select from ticket_type t where t.org_id = l.org_id and t.ticket_type_id = l.ticket_type_id)
 union all
select 'order', o.org_id, o.order_id
  from orders o
 where not exists (select from event e where e.org_id = o.org_id and e.event_id = o.event_id)
    or not exists (select from hold h where h.org_id = o.org_id and h.hold_id = o.hold_id)
 union all
select 'order_line', l.org_id, l.order_id
  from order_line l
 where not exists (select from orders o where o.org_id = l.org_id and o.order_id = l.order_id)
    or not exists (select from ticket_type t where t.org_id = l.org_id and t.ticket_type_id = l.ticket_type_id)
 union all
select 'ticket', k.org_id, k.ticket_id
  from ticket k
 where not exists (select from event e where e.org_id = k.org_id and e.event_id = k.event_id)
    or not exists (select from ticket_type t where t.org_id = k.org_id and t.ticket_type_id = k.ticket_type_id);

-- Indexes that no statement reads.
drop index hold_line_by_type;
drop index order_line_by_type;
drop index idempotency_key_by_subject;
