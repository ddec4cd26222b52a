-- The rules of a check-in list.
--
-- What a list asks of a ticket stands here; what it means in hours and minutes is worked out from the event's own dates
-- and zone, so a list moves with its event. A list without any of this is what every list was: all ticket types, one
-- entry, from some hours before the start to the end.

alter table check_in_list
    add column closes_after_mins int not null default 0
        constraint check_in_list_closes_range check (closes_after_mins between 0 and 2880),
    add column day_entries_max int constraint check_in_list_day_entries_range check (day_entries_max between 1 and 1000),
    add column days_max int constraint check_in_list_days_range check (days_max between 1 and 366),
    add column pause_mins int constraint check_in_list_pause_range check (pause_mins between 1 and 10080),
    add column pass_mins int constraint check_in_list_pass_range check (pass_mins between 1 and 525600),
    -- Must be scanned out before it comes in again.
    add column needs_exit boolean not null default false,
    -- Minutes after midnight when everybody counts as out.
    add column out_at_mins int constraint check_in_list_out_range check (out_at_mins between 0 and 1439),
    add column inside_max int constraint check_in_list_inside_range check (inside_max between 1 and 1000000),
    add column unpaid text not null default 'refuse'
        constraint check_in_list_unpaid check (unpaid in ('refuse', 'ask', 'admit')),
    -- A ticket that is not on the list stands for those of its order that are.
    add column takes_add_ons boolean not null default false,
    add column updated_at timestamptz not null default now();
create trigger check_in_list_touch before update on check_in_list for each row execute function touch_updated_at();

-- When a list lets in: days after the event's first one, and minutes by its clocks. Without a row for a ticket type the
-- rows for all hold; without any, the list's own hours.
create table check_in_window (
    org_id uuid not null,
    list_id uuid not null,
    window_id uuid not null,
    ticket_type_id uuid,
    opens_day int not null,
    opens_mins int not null constraint check_in_window_opens_range check (opens_mins between 0 and 1439),
    closes_day int not null,
    closes_mins int not null constraint check_in_window_closes_range check (closes_mins between 0 and 1439),
    created_at timestamptz not null default now(),
    primary key (org_id, list_id, window_id),
    foreign key (org_id, list_id) references check_in_list,
    foreign key (org_id, ticket_type_id) references ticket_type,
    constraint check_in_window_days check (opens_day between -60 and 366 and closes_day between -60 and 366),
    constraint check_in_window_closes_after check ((closes_day, closes_mins) > (opens_day, opens_mins))
);

-- A gate to come by, an alert for the gatekeeper, or a question to be answered by a yes or a text. Answers refer to
-- questions, so a condition is taken off and never deleted.
create table check_in_condition (
    org_id uuid not null,
    list_id uuid not null,
    condition_id uuid not null,
    ticket_type_id uuid,
    kind text not null constraint check_in_condition_kind check (kind in ('gate', 'alert', 'confirm', 'text')),
    words text not null constraint check_in_condition_words check (length(words) between 1 and 120),
    created_at timestamptz not null default now(),
    removed_at timestamptz,
    primary key (org_id, list_id, condition_id),
    foreign key (org_id, list_id) references check_in_list,
    foreign key (org_id, ticket_type_id) references ticket_type
);

-- What the desk says of one ticket: stopped, waiting for a yes, or something for the gatekeeper to see.
create table gate_mark (
    org_id uuid not null,
    ticket_id uuid not null,
    event_id uuid not null,
    standing text not null default 'good' constraint gate_mark_standing check (standing in ('good', 'blocked', 'unapproved')),
    alert text not null default '' constraint gate_mark_alert check (length(alert) <= 120),
    updated_at timestamptz not null default now(),
    primary key (org_id, ticket_id),
    foreign key (org_id, ticket_id) references ticket,
    constraint gate_mark_says_something check (standing <> 'good' or alert <> '')
);
create index gate_mark_by_event on gate_mark (org_id, event_id, updated_at desc);

-- A supervisor's phone may let in against the rules.
alter table gate_device
    add column role text not null default 'steward' constraint gate_device_role check (role in ('steward', 'supervisor'));
alter table gate_pairing
    add column role text not null default 'steward' constraint gate_pairing_role check (role in ('steward', 'supervisor'));
