//! Who imports from whom in Rust: every path that begins with `crate` or `super`, to where its item is defined.

use std::collections::{BTreeMap, HashMap};

use crate::sources::{Source, without_unit_tests};

/// Segments.
type Path = Vec<String>;

pub struct Import {
    /// Where it stands: "src/nn/loss.rs:7".
    pub place: String,
    /// The importing module, "nn::loss", and the one that defines what is imported.
    pub from: String,
    pub to: String,
}

/// The imports among `sources`, files below src/.
pub fn imports(sources: &[Source]) -> Vec<Import> {
    let modules: BTreeMap<String, String> = sources
        .iter()
        .map(|source| (module_of(&source.path), code_of(&without_unit_tests(&source.text, true))))
        .collect();
    let names: HashMap<&str, HashMap<String, Path>> =
        modules.iter().map(|(module, code)| (module.as_str(), imported_names(module, code, &modules))).collect();
    let mut imports = Vec::new();
    for source in sources {
        let module = module_of(&source.path);
        for Written { path, line, .. } in written(&modules[&module], &["crate", "super"]) {
            let to = defining_module(&from_root(&module, &path), &modules, &names);
            imports.push(Import { place: format!("{}:{line}", source.path), from: module.clone(), to });
        }
    }
    imports
}

/// "src/nn/layers/mod.rs" is nn::layers; the crate's root is "".
fn module_of(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap();
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

/// Walks down the modules, and on from a name that a module only passes on.
fn defining_module(
    path: &[String],
    modules: &BTreeMap<String, String>,
    names: &HashMap<&str, HashMap<String, Path>>,
) -> String {
    let mut module = String::new();
    for segment in path {
        let deeper = join(&module, segment);
        if modules.contains_key(&deeper) {
            module = deeper;
            continue;
        }
        return match names[module.as_str()].get(segment) {
            Some(elsewhere) => defining_module(elsewhere, modules, names),
            None => module,
        };
    }
    module
}

fn join(module: &str, segment: &str) -> String {
    if module.is_empty() { segment.to_owned() } else { format!("{module}::{segment}") }
}

/// What a module's `use` gives it of this crate: each name, and where it leads from the crate's root.
fn imported_names(module: &str, code: &str, modules: &BTreeMap<String, String>) -> HashMap<String, Path> {
    let is_ours =
        |first: &str| matches!(first, "crate" | "super" | "self") || modules.contains_key(&join(module, first));
    let written = written(code, &["use"]).into_iter().filter(|written| is_ours(&written.path[0]));
    written.map(|written| (written.name, from_root(module, &written.path))).collect()
}

/// A path as it stands in the code.
struct Written {
    path: Path,
    /// What it is called from there on.
    name: String,
    line: usize,
}

/// The paths that begin with one of the words `starts`, or come after it if that is "use".
fn written(code: &str, starts: &[&str]) -> Vec<Written> {
    let tokens = tokens(code);
    let token = |at: usize| tokens.get(at).map_or("", |&(token, _)| token);
    let mut found = Vec::new();
    for (i, &(word, line)) in tokens.iter().enumerate() {
        let first = if word == "use" { i + 1 } else { i };
        // Not the middle of a path, nor what `pub(crate)` says.
        let begins = word == "use" || (token(i + 1) == "::" && (i == 0 || token(i - 1) != "::"));
        if starts.contains(&word) && begins {
            let mut read =
                |path: &Path, name: &str| found.push(Written { path: path.clone(), name: name.into(), line });
            tree(&token, first, &mut Path::new(), &mut read);
        }
    }
    found
}

fn from_root(module: &str, written: &[String]) -> Path {
    let mut base: Path = match written.first().map(String::as_str) {
        Some("crate") => Vec::new(),
        _ => module.split("::").filter(|segment| !segment.is_empty()).map(str::to_owned).collect(),
    };
    for segment in written {
        match segment.as_str() {
            "crate" | "self" => {}
            "super" => drop(base.pop()),
            other => base.push(other.to_owned()),
        }
    }
    base
}

/// Reads a path, or a tree of them in braces, from the token `at` on; returns where it ends.
fn tree<'a>(
    token: &dyn Fn(usize) -> &'a str,
    mut at: usize,
    prefix: &mut Path,
    read: &mut dyn FnMut(&Path, &str),
) -> usize {
    let depth = prefix.len();
    loop {
        if token(at) == "{" {
            at += 1;
            while !matches!(token(at), "}" | "") {
                at = tree(token, at, prefix, read);
                at += usize::from(token(at) == ",");
            }
            prefix.truncate(depth);
            return at + 1;
        }
        prefix.push(token(at).to_owned());
        at += 1;
        if token(at) != "::" {
            break;
        }
        at += 1;
    }
    let is_renamed = token(at) == "as";
    read(prefix, if is_renamed { token(at + 1) } else { token(at - 1) });
    prefix.truncate(depth);
    if is_renamed { at + 2 } else { at }
}

/// Words, `::` and single marks, each with its line.
fn tokens(code: &str) -> Vec<(&str, usize)> {
    let mut tokens = Vec::new();
    for (i, line) in code.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let length = match first {
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                ':' if rest.starts_with("::") => 2,
                c => c.len_utf8(),
            };
            tokens.push((&rest[..length], i + 1));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Without comments and strings, in which paths mean nothing; the lines stay.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        code.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match rest.as_bytes() {
            [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
            [b'"', ..] => string_length(rest, code.ends_with(['r', '#'])),
            // A quote that is a character, not a lifetime.
            [b'\'', b'\\', ..] => rest[2..].find('\'').map_or(rest.len(), |end| end + 3),
            [b'\'', b'"', b'\'', ..] => 3,
            [first, ..] => {
                code.push(char::from(*first));
                rest = &rest[1..];
                continue;
            }
            [] => 0,
        };
        code.extend(rest[..length].chars().filter(|&c| c == '\n'));
        rest = &rest[length..];
    }
    code + rest
}

/// Of the string literal that `text` begins with. Raw ones are written here without quotes in them, or with `#`.
fn string_length(text: &str, is_raw: bool) -> usize {
    if is_raw && let Some(end) = text.find("\"#") {
        return end + 1;
    }
    let mut is_escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return i + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

#[test]
fn imports_lead_to_where_things_are_defined() {
    let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let sources = [
        source("src/lib.rs", "mod nn;\nmod train;"),
        source(
            "src/nn/mod.rs",
            "mod dense;\nmod kernels;\npub use dense::Dense;\npub use kernels::{Scalar, sum as add};",
        ),
        source(
            "src/nn/kernels.rs",
            "// crate::train\nconst A: &str = \"crate::train\";\nfn sum(c: char) { c == '\"' }",
        ),
        source(
            "src/nn/dense.rs",
            "use super::{\n    Scalar,\n    kernels::{self, *},\n};\nfn a() { super::add(crate::train::b()) }",
        ),
        source(
            "src/train.rs",
            "use crate::nn::Dense;\nuse rand::crate_name;\n#[cfg(test)]\nmod tests {\n    use super::*;\n}",
        ),
    ];
    let found: Vec<_> = imports(&sources).iter().map(|i| format!("{} {} {}", i.place, i.from, i.to)).collect();
    let expected = [
        "src/nn/dense.rs:1 nn::dense nn::kernels",
        "src/nn/dense.rs:1 nn::dense nn::kernels",
        "src/nn/dense.rs:1 nn::dense nn::kernels",
        "src/nn/dense.rs:5 nn::dense nn::kernels",
        "src/nn/dense.rs:5 nn::dense train",
        "src/train.rs:1 train nn::dense",
    ];
    assert_eq!(found, expected);
}
