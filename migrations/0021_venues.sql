-- Places with maps of seats.
--
-- A map is imported whole and never changed: what is new is a new version, and what was sold on a version stays on it.
-- `plan` is the whole plan in the open seating-plan format, from which every export is written; `geometry` is made of it:
-- the compact map that pages and phones read.

create table venue (
    org_id uuid not null references org,
    venue_id uuid not null,
    name text not null,
    place text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (org_id, venue_id)
);
create unique index venue_name_once on venue (org_id, lower(name));
create trigger venue_touch before update on venue for each row execute function touch_updated_at();

create table venue_map (
    org_id uuid not null,
    venue_id uuid not null,
    version int not null constraint venue_map_version_from_one check (version >= 1),
    file_name text not null,
    sections int not null,
    rows int not null,
    seats int not null,
    standing int not null,
    plan bytea not null,
    plan_hash bytea not null,
    geometry bytea not null,
    made_by uuid not null references account,
    made_at timestamptz not null default now(),
    primary key (org_id, venue_id, version),
    foreign key (org_id, venue_id) references venue,
    constraint venue_map_has_room check (seats >= 0 and standing >= 0 and seats + standing > 0)
);
create trigger venue_map_append_only before update or delete on venue_map for each row execute function refuse_change();

-- Versions follow each other by one, so "the version before" is always there.
create view audit.a40_map_version_missing as
select org_id, venue_id, max(version) as newest, count(*) as versions
  from venue_map
 group by org_id, venue_id
having max(version) <> count(*);
