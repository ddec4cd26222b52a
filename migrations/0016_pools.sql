-- Pools that organizers make, stock they set aside, and how many one person may have.
--
-- Every ticket type has one pool of its own, and may draw on others that it shares, such as the room. What is set aside
-- is counted in the constraint beside what is held and sold, so that it can never be sold. `draws` rises whenever the
-- types that draw on a pool change: who waited for the pool's lock meanwhile knows by it that what it read is old.

alter table pool
    add column own_type uuid,
    add column blocked int not null default 0 constraint pool_blocked_not_negative check (blocked >= 0),
    add column draws int not null default 0;

update pool p
   set own_type = draw.ticket_type_id
  from ticket_type_pool draw
 where draw.org_id = p.org_id
   and draw.pool_id = p.pool_id;

alter table pool
    add constraint pool_own_once unique (org_id, own_type),
    add constraint pool_of_type foreign key (org_id, own_type) references ticket_type,
    drop constraint pool_not_oversold,
    add constraint pool_not_oversold check (held + sold + blocked <= capacity);

create table stock_block (
    org_id uuid not null,
    block_id uuid not null,
    pool_id uuid not null,
    quantity int not null constraint stock_block_quantity_range check (quantity between 1 and 1000000),
    reason text not null,
    created_at timestamptz not null default now(),
    released_at timestamptz,
    primary key (org_id, block_id),
    foreign key (org_id, pool_id) references pool
);
create index stock_block_by_pool on stock_block (org_id, pool_id, created_at);

-- Whoever had more before a limit was set keeps it: the auditor counts what was ordered since.
alter table ticket_type
    add column buyer_max int constraint ticket_type_buyer_max_range check (buyer_max between 1 and 1000),
    add column buyer_max_since timestamptz,
    add constraint ticket_type_buyer_max_has_time check ((buyer_max is null) = (buyer_max_since is null));
alter table event
    add column buyer_max int constraint event_buyer_max_range check (buyer_max between 1 and 1000),
    add column buyer_max_since timestamptz,
    add constraint event_buyer_max_has_time check ((buyer_max is null) = (buyer_max_since is null));

-- A person at an event whose orders are counted one at a time: `account:…`, `phone:…` or `email:…`.
create table buyer_turn (
    org_id uuid not null,
    event_id uuid not null,
    buyer text not null,
    took_at timestamptz not null default now(),
    primary key (org_id, event_id, buyer),
    foreign key (org_id, event_id) references event
);
create index order_by_phone on orders (org_id, event_id, buyer_phone) where buyer_phone is not null;
create index order_by_email on orders (org_id, event_id, buyer_email) where buyer_phone is null and buyer_email is not null;

create or replace view audit.a01_pool_oversold as
select org_id, pool_id, capacity, held, sold, blocked
  from pool
 where held + sold + blocked > capacity;

create view audit.a27_pool_blocked_drift as
select p.org_id, p.pool_id, p.blocked, coalesce(sum(b.quantity), 0) as set_aside
  from pool p
  left join stock_block b on b.org_id = p.org_id and b.pool_id = p.pool_id and b.released_at is null
 group by p.org_id, p.pool_id
having p.blocked <> coalesce(sum(b.quantity), 0);

create view audit.a28_type_without_own_pool as
select t.org_id, t.ticket_type_id
  from ticket_type t
  left join pool p on p.org_id = t.org_id and p.own_type = t.ticket_type_id
  left join ticket_type_pool draw
    on draw.org_id = t.org_id and draw.ticket_type_id = t.ticket_type_id and draw.pool_id = p.pool_id
 where draw.pool_id is null;

create view audit.a29_buyer_over_limit as
with had as (
    select o.org_id, o.event_id, k.ticket_type_id, o.created_at, who.buyer
      from orders o
      join ticket k on k.org_id = o.org_id and k.order_id = o.order_id and k.state = 'valid'
     cross join lateral (values ('account:' || o.account_id), ('phone:' || o.buyer_phone)) as who (buyer)
     where who.buyer is not null)
select h.org_id, h.event_id, h.ticket_type_id, h.buyer, count(*) as tickets, t.buyer_max
  from had h
  join ticket_type t on t.org_id = h.org_id and t.ticket_type_id = h.ticket_type_id and h.created_at >= t.buyer_max_since
 group by h.org_id, h.event_id, h.ticket_type_id, h.buyer, t.buyer_max
having count(*) > t.buyer_max
 union all
select h.org_id, h.event_id, null, h.buyer, count(*), e.buyer_max
  from had h
  join event e on e.org_id = h.org_id and e.event_id = h.event_id and h.created_at >= e.buyer_max_since
 group by h.org_id, h.event_id, h.buyer, e.buyer_max
having count(*) > e.buyer_max;
