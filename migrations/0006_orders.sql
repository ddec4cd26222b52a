-- From basket to receipt.
--
-- An order is born as a basket around one hold. What it costs is computed by the server and kept with it; nothing a
-- client sends is ever a price. The unguessable link is derived from the order's id with a server key; the global
-- directory keeps only its hash.

create table orders (
    org_id uuid not null,
    order_id uuid not null,
    event_id uuid not null,
    hold_id uuid not null,
    code text not null,
    state text not null default 'basket',
    currency char(3) not null,
    total_minor bigint not null constraint order_total_not_negative check (total_minor >= 0),
    buyer_name text,
    buyer_email text,
    buyer_phone text,
    account_id uuid references account,
    locale text not null default 'en',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    paid_at timestamptz,
    primary key (org_id, order_id),
    foreign key (org_id, event_id) references event,
    foreign key (org_id, hold_id) references hold,
    constraint order_hold_once unique (org_id, hold_id),
    constraint order_code_once unique (org_id, code),
    constraint order_state check (state in ('basket', 'pending', 'paid', 'part_refunded', 'refunded', 'expired', 'cancelled', 'failed')),
    constraint order_paid_has_buyer check (state not in ('pending', 'paid', 'part_refunded', 'refunded') or (buyer_email is not null and buyer_name is not null)),
    constraint order_paid_has_time check (state not in ('paid', 'part_refunded') or paid_at is not null)
);
create index order_by_event on orders (org_id, event_id, created_at desc);
create index order_moved on orders (org_id, event_id, updated_at desc);
create index order_by_account on orders (account_id, created_at desc) where account_id is not null;
create trigger order_touch before update on orders for each row execute function touch_updated_at();

create table order_line (
    org_id uuid not null,
    order_id uuid not null,
    line_no int not null,
    ticket_type_id uuid not null,
    quantity int not null constraint order_line_quantity_range check (quantity between 1 and 100),
    unit_minor bigint not null constraint order_line_unit_not_negative check (unit_minor >= 0),
    primary key (org_id, order_id, line_no),
    foreign key (org_id, order_id) references orders,
    foreign key (org_id, ticket_type_id) references ticket_type
);
create index order_line_by_type on order_line (org_id, ticket_type_id);

create table order_link (
    link_hash bytea primary key,
    org_id uuid not null,
    order_id uuid not null
);

-- One key, one effect, one answer. The key is the client's, the scope ours; a key that comes back with another request
-- is refused. Written in the transaction of its effect, so a row here means that the effect happened.
create table idempotency_key (
    org_id uuid not null,
    scope text not null,
    key text not null,
    request_hash bytea not null,
    subject_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (org_id, scope, key),
    constraint idempotency_key_length check (length(key) between 16 and 100)
);
create index idempotency_key_by_subject on idempotency_key (org_id, scope, subject_id);
