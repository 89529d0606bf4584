//! What a stranger's file can put on a terminal: nothing but text, and no more than a screen of it.

use proptest::prelude::*;
use vitrine::error::{Blame, Error};
use vitrine::printable::printable;

#[test]
fn a_message_shows_control_characters_as_escapes() {
    let error = Error::new(Blame::Network, "a\rb")
        .expected("x\u{1b}]0;owned\u{7}")
        .got("y\u{202e}z\u{85}\n\"quoted\"")
        .remedy("tab\there");
    assert_eq!(error.to_string(), r#"a\rb: expected x\u{1b}]0;owned\u{7}, got y\u{202e}z\u{85}\n"quoted"; tab\there"#);
}

#[test]
fn a_message_fits_a_screen() {
    let long = "names ".repeat(10_000);
    let error = Error::new(Blame::Network, &long).expected(&long).got(&long).remedy(&long).within(&long);
    assert!(error.to_string().chars().count() <= 80 * 24);
}

proptest! {
    #[test]
    fn nothing_but_text_is_shown(text: String, most in 0..40_usize) {
        let shown = printable(&text, most);
        prop_assert!(shown.chars().all(|character| !character.is_control()));
        if text.chars().count() <= most && text.chars().all(|character| character.is_ascii_graphic()) {
            prop_assert_eq!(shown, text);
        }
    }
}
