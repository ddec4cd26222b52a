//! What is wrong is told with its place, all of it at once; and nothing that somebody sends breaks the reader.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::made::a_hall;
use crate::venues::plan::{Fault, Format, Plan, Problem, Whence};

fn faults(text: &str) -> Vec<Fault> {
    Plan::read(text.as_bytes()).err().unwrap_or_default()
}

fn at(path: &str, problem: Problem) -> Fault {
    Fault { whence: Whence::Path(path.to_owned()), problem }
}

/// A hall with something changed in it.
fn changed(pointer: &str, value: Option<Value>) -> Vec<Fault> {
    let mut file = a_hall();
    let (parent, name) = pointer.rsplit_once('/').expect("a place");
    let parent = file.pointer_mut(parent).expect("a place").as_object_mut().expect("an object");
    match value {
        Some(value) => parent.insert(name.to_owned(), value),
        None => parent.remove(name),
    };
    faults(&file.to_string())
}

#[test]
fn a_wrong_field_is_told_with_its_path() {
    let seat = "/zones/0/rows/1/seats/2";
    let told = "zones[0].rows[1].seats[2]";
    let table = [
        (format!("{seat}/seat_guid"), None, at(&format!("{told}.seat_guid"), Problem::Missing)),
        (
            format!("{seat}/seat_guid"),
            Some(json!("1-1")),
            at(&format!("{told}.seat_guid"), Problem::Doubled("1-1".into())),
        ),
        (format!("{seat}/seat_guid"), Some(json!(5)), at(&format!("{told}.seat_guid"), Problem::NotWords)),
        (
            format!("{seat}/category"),
            Some(json!("Gold")),
            at(&format!("{told}.category"), Problem::UnknownCategory("Gold".into())),
        ),
        (format!("{seat}/position"), None, at(&format!("{told}.position"), Problem::Missing)),
        (format!("{seat}/position/x"), Some(json!("12")), at(&format!("{told}.position.x"), Problem::NotANumber)),
        (format!("{seat}/position/y"), Some(json!(1e300)), at(&format!("{told}.position.y"), Problem::OutOfRange)),
        (
            format!("{seat}/seat_number"),
            Some(json!("x".repeat(121))),
            at(&format!("{told}.seat_number"), Problem::TooLong { max: 120 }),
        ),
        (
            format!("{seat}/seat_number"),
            Some(json!("1\u{202e}2")),
            at(&format!("{told}.seat_number"), Problem::BadCharacters),
        ),
        ("/zones/0/rows".into(), None, at("zones[0].rows", Problem::Missing)),
        ("/zones/0/rows".into(), Some(json!({})), at("zones[0].rows", Problem::NotAList)),
        ("/zones/0/position".into(), Some(json!([])), at("zones[0].position", Problem::NotAnObject)),
        (
            "/zones/1/rows/0/lango".into(),
            Some(json!({ "form": "sofa" })),
            at("zones[1].rows[0].lango.form", Problem::NotAChoice),
        ),
        (
            "/zones/2/lango/standing/capacity".into(),
            Some(json!(0)),
            at("zones[2].lango.standing.capacity", Problem::OutOfRange),
        ),
        ("/zones/2/areas".into(), Some(json!([])), at("zones[2].areas", Problem::Missing)),
        ("/name".into(), None, at("name", Problem::Missing)),
    ];
    for (pointer, value, expected) in table {
        let found = changed(&pointer, value);
        assert!(found.contains(&expected), "{pointer}: {found:?}");
    }
    let doubled = changed("/categories", Some(json!([{ "name": "Front" }, { "name": "Back" }, { "name": "Back" }])));
    assert_eq!(doubled, [at("categories[2].name", Problem::Doubled("Back".into()))]);
}

#[test]
fn all_that_is_wrong_is_told_at_once_up_to_a_limit() {
    let mut file = a_hall();
    file["zones"][0]["rows"][0]["seats"][0]["category"] = json!("Gold");
    file["zones"][1]["rows"][0]["seats"][1]["position"] = json!(null);
    assert_eq!(faults(&file.to_string()).len(), 2);
    file["categories"] = json!([]);
    file["zones"][0]["rows"] = (0..40).map(|_| a_hall()["zones"][0]["rows"][0].clone()).collect();
    assert_eq!(faults(&file.to_string()).len(), 50);
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let line = |line, problem| vec![Fault::at_line(line, problem)];
    assert_eq!(faults("{\n\"name\": \"x\",\n}"), line(3, Problem::Broken));
    assert_eq!(faults("<svg>\n<g>\n</svg>"), line(3, Problem::Broken));
    assert_eq!(faults("section,row\nA,1\n"), line(1, Problem::NoColumn("seat".into())));
    assert_eq!(faults("section,row,seat\nA,1,1\nA,1,2\nA,1,1\n"), line(4, Problem::Doubled("A-1-1".into())));
    assert_eq!(faults("section,row,seat\nA,1,\n")[0], Fault::at_line(2, Problem::Missing));
    assert_eq!(faults("section;row;seat;x;y\nA;1;1;2;left\n")[0], Fault::at_line(2, Problem::NotANumber));
    assert_eq!(faults("section,row,seat,kinds\nA,1,1,sofa\n"), line(2, Problem::NotAChoice));
    assert_eq!(faults("section,row,seat,x,y\nA,1,1,0,0\nA,1,2,,\n"), [Fault::whole(Problem::NoColumn("x".into()))]);
    for empty in [
        "section,row,seat\n",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        r#"{"name":"","categories":[],"zones":[]}"#,
    ] {
        assert_eq!(faults(empty), [Fault::whole(Problem::NoSeats)], "{empty}");
    }
    assert_eq!(Plan::read(&[0xff, 0xfe, b'{']).err(), Some(vec![Fault::whole(Problem::NotText)]));
    assert!(!faults("").is_empty());
}

#[test]
fn a_drawing_is_read_by_what_it_says_and_by_its_ids() {
    let file = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://inkscape.example/ns"><title>Club</title>
        <inkscape:namedview/><defs><circle/></defs><style>circle { fill: red }</style>
        <g data-section="A" transform="translate(100, 10)"><g data-row="1" fill="#ff0000">
          <circle cx="0" cy="0" r="5"/><rect x="20" y="-5" width="10" height="10" data-kinds="wheelchair"/></g></g>
        <circle id="B-2-7" cx="7px" cy="8" r="5" data-category="VIP"/>
        <rect x="0" y="0" width="50" height="10" data-section="Floor" data-standing="300" data-category="VIP"/>
        <text x="5" y="6">Stage</text></svg>"##;
    let (plan, format) = Plan::read(file.as_bytes()).expect("a plan");
    assert_eq!((plan.name.as_str(), format), ("Club", Format::Svg));
    let map = crate::venues::plan::to_map(&plan);
    assert_eq!((map.seats.len(), map.standing()), (3, 300));
    let names: Vec<_> = (0..3).map(|seat| map.name_of(seat).expect("a seat")).collect();
    let names: Vec<_> = names.iter().map(|name| format!("{}/{}/{}", name.section, name.row, name.number)).collect();
    assert_eq!(names, ["A/1/1", "A/1/2", "B/2/7"]);
    assert_eq!(plan.zones[0].rows[0].seats[1].at, crate::venues::plan::Spot::new(125.0, 10.0));
    assert_eq!(plan.categories.iter().map(|category| category.name.as_str()).collect::<Vec<_>>(), ["#ff0000", "VIP"]);
}

#[test]
fn what_a_drawing_cannot_say_is_told_with_its_line() {
    let inside = |inside: &str| faults(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\">\n{inside}</svg>"));
    for (text, problem) in [
        ("<path d=\"M0 0\"/>", Problem::Unreadable("path".into())),
        ("<use href=\"#a\"/>", Problem::Unreadable("use".into())),
        ("<script>alert(1)</script>", Problem::Unreadable("script".into())),
        ("<image href=\"file:///etc/passwd\"/>", Problem::Unreadable("image".into())),
        ("<circle data-seat=\"1\" cx=\"a\"/>", Problem::NotANumber),
        ("<circle data-seat=\"1\" data-kinds=\"sofa\"/>", Problem::NotAChoice),
        ("<g transform=\"spin(1)\"/>", Problem::Unreadable("transform".into())),
    ] {
        assert_eq!(inside(text)[0], Fault::at_line(2, problem), "{text}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let bomb = r#"<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>"#;
    assert_eq!(faults(bomb)[0].problem, Problem::Broken);
    let outside = r#"<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>"#;
    assert_eq!(faults(outside)[0].problem, Problem::Broken);
    let deep =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}{}</svg>", "<g>".repeat(50_000), "</g>".repeat(50_000));
    assert!(!faults(&deep).is_empty());
    assert_eq!(faults(&"[".repeat(100_000))[0].problem, Problem::Broken);
    assert_eq!(faults(&"<a>".repeat(2_000_000))[0].problem, Problem::Broken);
    assert_eq!(faults(&" ".repeat(25 * 1024 * 1024)), [Fault::whole(Problem::TooLarge)]);
}

proptest! {
    #[test]
    fn nothing_that_somebody_sends_breaks_the_reader(cut in any::<prop::sample::Index>(), more in ".{0,12}", which in 0..3_usize) {
        let plan = Plan::read(a_hall().to_string().as_bytes()).expect("a plan").0;
        let file = plan.write(Format::ALL[which]);
        let at = file.char_indices().map(|(at, _)| at).nth(cut.index(file.chars().count())).expect("a place");
        for text in [format!("{}{more}{}", &file[..at], &file[at..]), file[..at].to_owned()] {
            if let Ok((plan, _)) = Plan::read(text.as_bytes()) {
                crate::venues::plan::to_map(&plan).encode();
            }
        }
    }
}
