-- Access codes: they open ticket types that nobody else sees, or keep stock for those who have them.
--
-- A code is compared as it is stored, in capitals. Its uses are counted in the transaction that takes the stock, and given
-- back when the hold ends without money. What a code still keeps is set aside in every pool its type draws on, like any
-- other stock that is not for sale.

alter table ticket_type add column is_hidden boolean not null default false;

create table access_code (
    org_id uuid not null,
    code_id uuid not null,
    event_id uuid not null,
    code text not null constraint access_code_plain check (code ~ '^[A-Z0-9-]{4,32}$'),
    note text not null default '',
    uses_max int not null constraint access_code_uses_range check (uses_max between 1 and 100000),
    used int not null default 0,
    order_max int constraint access_code_order_max_range check (order_max between 1 and 100),
    starts_at timestamptz,
    ends_at timestamptz,
    share_type uuid,
    share int not null default 0 constraint access_code_share_not_negative check (share >= 0),
    off_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (org_id, code_id),
    foreign key (org_id, event_id) references event,
    foreign key (org_id, share_type) references ticket_type,
    constraint access_code_once unique (org_id, event_id, code),
    constraint access_code_not_overused check (used between 0 and uses_max),
    constraint access_code_window check (ends_at is null or starts_at is null or ends_at > starts_at),
    constraint access_code_off_keeps_nothing check (off_at is null or share = 0),
    constraint access_code_share_has_type check (share = 0 or share_type is not null)
);
create index access_code_by_share on access_code (org_id, share_type) where share > 0;

-- The hidden types that a code opens.
create table access_code_type (
    org_id uuid not null,
    code_id uuid not null,
    ticket_type_id uuid not null,
    primary key (org_id, code_id, ticket_type_id),
    foreign key (org_id, code_id) references access_code,
    foreign key (org_id, ticket_type_id) references ticket_type
);

create table code_use (
    org_id uuid not null,
    hold_id uuid not null,
    code_id uuid not null,
    from_share int not null default 0 constraint code_use_share_not_negative check (from_share >= 0),
    returned_at timestamptz,
    primary key (org_id, hold_id),
    foreign key (org_id, hold_id) references hold,
    foreign key (org_id, code_id) references access_code
);
create index code_use_by_code on code_use (org_id, code_id) where returned_at is null;

create or replace view audit.a27_pool_blocked_drift as
select p.org_id, p.pool_id, p.blocked,
       coalesce((select sum(b.quantity)
                   from stock_block b
                  where b.org_id = p.org_id and b.pool_id = p.pool_id and b.released_at is null), 0)
     + coalesce((select sum(c.share)
                   from ticket_type_pool draw
                   join access_code c on c.org_id = draw.org_id and c.share_type = draw.ticket_type_id and c.share > 0
                  where draw.org_id = p.org_id and draw.pool_id = p.pool_id), 0) as set_aside
  from pool p
 where p.blocked <> coalesce((select sum(b.quantity)
                                from stock_block b
                               where b.org_id = p.org_id and b.pool_id = p.pool_id and b.released_at is null), 0)
                  + coalesce((select sum(c.share)
                                from ticket_type_pool draw
                                join access_code c on c.org_id = draw.org_id and c.share_type = draw.ticket_type_id and c.share > 0
                               where draw.org_id = p.org_id and draw.pool_id = p.pool_id), 0);

create view audit.a31_code_used_drift as
select c.org_id, c.code_id, c.used, c.uses_max, count(u.hold_id) as uses
  from access_code c
  left join code_use u on u.org_id = c.org_id and u.code_id = c.code_id and u.returned_at is null
 group by c.org_id, c.code_id
having c.used <> count(u.hold_id)
    or c.used > c.uses_max;

-- A use that counts belongs to a hold that lives or was paid for; one that was given back belongs to one that ended.
create view audit.a32_code_use_and_hold_disagree as
select u.org_id, u.hold_id, h.state as hold_state, o.state as order_state, u.returned_at
  from code_use u
  join hold h on h.org_id = u.org_id and h.hold_id = u.hold_id
  join orders o on o.org_id = h.org_id and o.hold_id = h.hold_id
 where (u.returned_at is null and h.state in ('expired', 'released') and o.state not in ('paid', 'part_refunded', 'refunded'))
    or (u.returned_at is not null and h.state in ('active', 'converted'));
