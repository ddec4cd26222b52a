-- What is on, where and when.
--
-- Event addresses are global words: the directory maps a slug, and the four-byte reference inside every ticket code, to
-- the one organizer and event they belong to.

create table event (
    org_id uuid not null references org,
    event_id uuid not null,
    slug text not null,
    reference bigint not null,
    title text not null,
    summary text not null default '',
    description_md text not null default '',
    description_html text not null default '',
    category text not null,
    venue text not null,
    place text not null,
    country char(2) not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    zone text not null,
    currency char(3) not null,
    picture text,
    state text not null default 'draft',
    published_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    search tsvector generated always as (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('simple', venue || ' ' || place), 'B')
        || setweight(to_tsvector('simple', category || ' ' || summary), 'C')
        || setweight(to_tsvector('simple', left(description_md, 20000)), 'D')
    ) stored,
    primary key (org_id, event_id),
    constraint event_ends_after_start check (ends_at > starts_at),
    constraint event_state check (state in ('draft', 'published', 'cancelled')),
    constraint event_reference_range check (reference between 0 and 4294967295)
);
create index event_search on event using gin (search);
create index event_listed on event (starts_at, event_id) where state = 'published';
create trigger event_touch before update on event for each row execute function touch_updated_at();

create table event_directory (
    slug text primary key,
    reference bigint not null constraint event_reference_once unique,
    org_id uuid not null,
    event_id uuid not null,
    constraint event_directory_event unique (org_id, event_id)
);

-- The keys that sign an event's tickets. The private half is sealed under the server's own key; `key_id` is in the code.
create table event_key (
    org_id uuid not null,
    event_id uuid not null,
    key_id int not null constraint event_key_id_range check (key_id between 0 and 65535),
    public_key bytea not null,
    sealed_private_key bytea not null,
    state text not null default 'signing' constraint event_key_state check (state in ('signing', 'verifying', 'withdrawn')),
    created_at timestamptz not null default now(),
    primary key (org_id, event_id, key_id),
    foreign key (org_id, event_id) references event
);
create unique index event_key_one_signing on event_key (org_id, event_id) where state = 'signing';
