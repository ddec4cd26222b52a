-- What every other migration leans on: the trigger that stamps updated_at, and the one that makes a table append-only.
--
-- House rules for all tables: a tenant's table starts its primary key, uniques and foreign keys with org_id, so that no
-- key can cross tenants and the schema can be distributed by org_id. Global tables say so in their migration's head.
-- Ids are UUID v7 made by the app; money is bigint minor units with a char(3) currency; instants are timestamptz.

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;
