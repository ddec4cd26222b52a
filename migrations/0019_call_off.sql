-- Events that were called off with all their money to go back.
--
-- The row is a member's decision, made after a question that named the number of orders and the sum. Jobs carry it out
-- order by order; whatever else is paid after all, late, goes back by the same row.

create table call_off (
    org_id uuid not null,
    event_id uuid not null,
    account_id uuid not null references account,
    order_count int not null constraint call_off_order_count_not_negative check (order_count >= 0),
    total_minor bigint not null constraint call_off_total_not_negative check (total_minor >= 0),
    currency char(3) not null,
    asked_at timestamptz not null default now(),
    primary key (org_id, event_id),
    foreign key (org_id, event_id) references event
);

-- A quarter of an hour is enough for thousands of orders.
create view audit.l19_called_off_and_kept as
select o.org_id, o.order_id, o.event_id, c.asked_at
  from call_off c
  join orders o on o.org_id = c.org_id and o.event_id = c.event_id
 where o.state in ('paid', 'part_refunded')
   and greatest(c.asked_at, o.paid_at) < clock_timestamp() - interval '15 minutes';
