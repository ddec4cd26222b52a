-- What is on sale, and how many are left.
--
-- A pool is a counted stock; a ticket type may draw on several. `pool_not_oversold` is the promise: whatever the Rust
-- does, held and sold together never pass the capacity. A hold takes stock out of its pools until expires_at, by the
-- database's clock.

create table ticket_type (
    org_id uuid not null,
    ticket_type_id uuid not null,
    event_id uuid not null,
    product int not null constraint ticket_type_product_range check (product between 0 and 65535),
    name text not null,
    note text not null default '',
    price_minor bigint not null constraint ticket_type_price_not_negative check (price_minor >= 0),
    currency char(3) not null,
    sale_starts_at timestamptz,
    sale_ends_at timestamptz,
    order_max int not null default 10 constraint ticket_type_order_max_range check (order_max between 1 and 100),
    position int not null default 0,
    archived_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, ticket_type_id),
    foreign key (org_id, event_id) references event,
    constraint ticket_type_product_once unique (org_id, event_id, product),
    constraint ticket_type_sale_window check (sale_ends_at is null or sale_starts_at is null or sale_ends_at > sale_starts_at)
);
create index ticket_type_by_event on ticket_type (org_id, event_id, position);
create trigger ticket_type_touch before update on ticket_type for each row execute function touch_updated_at();

create table pool (
    org_id uuid not null,
    pool_id uuid not null,
    event_id uuid not null,
    name text not null,
    capacity int not null constraint pool_capacity_not_negative check (capacity >= 0),
    held int not null default 0 constraint pool_held_not_negative check (held >= 0),
    sold int not null default 0 constraint pool_sold_not_negative check (sold >= 0),
    primary key (org_id, pool_id),
    foreign key (org_id, event_id) references event,
    constraint pool_not_oversold check (held + sold <= capacity)
) with (fillfactor = 50);
create index pool_by_event on pool (org_id, event_id);

create table ticket_type_pool (
    org_id uuid not null,
    ticket_type_id uuid not null,
    pool_id uuid not null,
    primary key (org_id, ticket_type_id, pool_id),
    foreign key (org_id, ticket_type_id) references ticket_type,
    foreign key (org_id, pool_id) references pool
);
create index ticket_type_pool_by_pool on ticket_type_pool (org_id, pool_id);

create table hold (
    org_id uuid not null,
    hold_id uuid not null,
    event_id uuid not null,
    state text not null default 'active' constraint hold_state check (state in ('active', 'converted', 'expired', 'released')),
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (org_id, hold_id),
    foreign key (org_id, event_id) references event
);
create index hold_due on hold (expires_at) where state = 'active';

create table hold_line (
    org_id uuid not null,
    hold_id uuid not null,
    ticket_type_id uuid not null,
    quantity int not null constraint hold_line_quantity_range check (quantity between 1 and 100),
    primary key (org_id, hold_id, ticket_type_id),
    foreign key (org_id, hold_id) references hold,
    foreign key (org_id, ticket_type_id) references ticket_type
);
create index hold_line_by_type on hold_line (org_id, ticket_type_id);
