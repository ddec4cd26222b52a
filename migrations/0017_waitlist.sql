-- Who waits for tickets of a type that is sold out, first come first served.
--
-- An offer is a real order around a real hold: what is offered cannot be sold to anybody else, and an offer that is not
-- taken in time ends like every hold. A person stands in a line once. `waitlist_link` is global: it maps the hash of the
-- unguessable part of a link to the organizer and the place in line that it opens.

create table waitlist_entry (
    org_id uuid not null,
    entry_id uuid not null,
    event_id uuid not null,
    ticket_type_id uuid not null,
    email text not null,
    size int not null constraint waitlist_size_range check (size between 1 and 10),
    locale text not null default 'en',
    state text not null default 'waiting' constraint waitlist_state check (state in ('waiting', 'offered', 'taken', 'passed', 'left')),
    order_id uuid,
    joined_at timestamptz not null default clock_timestamp(),
    offered_at timestamptz,
    primary key (org_id, entry_id),
    foreign key (org_id, event_id) references event,
    foreign key (org_id, ticket_type_id) references ticket_type,
    foreign key (org_id, order_id) references orders,
    constraint waitlist_order_once unique (org_id, order_id),
    constraint waitlist_offer_has_order check ((state in ('offered', 'taken', 'passed')) = (order_id is not null)),
    constraint waitlist_offer_has_time check ((order_id is null) = (offered_at is null))
);
create unique index waitlist_once on waitlist_entry (org_id, ticket_type_id, email) where state in ('waiting', 'offered');
create index waitlist_line on waitlist_entry (org_id, ticket_type_id, joined_at, entry_id) where state = 'waiting';
create index waitlist_by_event on waitlist_entry (org_id, event_id, joined_at);
create index waitlist_offered on waitlist_entry (org_id, order_id) where state = 'offered';

create table waitlist_link (
    link_hash bytea primary key,
    org_id uuid not null,
    entry_id uuid not null
);

-- An offer stands for an order that is open, or was until a moment ago; whoever took it has paid.
create view audit.a30_offer_without_stock as
select w.org_id, w.entry_id, w.state, o.state as order_state, h.state as hold_state, w.size, coalesce(sum(l.quantity), 0) as held
  from waitlist_entry w
  join orders o on o.org_id = w.org_id and o.order_id = w.order_id
  join hold h on h.org_id = o.org_id and h.hold_id = o.hold_id
  left join hold_line l on l.org_id = h.org_id and l.hold_id = h.hold_id and l.ticket_type_id = w.ticket_type_id
 group by w.org_id, w.entry_id, w.state, o.state, h.state, w.size
having (w.state = 'taken' and o.state not in ('paid', 'part_refunded', 'refunded'))
    or (w.state = 'passed' and o.state in ('basket', 'pending', 'paid', 'part_refunded'))
    or coalesce(sum(l.quantity), 0) <> w.size;

-- Nobody waits for what is there: the first in line that fits is made an offer.
create view audit.l10_waiting_despite_stock as
select w.org_id, w.entry_id, w.size
  from waitlist_entry w
  join event e on e.org_id = w.org_id and e.event_id = w.event_id
  join ticket_type t on t.org_id = w.org_id and t.ticket_type_id = w.ticket_type_id
 where w.state = 'waiting'
   and w.joined_at < clock_timestamp() - interval '60 seconds'
   and e.state = 'published'
   and e.ends_at > clock_timestamp()
   and t.archived_at is null
   and (t.sale_ends_at is null or t.sale_ends_at > clock_timestamp())
   and (t.sale_starts_at is null or t.sale_starts_at < clock_timestamp() - interval '60 seconds')
   and w.size <= (
        select min(p.capacity - p.held - p.sold - p.blocked)
          from ticket_type_pool draw
          join pool p on p.org_id = draw.org_id and p.pool_id = draw.pool_id
         where draw.org_id = w.org_id and draw.ticket_type_id = w.ticket_type_id);
