-- What must be true of stays, overrides and what was undone.

-- The rule is the one that each admission was given under, so lowering it later breaks no promise.
drop view audit.a20_admitted_more_than_rule;
create view audit.a20_admitted_more_than_rule as
select org_id, list_id, ticket_id, count(*) as admissions, max(entries_max) as entries_max
  from admission
 where not is_override
 group by org_id, list_id, ticket_id
having count(*) > max(entries_max);

create or replace view audit.a21_admission_not_counted as
select s.org_id, s.scan_id
  from scan s
  left join admission a on a.org_id = s.org_id and a.scan_id = s.scan_id
  left join scan_conflict c on c.org_id = s.org_id and c.scan_id = s.scan_id
  left join scan_undo u on u.org_id = s.org_id and u.scan_id = s.scan_id
 where s.verdict = 'admitted'
   and a.scan_id is null
   and c.scan_id is null
   and u.scan_id is null;

create view audit.g01_in_twice_at_once as
select org_id, list_id, ticket_id, count(*) as open_stays
  from admission
 where needs_exit
   and left_at is null
 group by org_id, list_id, ticket_id
having count(*) > 1;

create view audit.g02_more_in_than_the_house_holds as
select org_id, list_id, ticket_id, entry_no, inside_no, inside_max
  from admission
 where inside_no > inside_max
   and not is_override;

create view audit.g03_override_without_a_reason as
select a.org_id, a.list_id, a.ticket_id, a.entry_no
  from admission a
  join scan s on s.org_id = a.org_id and s.scan_id = a.scan_id
 where a.is_override
   and s.override_reason is null;

create view audit.g04_override_by_a_steward as
select a.org_id, a.list_id, a.ticket_id, s.device_id
  from admission a
  join scan s on s.org_id = a.org_id and s.scan_id = a.scan_id
  join gate_device d on d.org_id = s.org_id and d.device_id = s.device_id
 where a.is_override
   and d.role <> 'supervisor';

create view audit.g05_undone_and_still_counted as
select u.org_id, u.scan_id
  from scan_undo u
  join admission a on a.org_id = u.org_id and (a.scan_id = u.scan_id or a.left_scan_id = u.scan_id);

create view audit.g06_stay_not_of_its_scan as
select a.org_id, a.list_id, a.ticket_id, a.scan_id
  from admission a
  join scan s on s.org_id = a.org_id and s.scan_id = a.scan_id
 where s.verdict <> 'admitted'
    or s.list_id <> a.list_id
 union all
select a.org_id, a.list_id, a.ticket_id, a.left_scan_id
  from admission a
  join scan s on s.org_id = a.org_id and s.scan_id = a.left_scan_id
 where s.verdict <> 'let_out'
    or s.list_id <> a.list_id;
