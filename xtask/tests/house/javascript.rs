//! Who imports from whom in JavaScript, the types in comments included.

use crate::sources::Source;

pub struct Import {
    /// Where it stands: "www/ui/chart.js:7".
    pub place: String,
    /// Both files from www/: "ui/chart.js".
    pub from: String,
    pub to: String,
}

/// The imports among `sources`, files below www/.
pub fn imports(sources: &[Source]) -> Vec<Import> {
    let mut imports = Vec::new();
    for source in sources {
        let from = source.path.strip_prefix("www/").unwrap();
        for (i, line) in source.text.lines().enumerate() {
            for written in ["from \"", "import(\"", "import \""].iter().flat_map(|start| quoted(line, start)) {
                let place = format!("{}:{}", source.path, i + 1);
                assert!(written.starts_with('.'), "{place} imports {written:?}, for which the page has no map");
                imports.push(Import { place, from: from.to_owned(), to: resolve(from, written) });
            }
        }
    }
    imports
}

/// What stands between each `start` in the line and the next quote.
fn quoted<'a>(line: &'a str, start: &str) -> impl Iterator<Item = &'a str> {
    line.split(start).skip(1).filter_map(|rest| rest.split('"').next())
}

fn resolve(from: &str, written: &str) -> String {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in written.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            other => segments.push(other),
        }
    }
    segments.join("/")
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let text = "import { a } from \"../ui/dom.js\";\nimport \"./b.js\";\n\
        /** @param {import(\"../../vendor/c.js\").C} c */\nexport * from \"./d.js\";\n\
        const e = await import(\"../e.js\");\n";
    let sources = [Source { path: "www/panels/draw.js".into(), text: text.into() }];
    let found: Vec<_> = imports(&sources).iter().map(|i| format!("{} {} {}", i.place, i.from, i.to)).collect();
    let expected = [
        "www/panels/draw.js:1 panels/draw.js ui/dom.js",
        "www/panels/draw.js:2 panels/draw.js panels/b.js",
        "www/panels/draw.js:3 panels/draw.js vendor/c.js",
        "www/panels/draw.js:4 panels/draw.js panels/d.js",
        "www/panels/draw.js:5 panels/draw.js e.js",
    ];
    assert_eq!(found, expected);
}
