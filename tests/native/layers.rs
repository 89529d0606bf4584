//! Who may name whom in the page: reads every import of www/src/ and says which line breaks the house's rules. `rooms.rs` does
//! it for Rust.

use std::fs;
use std::path::{Path, PathBuf};

/// A room may not name these words in code.
struct Rule {
    /// Which files, by path prefix from the repository's root.
    room: fn(&str) -> bool,
    /// Words that may not appear outside comments.
    forbidden: &'static [&'static str],
    why: &'static str,
}

const TYPESCRIPT: &[Rule] = &[
    Rule {
        room: |path| path.starts_with("www/src/components/") || path.starts_with("www/src/charts/"),
        forbidden: &["/engine/", "/lab/", "/page/", "/element/"],
        why: "components and charts get data by property: they name no engine and nobody who shows them",
    },
    Rule {
        room: |path| path.starts_with("www/src/engine/"),
        forbidden: &["/components/", "/charts/", "/lab/", "/page/", "/element/"],
        why: "the engine does not know who shows its answers",
    },
    Rule {
        room: |path| path.starts_with("www/src/lab/"),
        forbidden: &["/page/", "/element/"],
        why: "the lab is what page and element share: it names neither",
    },
    Rule {
        room: |path| path.starts_with("www/src/page/"),
        forbidden: &["/element/"],
        why: "page and element do not know each other",
    },
    Rule {
        room: |path| path.starts_with("www/src/element/"),
        forbidden: &["/page/"],
        why: "page and element do not know each other",
    },
    Rule {
        room: |path| path.starts_with("www/src/") && !is_entry(path),
        forbidden: &["/artefacts/"],
        why: "where the files of a build lie is told by its entry",
    },
    Rule {
        room: |path| {
            path.starts_with("www/src/")
                && path != "www/src/engine/worker.ts"
                && !path.starts_with("www/src/artefacts/")
        },
        forbidden: &["/pkg/"],
        why: "the worker alone names the wasm package, artefacts its files' addresses",
    },
    Rule {
        room: |path| path.starts_with("www/src/artefacts/"),
        forbidden: &["/pkg/vitrine.js"],
        why: "the worker alone names the wasm package, artefacts its files' addresses",
    },
];

/// The globals of a document and of a build, which the engine may not touch: it runs in workers, in other pages and in
/// tests, and is told where everything is.
const DOM: &[&str] = &["document.", "window.", "HTMLElement", "querySelector", "location.", "import.meta"];

/// What a build of the site, the element or the package begins with.
fn is_entry(path: &str) -> bool {
    path == "www/src/element/define.ts" || path.strip_prefix("www/src/").is_some_and(|name| !name.contains('/'))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
}

fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_comment = |line: &str| ["//", "*", "/*"].iter().any(|mark| line.trim_start().starts_with(mark));
    text.lines().enumerate().filter(move |(_, line)| !is_comment(line)).map(|(index, line)| (index + 1, line))
}

fn violations(folder: &str, extension: &str, rules: &[Rule], only_imports: bool) -> Vec<String> {
    let mut paths = Vec::new();
    files(&root().join(folder), extension, &mut paths);
    assert!(paths.len() > 5, "{folder} has only {} .{extension} files: the test looks in the wrong place", paths.len());
    let mut broken = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in code_lines(&text) {
            if only_imports && !(line.contains("import") || line.contains("from ") || line.contains("new URL")) {
                continue;
            }
            for rule in rules.iter().filter(|rule| (rule.room)(&name)) {
                for word in rule.forbidden.iter().filter(|word| line.contains(**word)) {
                    broken.push(format!("{name}:{number}: names {word}: {}\n    {}", rule.why, line.trim()));
                }
            }
        }
    }
    broken
}

#[test]
fn typescript_modules_name_only_what_stands_on_their_left() {
    let broken = violations("www/src", "ts", TYPESCRIPT, true);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_engine_does_not_touch_the_document() {
    let rule =
        [Rule { room: |path| path.starts_with("www/src/engine/"), forbidden: DOM, why: "the engine names no DOM" }];
    let broken = violations("www/src", "ts", &rule, false);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_stay_below_four_hundred_lines() {
    let mut paths = Vec::new();
    for (folder, extension) in [("src", "rs"), ("tests/native", "rs"), ("www/src", "ts")] {
        files(&root().join(folder), extension, &mut paths);
    }
    let long: Vec<String> = paths
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(path, lines)| format!("{}: {lines} lines: two jobs in one room?", path.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
