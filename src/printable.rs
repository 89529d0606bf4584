//! A stranger's text, fit for a terminal and for one line of it.

/// `text` without what steers a terminal, turns lines around or is invisible: such characters are written as Rust's `Debug`
/// writes them, a line break as `\n`. Past `most` characters it ends in `…`.
///
/// ```
/// use vitrine::printable::printable;
/// assert_eq!(printable("Größe \"a\"\u{1b}[2J\n", 80), "Größe \"a\"\\u{1b}[2J\\n");
/// assert_eq!(printable("abcdef", 4), "abcd…");
/// ```
pub fn printable(text: &str, most: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(most));
    for (at, character) in text.chars().enumerate() {
        if at == most {
            shown.push('…');
            break;
        }
        match character {
            '"' | '\'' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}
