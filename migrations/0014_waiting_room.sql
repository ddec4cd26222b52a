-- The waiting room of an on-sale.
--
-- Whoever arrives is given a lot, counted up under the room's row lock, so that all nodes agree. Lots from before the
-- opening are shuffled with a seed whose hash was public from the start: `waiting_room_seed_hash` is that promise.
-- Afterwards a lot is its own number. Numbers are called up to `called_to`, at the rate at which the checkout is left;
-- who was called enters when they show up, and `waiting_room_not_overfull` is the promise that no more are inside than
-- there are places, whatever the Rust does. When the ceiling is lowered, those inside may stay: `places` is the ceiling,
-- or as many as are inside if that is more.

create table waiting_room (
    org_id uuid not null,
    event_id uuid not null,
    state text not null default 'open' constraint waiting_room_state check (state in ('open', 'paused', 'closed')),
    opens_at timestamptz not null,
    ceiling int not null constraint waiting_room_ceiling_range check (ceiling between 1 and 10000),
    places int not null,
    inside int not null default 0,
    seed bytea not null,
    seed_hash bytea not null,
    -- Lots up to this one belong to an earlier opening.
    first_lot bigint not null default 0,
    last_lot bigint not null default 0,
    -- The last lot that was shuffled; nothing until the opening has come.
    drawn_to bigint,
    called_to bigint not null default 0,
    -- What is left of the rate since the last call, in thousandths of a person.
    credit_milli bigint not null default 0,
    -- How many a minute are let in at the moment.
    per_min int not null default 0,
    ticked_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, event_id),
    foreign key (org_id, event_id) references event,
    constraint waiting_room_not_overfull check (inside between 0 and places),
    constraint waiting_room_seed_hash check (length(seed) = 32 and seed_hash = sha256(seed)),
    constraint waiting_room_lots_in_order check (0 <= first_lot and first_lot <= called_to and called_to <= last_lot),
    constraint waiting_room_draws_before_it_calls check (called_to = first_lot or drawn_to is not null)
);
create trigger waiting_room_touch before update on waiting_room for each row execute function touch_updated_at();

create table waiting_visitor (
    org_id uuid not null,
    event_id uuid not null,
    lot bigint not null constraint waiting_lot_positive check (lot > 0),
    -- The browser's own secret, as a hash: one browser has one place.
    browser_hash bytea not null,
    -- When it is this visitor's turn: the lot, or what the draw made of it.
    number bigint,
    -- The basket chosen before, as the checkout takes it.
    basket jsonb,
    arrived_at timestamptz not null default clock_timestamp(),
    called_at timestamptz,
    entered_at timestamptz,
    -- By when a basket must be started.
    ends_at timestamptz,
    left_at timestamptz,
    -- The client's keys of the baskets that were started.
    start_keys text[] not null default '{}' constraint waiting_starts_max check (cardinality(start_keys) <= 3),
    primary key (org_id, event_id, lot),
    foreign key (org_id, event_id) references waiting_room,
    constraint waiting_number_once unique (org_id, event_id, number),
    constraint waiting_called_by_number check (called_at is null or number is not null),
    constraint waiting_enters_after_call check (entered_at is null or called_at is not null),
    constraint waiting_inside_has_clock check ((entered_at is null) = (ends_at is null)),
    constraint waiting_leaves_after_entering check (left_at is null or entered_at is not null),
    constraint waiting_starts_inside check (cardinality(start_keys) = 0 or entered_at is not null)
);
create unique index waiting_browser_once on waiting_visitor (org_id, event_id, browser_hash) where left_at is null;
create index waiting_inside on waiting_visitor (org_id, event_id, entered_at) where entered_at is not null and left_at is null;
create index waiting_called on waiting_visitor (org_id, event_id, called_at) where called_at is not null and entered_at is null;
create index waiting_left on waiting_visitor (org_id, event_id, left_at) where left_at is not null;
