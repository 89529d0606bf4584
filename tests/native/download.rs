//! Downloads, against a server on this machine that behaves and misbehaves.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread::JoinHandle;

use vitrine::dataset::download::fetch;
use vitrine::dataset::folder::Published;

use crate::data::scratch;

const BODY: &[u8; 10] = b"0123456789";

/// The MD5 of [`BODY`] by `printf 0123456789 | md5sum`.
const FILE: Published = Published { name: "digits.gz", bytes: 10, md5: "781e5e245d69b566979b86e28d23f2c7" };

/// Answers one request with each of `answers` (the bytes of a whole response) and returns the requests' heads.
fn serve(answers: Vec<Vec<u8>>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let mut heads = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines.map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
            heads.push(head.join("\n").to_lowercase());
            stream.write_all(&answer).unwrap();
        }
        heads
    });
    (address, server)
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn whole() -> Vec<u8> {
    answer("200 OK", "Content-Length: 10\r\n", BODY)
}

struct Outcome {
    result: vitrine::Result<()>,
    heads: Vec<String>,
    file: Option<Vec<u8>>,
    part: Option<Vec<u8>>,
    seen: Vec<u64>,
}

fn run(test: &str, part: Option<&[u8]>, answers: Vec<Vec<u8>>) -> Outcome {
    let folder: PathBuf = scratch(test);
    let (target, part_path) = (folder.join(FILE.name), folder.join(format!("{}.part", FILE.name)));
    if let Some(bytes) = part {
        fs::write(&part_path, bytes).unwrap();
    }
    let (address, server) = serve(answers);
    let mut seen = Vec::new();
    let result = fetch(&address, &FILE, &folder, &mut |have| seen.push(have));
    let heads = server.join().unwrap();
    Outcome { result, heads, file: fs::read(target).ok(), part: fs::read(part_path).ok(), seen }
}

#[test]
fn a_file_is_fetched_whole() {
    let outcome = run("fetch_whole", None, vec![whole()]);
    outcome.result.unwrap();
    assert_eq!(outcome.file.as_deref(), Some(&BODY[..]));
    assert_eq!(outcome.part, None);
    assert!(outcome.heads[0].starts_with("get /digits.gz http/1.1"), "{}", outcome.heads[0]);
    assert!(!outcome.heads[0].contains("range:"));
    assert_eq!((outcome.seen.first(), outcome.seen.last()), (Some(&0), Some(&10)));
}

#[test]
fn a_part_is_continued() {
    let rest = answer("206 Partial Content", "Content-Range: bytes 4-9/10\r\nContent-Length: 6\r\n", &BODY[4..]);
    let outcome = run("fetch_continued", Some(&BODY[..4]), vec![rest]);
    outcome.result.unwrap();
    assert!(outcome.heads[0].contains("range: bytes=4-"), "{}", outcome.heads[0]);
    assert_eq!(outcome.file.as_deref(), Some(&BODY[..]));
    assert_eq!(outcome.seen.first(), Some(&4));
}

#[test]
fn a_complete_part_needs_no_server() {
    let outcome = run("fetch_complete", Some(BODY), vec![]);
    outcome.result.unwrap();
    assert_eq!((outcome.file.as_deref(), outcome.part), (Some(&BODY[..]), None));
}

#[test]
fn a_server_without_ranges_sends_all_again() {
    let outcome = run("fetch_no_ranges", Some(b"abcd"), vec![whole()]);
    outcome.result.unwrap();
    assert_eq!(outcome.file.as_deref(), Some(&BODY[..]));
}

#[test]
fn a_part_that_the_server_cannot_continue_is_started_over() {
    let refusal = answer("416 Range Not Satisfiable", "Content-Length: 0\r\n", b"");
    let other = answer("206 Partial Content", "Content-Range: bytes 0-9/10\r\nContent-Length: 10\r\n", BODY);
    for (test, first) in [("fetch_416", refusal), ("fetch_other_range", other)] {
        let outcome = run(test, Some(b"abcd"), vec![first, whole()]);
        outcome.result.unwrap();
        assert_eq!(outcome.file.as_deref(), Some(&BODY[..]), "{test}");
        assert!(!outcome.heads[1].contains("range:"), "{test}");
    }
    let outcome = run("fetch_long_part", Some(b"longer than the file"), vec![whole()]);
    outcome.result.unwrap();
    assert_eq!(outcome.file.as_deref(), Some(&BODY[..]));
}

#[test]
fn a_wrong_sum_removes_the_part() {
    let wrong = answer("200 OK", "Content-Length: 10\r\n", b"0123456780");
    let outcome = run("fetch_wrong_sum", None, vec![wrong]);
    let error = outcome.result.unwrap_err();
    assert_eq!(error.code(), "integrity");
    let text = error.to_string();
    assert!(text.contains("digits.gz: expected MD5 781e5e") && text.contains("got MD5"), "{text}");
    assert_eq!((outcome.file, outcome.part), (None, None));
}

#[test]
fn a_connection_that_ends_early_keeps_the_part() {
    let with_length = answer("200 OK", "Content-Length: 10\r\n", &BODY[..7]);
    let without = answer("200 OK", "", &BODY[..7]);
    for (test, cut) in [("fetch_cut", with_length), ("fetch_cut_without_length", without)] {
        let outcome = run(test, None, vec![cut]);
        let error = outcome.result.unwrap_err();
        assert_eq!(error.code(), "io", "{test}");
        let text = error.to_string();
        assert!(text.contains("expected 10 bytes, got 7") && text.contains("again"), "{test}: {text}");
        assert_eq!((outcome.file, outcome.part.as_deref()), (None, Some(&BODY[..7])), "{test}");
    }
}

#[test]
fn another_length_is_not_kept() {
    let page = answer("200 OK", "Content-Length: 5\r\n", b"hello");
    let outcome = run("fetch_short", None, vec![page]);
    assert!(outcome.result.unwrap_err().to_string().contains("expected 10 bytes, got 5 bytes"));
    assert_eq!((outcome.file, outcome.part), (None, None));
    let endless = answer("200 OK", "", &[b'0'; 100]);
    let outcome = run("fetch_long", None, vec![endless]);
    assert_eq!(outcome.result.unwrap_err().code(), "integrity");
    assert_eq!((outcome.file, outcome.part), (None, None));
}

#[test]
fn a_missing_file_names_the_address_and_the_status() {
    let outcome = run("fetch_404", None, vec![answer("404 Not Found", "Content-Length: 2\r\n", b"no")]);
    let error = outcome.result.unwrap_err();
    assert_eq!(error.code(), "io");
    let text = error.to_string();
    assert!(text.contains("/digits.gz") && text.contains("404") && text.contains("by hand"), "{text}");
    assert_eq!((outcome.file, outcome.part), (None, None));
}

#[test]
fn no_server_is_an_error_and_not_a_panic() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = fetch(&format!("http://127.0.0.1:{port}"), &FILE, &scratch("fetch_none"), &mut |_| {}).unwrap_err();
    assert_eq!(error.code(), "io");
}
