-- Coming in, going out, and taking it back.
--
-- An admission is a stay: it has an end once its holder was scanned out. It keeps the rule that it was given under, so
-- that a list can be changed while people are in; `admission_within_rule` and `admission_once` together are the promise
-- that no rule gives more entries than it has, and `admission_once_inside` that nobody is in twice where an exit is
-- needed. Only a supervisor's override passes the rule, and it says why. What is undone leaves the admissions and stays
-- in the log.

alter table admission
    add column entries_max int not null default 1,
    add column is_override boolean not null default false,
    add column needs_exit boolean not null default false,
    add column left_at timestamptz,
    add column left_scan_id uuid,
    -- How many were in with it, where the list has a limit.
    add column inside_no int,
    add column inside_max int;
update admission
   set entries_max = greatest(list.entries_max, admission.entry_no)
  from check_in_list list
 where list.org_id = admission.org_id
   and list.list_id = admission.list_id;
alter table admission
    add constraint admission_within_rule check (is_override or entry_no between 1 and entries_max),
    add constraint admission_within_house check (is_override or inside_no <= inside_max),
    add constraint admission_leaves_after_coming check (left_at >= admitted_at),
    add constraint admission_left_by_scan check (left_scan_id is null or left_at is not null),
    add foreign key (org_id, left_scan_id) references scan deferrable initially deferred;
create unique index admission_once_inside on admission (org_id, list_id, ticket_id) where left_at is null and needs_exit;
create index admission_inside on admission (org_id, list_id, admitted_at) where left_at is null;
create index admission_left_by on admission (org_id, left_scan_id) where left_scan_id is not null;

alter table scan
    drop constraint scan_verdict,
    add constraint scan_verdict check (verdict in
        ('admitted', 'let_out', 'already_in', 'used_up', 'day_used', 'too_soon', 'wrong_event', 'not_yet', 'no_longer',
         'not_on_list', 'wrong_gate', 'full', 'unpaid', 'pay_first', 'unapproved', 'questions', 'choose', 'revoked', 'blocked',
         'replaced', 'forged', 'unknown')),
    add column direction text not null default 'entry' constraint scan_direction check (direction in ('entry', 'exit')),
    -- Why a supervisor let in against the rules.
    add column override_reason text constraint scan_override_says_why check (length(override_reason) between 1 and 200),
    add column is_paid_here boolean not null default false,
    -- The answer as it was given, without the holder's name: the same reading gets it again.
    add column said jsonb;

-- What was answered at the door, once for a ticket on a list.
create table scan_answer (
    org_id uuid not null,
    scan_id uuid not null,
    question_id uuid not null,
    list_id uuid not null,
    ticket_id uuid not null,
    answer text not null constraint scan_answer_length check (length(answer) between 1 and 200),
    primary key (org_id, scan_id, question_id),
    foreign key (org_id, scan_id) references scan,
    foreign key (org_id, list_id, question_id) references check_in_condition,
    foreign key (org_id, ticket_id) references ticket
);
create index scan_answer_by_ticket on scan_answer (org_id, list_id, ticket_id);

-- An entry or an exit that was a mistake. The scan stays; this says that it no longer counts.
create table scan_undo (
    org_id uuid not null,
    scan_id uuid not null,
    event_id uuid not null,
    device_id uuid not null,
    reason text not null constraint scan_undo_says_why check (length(reason) between 1 and 200),
    undone_at timestamptz not null,
    constraint scan_undone_once primary key (org_id, scan_id),
    foreign key (org_id, scan_id) references scan,
    foreign key (org_id, device_id) references gate_device
);
create trigger scan_undo_append_only before update or delete on scan_undo for each row execute function refuse_change();
