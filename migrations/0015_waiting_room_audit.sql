-- What the auditor asks of waiting rooms.

create view audit.a40_room_overfull as
select r.org_id, r.event_id, r.places, count(*) as inside
  from waiting_room r
  join waiting_visitor v on v.org_id = r.org_id and v.event_id = r.event_id
 where v.entered_at is not null
   and v.left_at is null
 group by r.org_id, r.event_id, r.places
having count(*) > r.places;

create view audit.a41_room_inside_drift as
select r.org_id, r.event_id, r.inside, count(v.lot) as counted
  from waiting_room r
  left join waiting_visitor v
    on v.org_id = r.org_id and v.event_id = r.event_id and v.entered_at is not null and v.left_at is null
 group by r.org_id, r.event_id, r.inside
having r.inside <> count(v.lot);

-- Lots are counted up without a gap, and the draw gives each number of its lots once: same numbers, other order.
create view audit.a42_room_lot_gap as
select r.org_id, r.event_id, r.last_lot, count(v.lot) as visitors, sum(v.number) filter (where v.number <= r.drawn_to) as numbers
  from waiting_room r
  left join waiting_visitor v on v.org_id = r.org_id and v.event_id = r.event_id
 group by r.org_id, r.event_id, r.last_lot, r.drawn_to
having count(v.lot) <> r.last_lot
    or coalesce(max(v.lot), 0) <> r.last_lot
    or count(*) filter (where v.number <= r.drawn_to) <> coalesce(r.drawn_to, 0)
    or count(*) filter (where v.lot > r.drawn_to and v.number is distinct from v.lot) > 0;

-- Nobody is called out of turn.
create view audit.a43_called_out_of_turn as
select r.org_id, r.event_id, v.lot, v.number, r.called_to
  from waiting_room r
  join waiting_visitor v on v.org_id = r.org_id and v.event_id = r.event_id
 where (v.called_at is not null) <> (v.number is not null and v.number <= r.called_to);

-- Whoever is inside leaves in the end: the clock of a basket and of its payment runs out well before this.
create view audit.l40_inside_for_ever as
select org_id, event_id, lot, entered_at
  from waiting_visitor
 where entered_at < clock_timestamp() - interval '45 minutes'
   and left_at is null;
