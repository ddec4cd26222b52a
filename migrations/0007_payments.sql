-- Money in and money back.
--
-- A payment is one attempt at one provider. Its callback path is a secret per attempt, kept as a hash in a global
-- directory because the path is all a callback brings. What a provider says is stored raw first, under a dedupe key
-- that callback and poller share. A receipt settles one attempt in the whole database. Every movement is booked twice
-- and sums to zero.

create table payment (
    org_id uuid not null,
    payment_id uuid not null,
    order_id uuid not null,
    provider text not null constraint payment_provider check (provider in ('mpesa', 'free')),
    state text not null default 'created',
    amount_minor bigint not null constraint payment_amount_positive check (amount_minor > 0),
    currency char(3) not null,
    phone text not null,
    merchant_request_id text,
    checkout_request_id text,
    receipt text,
    failure text,
    prompted_at timestamptz,
    settled_at timestamptz,
    next_poll_at timestamptz,
    polls int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, payment_id),
    foreign key (org_id, order_id) references orders,
    constraint payment_state check (state in
        ('created', 'prompting', 'prompted', 'succeeded', 'failed', 'cancelled', 'expired', 'unknown', 'review')),
    constraint payment_checkout_request_once unique (org_id, provider, checkout_request_id)
);
create index payment_by_order on payment (org_id, order_id);
create index payment_open on payment (next_poll_at) where state in ('created', 'prompting', 'prompted', 'unknown');
-- One prompt at a time: a buyer is never asked twice for one order.
create unique index payment_one_open on payment (org_id, order_id) where state in ('created', 'prompting', 'prompted', 'unknown');
create trigger payment_touch before update on payment for each row execute function touch_updated_at();

create table payment_route (
    secret_hash bytea primary key,
    org_id uuid not null,
    payment_id uuid not null
);

create table receipt_directory (
    provider text not null,
    receipt text not null,
    org_id uuid not null,
    payment_id uuid not null,
    primary key (provider, receipt)
);

create table provider_notice (
    org_id uuid not null,
    notice_id uuid not null,
    payment_id uuid not null,
    dedupe_key text not null,
    source text not null constraint provider_notice_source check (source in ('callback', 'query')),
    body jsonb not null,
    result_code text not null,
    amount_minor bigint,
    receipt text,
    outcome text constraint provider_notice_outcome check (outcome in ('applied', 'repeated', 'mismatch', 'denied', 'ignored')),
    received_at timestamptz not null default now(),
    applied_at timestamptz,
    primary key (org_id, notice_id),
    foreign key (org_id, payment_id) references payment,
    constraint provider_notice_once unique (org_id, payment_id, dedupe_key)
);
create index provider_notice_waiting on provider_notice (received_at) where applied_at is null;

create table refund (
    org_id uuid not null,
    refund_id uuid not null,
    payment_id uuid not null,
    amount_minor bigint not null constraint refund_amount_positive check (amount_minor > 0),
    currency char(3) not null,
    state text not null default 'requested',
    reason text not null,
    provider_ref text,
    provider_receipt text,
    failure text,
    submitted_at timestamptz,
    settled_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, refund_id),
    foreign key (org_id, payment_id) references payment,
    constraint refund_state check (state in ('requested', 'submitted', 'succeeded', 'failed', 'review'))
);
create index refund_by_payment on refund (org_id, payment_id);
create unique index refund_one_open on refund (org_id, payment_id) where state in ('requested', 'submitted');
create trigger refund_touch before update on refund for each row execute function touch_updated_at();

create table refund_route (
    secret_hash bytea primary key,
    org_id uuid not null,
    refund_id uuid not null
);

create table ledger_tx (
    org_id uuid not null,
    ledger_tx_id uuid not null,
    kind text not null constraint ledger_tx_kind check (kind in ('capture', 'refund')),
    ref uuid not null,
    created_at timestamptz not null default now(),
    primary key (org_id, ledger_tx_id),
    constraint ledger_tx_once unique (org_id, kind, ref)
);

-- Debit is positive, credit negative. `provider` is what the provider holds for us, `organizer` what we owe the
-- organizer, `buyer` what we owe a buyer whose money came without a ticket to give for it.
create table ledger_entry (
    org_id uuid not null,
    ledger_tx_id uuid not null,
    entry_no int not null,
    book text not null constraint ledger_entry_book check (book in ('provider', 'organizer', 'buyer')),
    currency char(3) not null,
    amount_minor bigint not null constraint ledger_entry_not_zero check (amount_minor <> 0),
    primary key (org_id, ledger_tx_id, entry_no),
    foreign key (org_id, ledger_tx_id) references ledger_tx
);

create function ledger_sums_to_zero() returns trigger language plpgsql as $$
begin
    if exists (
        select 1
          from ledger_entry
         where org_id = new.org_id
           and ledger_tx_id = new.ledger_tx_id
         group by currency
        having sum(amount_minor) <> 0
    ) then
        raise exception 'ledger transaction % does not sum to zero', new.ledger_tx_id
            using errcode = 'integrity_constraint_violation', constraint = 'ledger_sums_to_zero';
    end if;
    return null;
end
$$;
create constraint trigger ledger_sums_to_zero after insert on ledger_entry
    deferrable initially deferred for each row execute function ledger_sums_to_zero();
create trigger ledger_entry_append_only before update or delete on ledger_entry for each row execute function refuse_change();
create trigger ledger_tx_append_only before update or delete on ledger_tx for each row execute function refuse_change();
