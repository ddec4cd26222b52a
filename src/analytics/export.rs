//! CSV that a spreadsheet opens as text and nothing else.
//!
//! A buyer chooses their own name, so a cell may try to be a formula. Spreadsheets take cells that start with one of
//! `= + - @`, a tab, a carriage return, or the full-width forms of those signs, as formulas (OWASP, "CSV injection");
//! such a cell gets a leading apostrophe, which shows it as the text it is.

/// Longest name of a downloaded file, without its ending.
const FILE_NAME_MAX: usize = 60;

/// What a file starts with: the mark by which Excel knows UTF-8.
pub const fn csv_start() -> &'static str {
    "\u{feff}"
}

/// One line of a file, with its line end. Every cell is quoted, so that a `;` or a tab inside starts no new cell in
/// spreadsheets that split at those.
pub fn csv_line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let guard = if is_formula(text) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Whether a spreadsheet might take the cell for a formula. Leading blanks do not help: some spreadsheets trim first. The
/// same holds after a quote or a separator, where a careless reader may start a new cell.
fn is_formula(text: &str) -> bool {
    let starts = |part: &str| {
        let first = part.trim_start_matches([' ', '\u{a0}', '"', '\'']).chars().next();
        first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'))
    };
    text.split([';', ',', '\n']).any(starts)
}

/// The name of the file for an event: ASCII letters, digits and hyphens only, so that it needs no quoting in a header.
pub fn csv_file_name(slug: &str, what: &str) -> String {
    let plain: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(FILE_NAME_MAX).collect();
    format!("{plain}-{what}.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_could_be_formulas_are_shown_as_text() {
        let dangerous = [
            "=1+1",
            "+254712345678",
            "-2+3",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\n=x",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            " =1+1",
            "\u{a0}=1",
            "\"=1",
            "'=1",
            "a;=HYPERLINK(\"http://x\")",
            "a,=cmd|' /C calc'!A0",
            "a\n=1",
        ];
        for text in dangerous {
            assert!(cell(text).starts_with("\"'"), "{text:?} gives {}", cell(text));
        }
    }

    #[test]
    fn other_cells_stay_as_they_are() {
        for text in ["", "Amina Otieno", "a=b", "O'Neil", "x+y@example.org", "12", "Noël", "日本", "5 - 6"] {
            assert_eq!(cell(text), format!("\"{text}\""));
        }
    }

    #[test]
    fn quotes_double_and_lines_end_as_rfc_4180_says() {
        assert_eq!(csv_line(["a", "say \"hi\"", "b;c"]), "\"a\",\"say \"\"hi\"\"\",\"b;c\"\r\n");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader("\"a\"\"b\",\"c\nd\"\r\n".as_bytes());
        let row = reader.records().next().expect("a row").expect("a record");
        assert_eq!(row.iter().collect::<Vec<_>>(), ["a\"b", "c\nd"]);
    }

    #[test]
    fn a_file_name_carries_no_header_tricks() {
        assert_eq!(csv_file_name("jazz-night\"\r\nx: y", "attendees"), "jazz-nightxy-attendees.csv");
    }
}
