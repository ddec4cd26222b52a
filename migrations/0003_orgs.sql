-- Organizers and their teams. `org` is global (it is the tenant); what hangs below it starts with org_id.

create table org (
    org_id uuid primary key,
    slug text not null constraint org_slug_once unique,
    name text not null,
    country char(2) not null,
    about text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create trigger org_touch before update on org for each row execute function touch_updated_at();

create table member (
    org_id uuid not null references org,
    account_id uuid not null references account,
    role text not null constraint member_role check (role in ('owner', 'organizer', 'gatekeeper', 'finance', 'support')),
    created_at timestamptz not null default now(),
    primary key (org_id, account_id)
);
create index member_by_account on member (account_id);

-- A seat in the team offered by mail. The token is global because it is all that the guest holds.
create table invitation (
    org_id uuid not null references org,
    invitation_id uuid not null,
    email text not null,
    role text not null constraint invitation_role check (role in ('owner', 'organizer', 'gatekeeper', 'finance', 'support')),
    token_hash bytea not null,
    invited_by uuid not null references account,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (org_id, invitation_id)
);
create unique index invitation_open_once on invitation (org_id, email) where accepted_at is null;

-- Global directory: which organizer a mailed invitation belongs to.
create table invitation_directory (
    token_hash bytea primary key,
    org_id uuid not null,
    invitation_id uuid not null
);

-- Who did what; written in the transaction that did it. org_id is null for what concerns no organizer.
create table audit_entry (
    audit_entry_id uuid primary key,
    org_id uuid,
    actor text not null,
    verb text not null,
    subject text not null,
    detail jsonb not null default '{}',
    created_at timestamptz not null default now()
);
create index audit_entry_by_org on audit_entry (org_id, created_at desc);
create index audit_entry_by_subject on audit_entry (org_id, subject, created_at desc);
create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change();
