-- Check-in at the door.
--
-- A scan is one reading and is never changed; an admission is what it counted as. `admission_once` is the promise that
-- nobody comes in twice unseen: entry numbers run from 1 to the list's entries_max. A physical admission that could not
-- be counted is a conflict, never nothing.

create table check_in_list (
    org_id uuid not null,
    list_id uuid not null,
    event_id uuid not null,
    name text not null,
    entries_max int not null default 1 constraint check_in_list_entries_range check (entries_max between 1 and 1000),
    opens_before_mins int not null default 240,
    created_at timestamptz not null default now(),
    primary key (org_id, list_id),
    foreign key (org_id, event_id) references event,
    -- The list that every event has is called '' and is named in the reader's language.
    constraint check_in_list_name_once unique (org_id, event_id, name)
);

-- What a list lets in; a list without rows here lets in every ticket type of its event.
create table check_in_list_type (
    org_id uuid not null,
    list_id uuid not null,
    ticket_type_id uuid not null,
    primary key (org_id, list_id, ticket_type_id),
    foreign key (org_id, list_id) references check_in_list,
    foreign key (org_id, ticket_type_id) references ticket_type
);
create index check_in_list_type_by_type on check_in_list_type (org_id, ticket_type_id);

create table gate_device (
    org_id uuid not null,
    device_id uuid not null,
    event_id uuid not null,
    list_id uuid not null,
    name text not null,
    token_hash bytea not null,
    last_seq bigint not null default 0,
    last_seen_at timestamptz,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (org_id, device_id),
    foreign key (org_id, event_id) references event,
    foreign key (org_id, list_id) references check_in_list
);
create index gate_device_by_event on gate_device (org_id, event_id);

-- A one-time invitation for a phone. Global, since a phone that pairs knows nothing but the code.
create table gate_pairing (
    code_hash bytea primary key,
    org_id uuid not null,
    event_id uuid not null,
    list_id uuid not null,
    device_name text not null,
    made_by uuid not null references account,
    expires_at timestamptz not null,
    used_at timestamptz,
    device_id uuid,
    created_at timestamptz not null default now(),
    foreign key (org_id, list_id) references check_in_list
);

create table scan (
    org_id uuid not null,
    scan_id uuid not null,
    event_id uuid not null,
    list_id uuid not null,
    device_id uuid not null,
    device_seq bigint not null constraint scan_seq_positive check (device_seq > 0),
    -- What was read, as a hash: the same number from the same device must mean the same code.
    code_hash bytea not null,
    ticket_id uuid,
    verdict text not null constraint scan_verdict check (verdict in
        ('admitted', 'already_in', 'wrong_event', 'not_yet', 'no_longer', 'revoked', 'replaced', 'forged', 'unknown', 'not_on_list')),
    mode text not null default 'online' constraint scan_mode check (mode in ('online', 'offline')),
    typed boolean not null default false,
    scanned_at timestamptz not null,
    received_at timestamptz not null default now(),
    primary key (org_id, scan_id),
    foreign key (org_id, device_id) references gate_device,
    foreign key (org_id, list_id) references check_in_list,
    foreign key (org_id, ticket_id) references ticket,
    constraint scan_once_per_device unique (org_id, device_id, device_seq)
);
create index scan_moved on scan (org_id, event_id, received_at desc);
create trigger scan_append_only before update or delete on scan for each row execute function refuse_change();

create table admission (
    org_id uuid not null,
    list_id uuid not null,
    ticket_id uuid not null,
    entry_no int not null,
    event_id uuid not null,
    scan_id uuid not null,
    admitted_at timestamptz not null,
    constraint admission_once primary key (org_id, list_id, ticket_id, entry_no),
    -- Checked at the commit: whether the admission could be written decides what the scan says.
    foreign key (org_id, scan_id) references scan deferrable initially deferred,
    foreign key (org_id, list_id) references check_in_list,
    foreign key (org_id, ticket_id) references ticket
);
create index admission_by_event on admission (org_id, event_id, admitted_at);

create table scan_conflict (
    org_id uuid not null,
    scan_id uuid not null,
    list_id uuid not null,
    ticket_id uuid not null,
    reason text not null,
    resolved_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (org_id, scan_id),
    foreign key (org_id, scan_id) references scan
);
