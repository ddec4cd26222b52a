-- People who sign in. Global: an account belongs to no organizer.
--
-- A session is the truth; the access token is a ten-minute envelope around it. Only hashes of secrets are stored.

create table account (
    account_id uuid primary key,
    email text not null constraint account_email_once unique,
    name text not null,
    password_hash text not null,
    locale text not null default 'en',
    confirmed_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint account_email_is_lower check (email = lower(email))
);
create trigger account_touch before update on account for each row execute function touch_updated_at();

-- One row per sign-in. `family_counter` is the newest refresh token of the family; its direct predecessor stays good for
-- a short grace so that parallel requests do not sign anyone out. `auth_at` is when the password was last shown.
create table session (
    session_id uuid primary key,
    account_id uuid not null references account on delete cascade,
    family_counter bigint not null default 0,
    rotated_at timestamptz not null default now(),
    auth_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    user_agent text not null default '',
    created_at timestamptz not null default now()
);
create index session_by_account on session (account_id) where revoked_at is null;

-- A link that was mailed: confirms an address or resets a password, once.
create table mailed_link (
    token_hash bytea primary key,
    account_id uuid not null references account on delete cascade,
    purpose text not null constraint mailed_link_purpose check (purpose in ('confirm', 'reset')),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
);

-- Token buckets (GCRA): `tat` is the theoretical arrival time of the next request. Losing them in a crash is fine.
create unlogged table rate_limit (
    bucket text not null,
    subject text not null,
    tat timestamptz not null,
    primary key (bucket, subject)
);
