-- What happens later: jobs and the mail outbox. Global, since some of it concerns no organizer; org_id is a column.
--
-- A job is a row written by the transaction that makes it necessary. There is no trigger with NOTIFY: it would take a
-- database-wide lock at the commit of every purchase. Workers poll, and are woken within their own process.

create table job (
    job_id uuid primary key,
    org_id uuid,
    name text not null,
    payload jsonb not null,
    dedupe_key text,
    run_at timestamptz not null default now(),
    attempts int not null default 0,
    leased_until timestamptz,
    done_at timestamptz,
    failed_at timestamptz,
    last_error text,
    created_at timestamptz not null default now()
);
create index job_due on job (run_at) where done_at is null and failed_at is null;
create unique index job_waiting_once on job (name, dedupe_key) where dedupe_key is not null and done_at is null and failed_at is null;
create index job_ended on job (done_at) where done_at is not null;

create table message (
    message_id uuid primary key,
    org_id uuid,
    topic text not null,
    subject_key text not null,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    attachments jsonb not null default '[]',
    sent_at timestamptz,
    failed_at timestamptz,
    created_at timestamptz not null default now(),
    constraint message_once unique (topic, subject_key)
);
create index message_recent on message (created_at desc);
create index message_waiting on message (created_at) where sent_at is null and failed_at is null;
