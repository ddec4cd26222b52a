//! Where in a file of objects and lists we are; written out only when something is wrong there.

use crate::venues::fault::Whence;

/// A place in the file, and how it was reached.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    pub const fn field(before: Option<&'a Self>, name: &'a str) -> Self {
        Self { before, step: Step::Field(name) }
    }

    pub const fn to(&'a self, name: &'a str) -> Self {
        Self { before: Some(self), step: Step::Field(name) }
    }

    pub const fn item(&'a self, place: usize) -> Self {
        Self { before: Some(self), step: Step::Item(place) }
    }

    /// The field's own name; none inside a list.
    pub const fn name(&self) -> &'a str {
        match self.step {
            Step::Field(name) => name,
            Step::Item(_) => "",
        }
    }

    pub fn whence(&self) -> Whence {
        Whence::Path(self.text())
    }

    fn text(&self) -> String {
        let before = self.before.map(Self::text).unwrap_or_default();
        match self.step {
            Step::Item(place) => format!("{before}[{place}]"),
            Step::Field(name) if before.is_empty() => name.to_owned(),
            Step::Field(name) => format!("{before}.{name}"),
        }
    }
}
