-- Three amends: a search that pays no heed to accents, sign-ins that rested, money from hand to hand.
--
-- Who looks for "theatre" means "théâtre" too.
--
-- The extension unaccent is not on every managed server, and its function may not stand in a generated column, so the
-- letters are made plain here: canonical decomposition takes an accent off its letter, the accents are dropped, and the
-- few letters that have no decomposition are named. The same function reads what is searched for.

create function plain_letters(words text) returns text
    language sql immutable strict parallel safe
    return replace(replace(replace(
        translate(regexp_replace(normalize(words, nfd), '[\u0300-\u036f]', '', 'g'), 'øØłŁđĐıŋŊ', 'oOlLdDinN'),
        'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss');

alter table event drop column search;
alter table event add column search tsvector generated always as (
    setweight(to_tsvector('simple', plain_letters(lower(title))), 'A')
    || setweight(to_tsvector('simple', plain_letters(lower(venue || ' ' || place))), 'B')
    || setweight(to_tsvector('simple', plain_letters(lower(category || ' ' || summary))), 'C')
    || setweight(to_tsvector('simple', plain_letters(lower(left(description_md, 20000)))), 'D')
) stored;
create index event_search on event using gin (search);

-- A sign-in that nobody used for half a day is still good for buying, but opens no organizer's desk.
alter table session add column rested_at timestamptz;

-- Where no provider serves, money goes from hand to hand; nobody but the desk knows of it.
alter table payment drop constraint payment_provider;
alter table payment add constraint payment_provider check (provider in ('mpesa', 'free', 'cash'));
