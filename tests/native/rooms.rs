//! Which room of src/ may name which: reads every path in the code and says which line breaks the house's rules.

use std::fs;
use std::path::{Path, PathBuf};

/// Values that every room speaks in.
const VALUES: &[&str] =
    &["error", "idx", "image", "images", "labels", "manifest", "printable", "probabilities", "random", "sha256"];

/// Each other room, and the rooms beside [`VALUES`] and itself that it may name.
const ROOMS: &[(&str, &[&str])] = &[
    ("distort", &[]),
    ("preprocess", &[]),
    ("metrics", &[]),
    ("onnx", &[]),
    ("network", &["onnx"]),
    ("knn", &[]),
    ("diagram", &["network", "knn"]),
    ("storage", &[]),
    ("drawings", &["preprocess"]),
    ("dataset", &["storage"]),
    ("training", &["distort", "storage"]),
    ("learn", &["network", "knn", "storage", "training", "drawings"]),
    ("measure", &["distort", "metrics", "network", "knn", "storage", "drawings"]),
    ("publish", &["metrics", "network", "knn", "onnx", "storage", "training", "measure"]),
    ("web", &["distort", "preprocess", "metrics", "network", "knn", "diagram"]),
];

/// Rooms whose code exists natively only. All others but `web` are the core.
const NATIVE: &[&str] = &["storage", "dataset", "drawings", "training", "learn", "measure", "publish"];

/// What only some files may name.
struct Foreign {
    /// First segments of paths.
    names: &'static [&'static str],
    /// Which files may, by path from src/.
    may: fn(&str) -> bool,
    why: &'static str,
}

const FOREIGN: &[Foreign] = &[
    Foreign {
        names: &["wasm_bindgen", "js_sys", "web_sys", "wasm_bindgen_futures"],
        may: |path| path.starts_with("web/"),
        why: "only web knows JavaScript",
    },
    Foreign {
        names: &["burn", "faer"],
        may: |path| path.starts_with("learn/"),
        why: "only learn stands behind the feature `train`",
    },
    Foreign {
        names: &["pulp"],
        may: |path| path.starts_with("network/fast/") || path.starts_with("learn/"),
        why: "only layers know the vector unit",
    },
    Foreign {
        names: &["tract_hir", "tract_onnx"],
        may: |path| path.starts_with("network/"),
        why: "only network names tract",
    },
    Foreign {
        names: &["prost"],
        may: |path| path.starts_with("network/") || path.starts_with("onnx/") || path.starts_with("publish/"),
        why: "only reader and exporter of ONNX know its messages",
    },
    Foreign {
        names: &["clap", "indicatif"],
        may: |path| path.starts_with("bin/"),
        why: "only the command line reads arguments and draws bars",
    },
    Foreign {
        names: &["println", "print", "eprintln", "eprint"],
        may: |_| false,
        why: "they panic where nobody reads: the command line prints by say! and note",
    },
    Foreign {
        names: &["std::fs", "std::time", "std::env", "std::net", "std::thread", "rayon"],
        may: |path| path.starts_with("bin/") || NATIVE.contains(&room_of(path)),
        why: "core knows no clock, no file, no network and no thread",
    },
];

/// Rooms within a room that share nothing.
const APART: &[[&str; 2]] = &[["learn::network", "learn::knn"]];

/// A path in code, such as `crate::knn::index::Index`, and its line.
#[derive(Debug, PartialEq)]
struct Named {
    line: usize,
    path: String,
}

fn room_of(path: &str) -> &str {
    path.split_once('/').map_or_else(|| path.trim_end_matches(".rs"), |(room, _)| room)
}

/// The code without comments, strings and character literals, each blanked so that lines stay where they are.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    let blank =
        |code: &mut String, skipped: &str| code.extend(skipped.chars().map(|c| if c == '\n' { c } else { ' ' }));
    while let Some(first) = rest.chars().next() {
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            let mut escaped = false;
            let close = rest[1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            close.map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("'\"'") || rest.starts_with("'{'") || rest.starts_with("'}'") {
            3
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        blank(&mut code, &rest[..end]);
        rest = &rest[end..];
    }
    code
}

/// Identifiers and marks, `::` as one, each with its line.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (index, mut line) in code.lines().enumerate() {
        while let Some(first) = line.chars().next() {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            let length = if word(first) {
                line.find(|c| !word(c)).unwrap_or(line.len())
            } else if line.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            if !first.is_whitespace() {
                tokens.push((index + 1, &line[..length]));
            }
            line = &line[length..];
        }
    }
    tokens
}

/// Every path that the code names, with the braces of `use` opened; `module` is the file's own, from the crate.
fn paths(text: &str, module: &[&str]) -> Vec<Named> {
    let code = code(text);
    let tokens = tokens(&code);
    let mut found = Vec::new();
    // What stands before each open brace of a `use`, and the path that is being read.
    let (mut prefixes, mut path): (Vec<Vec<String>>, Vec<String>) = (Vec::new(), Vec::new());
    let mut flush = |line: usize, path: &mut Vec<String>| {
        if !path.is_empty() {
            found.push(Named { line, path: absolute(path, module) });
            path.clear();
        }
    };
    for (at, (line, token)) in tokens.iter().enumerate() {
        let after = at.checked_sub(1).map(|before| tokens[before].1);
        let is_word = token.starts_with(|c: char| c.is_alphabetic() || c == '_');
        match *token {
            "::" => {}
            "{" if after == Some("::") => prefixes.push(std::mem::take(&mut path)),
            "," if !prefixes.is_empty() => flush(*line, &mut path),
            "}" if !prefixes.is_empty() => {
                flush(*line, &mut path);
                prefixes.pop();
            }
            word if is_word => {
                if after != Some("::") {
                    flush(*line, &mut path);
                    path.clone_from(prefixes.last().unwrap_or(&Vec::new()));
                }
                path.push(word.to_owned());
            }
            _ => flush(*line, &mut path),
        }
    }
    found
}

/// The path from the crate's root, where it begins with `self` or `super`.
fn absolute(path: &[String], module: &[&str]) -> String {
    let mut base: Vec<&str> = module.to_vec();
    let mut rest = path;
    match path[0].as_str() {
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|word| word == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        _ => return path.join("::"),
    }
    base.into_iter().chain(rest.iter().map(String::as_str)).collect::<Vec<_>>().join("::")
}

fn broken(path: &str, named: &Named) -> Option<String> {
    let begins = |name: &str| named.path == name || named.path.starts_with(&format!("{name}::"));
    let foreign = FOREIGN.iter().find(|rule| !(rule.may)(path) && rule.names.iter().any(|name| begins(name)));
    if let Some(rule) = foreign {
        return Some(rule.why.to_owned());
    }
    let own = room_of(path);
    if own == "bin" || own == "lib" {
        return None;
    }
    let room = named.path.strip_prefix("crate::")?.split("::").next()?;
    let apart = |[one, other]: &[&str; 2]| {
        let inside = |room: &str| path.starts_with(&format!("{}/", room.replace("::", "/")));
        (inside(one) && begins(&format!("crate::{other}"))) || (inside(other) && begins(&format!("crate::{one}")))
    };
    if APART.iter().any(apart) {
        return Some("the two rooms share nothing".to_owned());
    }
    if room == own || VALUES.contains(&room) || !ROOMS.iter().any(|(name, _)| *name == room) {
        return None;
    }
    let allowed = ROOMS.iter().find(|(name, _)| *name == own).map_or(&[][..], |(_, allowed)| *allowed);
    (!allowed.contains(&room)).then(|| format!("{own} may name the values and {allowed:?}"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|own| own == "rs") {
            found.push(path);
        }
    }
}

/// Every file of src/: its path from there, and its text.
fn sources() -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    assert!(found.len() > 50, "src has only {} files: the test looks in the wrong place", found.len());
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn module(path: &str) -> Vec<&str> {
    let inner = path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("lib");
    std::iter::once("crate").chain(inner.split('/').filter(|part| !part.is_empty())).collect()
}

#[test]
fn rooms_name_only_what_stands_on_their_left() {
    let mut all = Vec::new();
    for (path, text) in sources() {
        for named in paths(&text, &module(&path)) {
            let line = text.lines().nth(named.line - 1).unwrap_or_default().trim();
            let why = broken(&path, &named);
            all.extend(why.map(|why| format!("src/{path}:{}: {}: {why}\n    {line}", named.line, named.path)));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// Types of one name in several files that are one thing.
const SHARED_NAMES: &[(&str, &str)] = &[
    ("Dimension", "the manifest's, and the message of that name in onnx.proto"),
    ("IndexArgs", "with the trainer and without it"),
    ("TrainArgs", "with the trainer and without it"),
    ("Value", "two oneofs of onnx.proto, named by its generator's rules"),
];

/// The structs, enums and traits that a file declares, those inside of functions too.
fn declared(text: &str) -> Vec<String> {
    let code = code(text);
    let tokens = tokens(&code);
    let pairs = tokens.windows(2).filter(|pair| ["struct", "enum", "trait"].contains(&pair[0].1));
    pairs.map(|pair| pair[1].1.to_owned()).collect()
}

#[test]
fn a_type_s_name_stands_for_one_thing() {
    // What web declares is the core's type of the same name, for JavaScript.
    let mut files = std::collections::BTreeMap::<String, Vec<String>>::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| room_of(path) != "web") {
        for name in declared(&text) {
            files.entry(name).or_default().push(path.clone());
        }
    }
    assert!(files.len() > 100, "only {} types were found", files.len());
    let shared: Vec<_> = files.iter().filter(|(_, files)| files.len() > 1).map(|(name, _)| name.as_str()).collect();
    let known: Vec<_> = SHARED_NAMES.iter().map(|(name, _)| *name).collect();
    let told = |name: &&str| format!("{name} in {}", files[*name].join(", "));
    assert_eq!(shared, known, "{}", shared.iter().map(told).collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_room_is_known() {
    for (path, _) in sources() {
        let room = room_of(&path);
        let known = VALUES.contains(&room) || ROOMS.iter().any(|(name, _)| *name == room);
        assert!(known || ["bin", "lib"].contains(&room), "src/{path} lies in no room of tests/native/rooms.rs");
    }
}

#[test]
fn nothing_hides_from_the_reader() {
    let seen = |text: &str| -> Vec<String> {
        paths(text, &["crate", "knn", "index"]).into_iter().map(|named| named.path).collect()
    };
    let has = |text: &str, path: &str| seen(text).iter().any(|seen| seen == path);
    assert!(has("use crate::{learn, web::report};", "crate::learn"));
    assert!(has("use crate::{learn, web::{a, b}};", "crate::web::b"));
    assert!(has("use crate::{\n    knn::{\n        index::Index,\n    },\n    web,\n};", "crate::web"));
    assert!(has("    *x = crate::learn::network::fit::fit(y);", "crate::learn::network::fit::fit"));
    assert!(has("use super::super::web::report;", "crate::web::report"));
    assert!(has("/* no code */ crate::web::x()", "crate::web::x"));
    assert!(has("let a = b'\"'; crate::web::x()", "crate::web::x"));
    assert!(!has("let text = \"crate::web::x\"; // crate::web::y", "crate::web::x"));
    assert!(!has("/// crate::web::y", "crate::web::y"));
    let named = |path: &str| Named { line: 1, path: path.to_owned() };
    assert!(broken("knn/index.rs", &named("crate::learn")).is_some());
    assert!(broken("image.rs", &named("crate::web")).is_some());
    assert!(broken("learn/knn/fit.rs", &named("crate::learn::network::module")).is_some());
    assert!(broken("knn/index.rs", &named("std::fs::read")).is_some());
    assert!(broken("measure/eda.rs", &named("println")).is_some());
    assert!(broken("measure/eda.rs", &named("std::fs::read")).is_none());
    assert!(broken("diagram/knn.rs", &named("crate::knn::index::Index")).is_none());
}
