-- What the buyer holds.
--
-- `slot` is random and unique in its event: it indexes the gate's bitmap and tells nobody how many were sold.
-- `generation` rises on transfer or reissue; the code of an older generation is no longer good. `manual_code` is for
-- cracked screens. What stops being valid goes into the revocation feed in the same transaction.

create table ticket (
    org_id uuid not null,
    ticket_id uuid not null,
    event_id uuid not null,
    order_id uuid not null,
    line_no int not null,
    seq int not null,
    ticket_type_id uuid not null,
    slot bigint not null constraint ticket_slot_range check (slot between 0 and 4294967295),
    generation smallint not null default 0 constraint ticket_generation_range check (generation between 0 and 255),
    code text not null,
    manual_code text not null,
    holder_name text not null,
    state text not null default 'valid' constraint ticket_state check (state in ('valid', 'void')),
    issued_at timestamptz not null default now(),
    voided_at timestamptz,
    primary key (org_id, ticket_id),
    foreign key (org_id, event_id) references event,
    foreign key (org_id, order_id, line_no) references order_line,
    foreign key (org_id, ticket_type_id) references ticket_type,
    constraint ticket_issued_once unique (org_id, order_id, line_no, seq),
    constraint ticket_slot_once unique (org_id, event_id, slot),
    constraint ticket_manual_code_once unique (org_id, event_id, manual_code)
);
create index ticket_by_event on ticket (org_id, event_id, issued_at);
create index ticket_by_type on ticket (org_id, ticket_type_id) where state = 'valid';

create table revocation (
    org_id uuid not null,
    event_id uuid not null,
    revocation_id uuid not null,
    ticket_id uuid not null,
    slot bigint not null,
    generation smallint not null,
    reason text not null,
    created_at timestamptz not null default now(),
    primary key (org_id, event_id, revocation_id),
    foreign key (org_id, ticket_id) references ticket,
    constraint revocation_once unique (org_id, ticket_id, generation)
);
