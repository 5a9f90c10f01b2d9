//! `dist/index.html`: what `www/index.html` includes in its place, and a link for each module that is needed at once.
//!
//! `<!-- include panels/data/data.html -->`, on a line of its own, becomes that file, as far to the right as the line.
//! `<!-- preload main.js -->` becomes a `<link rel="modulepreload">` for each module that `main.js` imports, directly
//! or not: a browser that reads them here need not wait for one to know of the next. What `main.js` imports only once
//! it runs, with `await import("…")`, is fetched behind what it asks for before: the worker's scripts. What other
//! modules import so is not needed to show the page, and has no link.
//! The style sheets that it links become one, in their order and without their comments: a browser asks for one file in
//! place of many, and for no more than it reads. Those of a view that is fetched when it is looked at, such as
//! `<link rel="stylesheet" href="panels/race/race.css" data-view="runs">`, become `runs.css`, without a link. A sheet
//! that is not named is an error.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::dist::Manifest;
use crate::files;

/// Where the page finds its style sheets, all in one.
const STYLES: &str = "styles.css";

/// What becomes of `index.html`.
pub struct Assembled {
    pub page: String,
    /// By its place, the text of the style sheets that are one from now on.
    pub styles: BTreeMap<String, String>,
    /// Their places in the manifest, which serve nothing any more.
    pub joined: Vec<PathBuf>,
}

/// Puts into `manifest` what is assembled of `index.html` in the folder `www`, which is written to `cache`.
pub fn assemble(www: &Path, manifest: &mut Manifest, cache: &Path) -> Result<()> {
    let Assembled { page, styles, joined } = index(www, manifest)?;
    for place in joined {
        manifest.remove(&place);
    }
    for (place, text) in [("index.html".to_owned(), page)].into_iter().chain(styles) {
        let file = cache.join(&place);
        files::write_whole(&file, text.as_bytes())?;
        manifest.insert(place.into(), file);
    }
    Ok(())
}

/// Assembles `index.html` in the folder `www`; `manifest` holds the modules and the style sheets.
fn index(www: &Path, manifest: &Manifest) -> Result<Assembled> {
    let (mut page, mut styles, mut joined) = (String::new(), BTreeMap::<String, String>::new(), Vec::new());
    for (line, number) in read(&www.join("index.html"))?.lines().zip(1..) {
        let here = || format!("index.html:{number}");
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        let mut push = |text: &str| {
            page.push_str(if text.is_empty() { "" } else { indent });
            page.push_str(text);
            page.push('\n');
        };
        if let Some(name) = directive(text, "include") {
            fragment(www, name).with_context(here)?.lines().for_each(push);
        } else if let Some(entry) = directive(text, "preload") {
            for (module, when) in imported(entry, manifest).with_context(here)? {
                let priority = if when == When::Later { " fetchpriority=\"low\"" } else { "" };
                push(&format!("<link rel=\"modulepreload\" href=\"{module}\"{priority}>"));
            }
        } else if let Some((sheet, view)) = linked_sheet(text) {
            if joined.is_empty() {
                push(&format!("<link rel=\"stylesheet\" href=\"{STYLES}\">"));
            }
            let place = PathBuf::from(sheet);
            let source = manifest.get(&place).with_context(|| format!("there is no {sheet}")).with_context(here)?;
            let whole = view.map_or(STYLES.to_owned(), |view| format!("{view}.css"));
            styles.entry(whole).or_default().push_str(&bare(&read(source)?));
            joined.push(place);
        } else {
            push(text);
        }
    }
    let is_sheet = |place: &&PathBuf| place.extension().is_some_and(|ending| ending == "css");
    if let Some(sheet) = manifest.keys().filter(is_sheet).find(|sheet| !joined.contains(sheet)) {
        bail!("index.html has no link to the style sheet {}", sheet.display());
    }
    Ok(Assembled { page, styles, joined })
}

/// A style sheet without comments and indentation. A string in it that holds `/*` would not survive that; none does.
fn bare(sheet: &str) -> String {
    let mut pieces = sheet.split("/*");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    text.extend(pieces.filter_map(|piece| piece.split_once("*/")).map(|(_, after)| after));
    text.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}

/// `name` and the view in `<link rel="stylesheet" href="name" data-view="view">`.
fn linked_sheet(text: &str) -> Option<(&str, Option<&str>)> {
    let named = text.strip_prefix("<link rel=\"stylesheet\" href=\"")?.strip_suffix("\">")?;
    Some(named.split_once("\" data-view=\"").map_or((named, None), |(name, view)| (name, Some(view))))
}

/// `name` in `<!-- word name -->`.
fn directive<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix("<!-- ")?.strip_prefix(word)?.strip_prefix(' ')?.strip_suffix(" -->")
}

fn fragment(www: &Path, name: &str) -> Result<String> {
    let text = read(&www.join(name))?;
    let nested = text.lines().zip(1..).find(|(line, _)| directive(line.trim_start(), "include").is_some());
    if let Some((_, number)) = nested {
        bail!("{name}:{number} includes another file, which index.html alone can");
    }
    Ok(text)
}

/// Whether a module is needed for another to begin, or only once that asks for it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    First,
    Later,
}

/// The modules that the one at `entry` imports, directly or not, in the order in which they are met.
fn imported(entry: &str, manifest: &Manifest) -> Result<Vec<(String, When)>> {
    let mut order = Vec::new();
    let mut met = BTreeSet::from([entry.to_owned()]);
    let mut waiting = vec![(entry.to_owned(), When::First)];
    while let Some((place, when)) = waiting.pop() {
        let source = manifest.get(Path::new(&place)).with_context(|| format!("there is no {place}"))?;
        let mut next = Vec::new();
        for Import { line, specifier, when: then } in imports(&read(source)?) {
            let module = resolve(&place, &specifier);
            if !manifest.contains_key(Path::new(&module)) {
                bail!("{place}:{line} imports {specifier}, and there is no {module}");
            }
            if then == When::Later && place != entry {
                continue;
            }
            if met.insert(module.clone()) {
                next.push((module, if then == When::Later { then } else { when }));
            }
        }
        order.extend(next.iter().cloned());
        waiting.extend(next.into_iter().rev());
    }
    Ok(order)
}

/// What one statement of a module imports.
#[derive(Debug, PartialEq)]
struct Import {
    line: usize,
    specifier: String,
    when: When,
}

/// An import for each statement of a module that begins its line with `import` or `export … from`, and for each
/// `await import("…")`; how our formatter writes them is all that is understood.
fn imports(module: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut statement: Option<(usize, String)> = None;
    for (text, number) in module.lines().zip(1..) {
        let called = text.split_once("await import(\"").and_then(|(_, rest)| rest.split_once("\")"));
        found.extend(called.map(|(specifier, _)| Import {
            line: number,
            specifier: specifier.to_owned(),
            when: When::Later,
        }));
        let begins = ["import ", "export {", "export *"].iter().any(|start| text.starts_with(start));
        let (line, mut all) = match statement.take() {
            Some(open) => open,
            None if begins => (number, String::new()),
            None => continue,
        };
        all.push_str(text);
        all.push(' ');
        if !text.ends_with(';') {
            statement = Some((line, all));
            continue;
        }
        let specifier = all.trim_end().strip_suffix("\";").and_then(|all| all.rsplit_once('"'));
        found.extend(specifier.map(|(_, specifier)| Import {
            line,
            specifier: specifier.to_owned(),
            when: When::First,
        }));
    }
    found
}

/// Where `specifier` leads from the module at `place`.
fn resolve(place: &str, specifier: &str) -> String {
    let mut path = PathBuf::from(place);
    path.pop();
    for component in Path::new(specifier).components() {
        match component {
            Component::ParentDir => _ = path.pop(),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

fn read(path: &Path) -> Result<String> {
    let bytes = files::read(path)?;
    String::from_utf8(bytes).with_context(|| format!("{} is no UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the sources `(place, text)` are assembled to.
    fn page_of(sources: &[(&str, &str)]) -> Result<String> {
        assembled(sources).map(|assembled| assembled.page)
    }

    fn assembled(sources: &[(&str, &str)]) -> Result<Assembled> {
        let folder = tempfile::tempdir().unwrap();
        let mut manifest = Manifest::new();
        for (place, text) in sources {
            let source = folder.path().join(place);
            files::write_whole(&source, text.as_bytes()).unwrap();
            manifest.insert(place.into(), source);
        }
        index(folder.path(), &manifest)
    }

    #[test]
    fn an_included_file_lies_as_far_to_the_right_as_the_line_that_includes_it() {
        let page = page_of(&[
            ("index.html", "<main>\n  <!-- include panels/data.html -->\n</main>\n"),
            ("panels/data.html", "<section>\n\n  <p>Data</p>\n</section>\n"),
        ]);
        assert_eq!(page.unwrap(), "<main>\n  <section>\n\n    <p>Data</p>\n  </section>\n</main>\n");
    }

    #[test]
    fn a_file_that_is_missing_is_an_error_at_the_line_that_includes_it() {
        let error = format!("{:#}", page_of(&[("index.html", "\n<!-- include a.html -->\n")]).unwrap_err());
        assert!(error.starts_with("index.html:2: "), "{error}");
        assert!(error.contains("a.html cannot be read"), "{error}");
    }

    #[test]
    fn an_included_file_includes_no_other() {
        let sources = [("index.html", "<!-- include a.html -->\n"), ("a.html", "<p>\n  <!-- include b.html -->\n")];
        let error = format!("{:#}", page_of(&sources).unwrap_err());
        assert_eq!(error, "index.html:1: a.html:2 includes another file, which index.html alone can");
    }

    #[test]
    fn style_sheets_become_one_in_the_order_of_their_links() {
        let link = |name: &str| format!("  <link rel=\"stylesheet\" href=\"{name}\">\n");
        let later = "<link rel=\"stylesheet\" href=\"panels/c.css\" data-view=\"runs\">\n".to_owned();
        let head = [link("styles/base.css"), later, link("panels/a.css")].concat();
        let sources = [
            ("index.html", &*head),
            ("panels/a.css", "a {}\n\n"),
            ("styles/base.css", "b {}"),
            ("panels/c.css", "c {}"),
        ];
        let Assembled { page, styles, joined } = assembled(&sources).unwrap();
        assert_eq!(page, link(STYLES));
        let expected = [("runs.css", "c {}\n"), (STYLES, "b {}\na {}\n")];
        assert_eq!(styles, expected.map(|(place, text)| (place.to_owned(), text.to_owned())).into());
        assert_eq!(joined, ["styles/base.css", "panels/c.css", "panels/a.css"].map(PathBuf::from));
    }

    #[test]
    fn a_style_sheet_loses_its_comments_and_its_indentation() {
        let sheet = "/* Of a. */\n\n.a {\n  width: calc(1px /* or\n  two */ + 1px);\n}\n/**/.b {}/* Last. */";
        assert_eq!(bare(sheet), ".a {\nwidth: calc(1px  + 1px);\n}\n.b {}\n");
        assert_eq!(bare(""), "");
    }

    #[test]
    fn a_style_sheet_that_nobody_links_is_an_error() {
        let link = "<link rel=\"stylesheet\" href=\"styles/base.css\">\n";
        let error = page_of(&[("index.html", link), ("styles/base.css", ""), ("panels/a.css", "")]).unwrap_err();
        assert_eq!(error.to_string(), "index.html has no link to the style sheet panels/a.css");
        assert!(page_of(&[("index.html", link), ("styles/base.css", "")]).is_ok());
    }

    #[test]
    fn every_module_is_preloaded_once_whoever_imports_it() {
        let page = page_of(&[
            ("index.html", "  <!-- preload main.js -->\n"),
            ("main.js", "import { a } from \"./ui/a.js\";\nimport \"./ui/b.js\";\n"),
            ("ui/a.js", "import {\n  b,\n} from \"./b.js\";\nimport { c } from \"../c.js\";\n"),
            ("ui/b.js", "export * from \"../c.js\";\n"),
            ("c.js", "import \"./main.js\";\n"),
            ("unused.js", ""),
        ]);
        let links =
            ["ui/a.js", "ui/b.js", "c.js"].map(|each| format!("  <link rel=\"modulepreload\" href=\"{each}\">\n"));
        assert_eq!(page.unwrap(), links.concat());
    }

    #[test]
    fn what_is_imported_once_a_module_runs_goes_behind_what_it_asks_for_before() {
        let page = page_of(&[
            ("index.html", "<!-- preload main.js -->\n"),
            ("main.js", "import { a } from \"./a.js\";\nconst { b } = await import(\"./b.js\");\n"),
            ("a.js", ""),
            ("b.js", "import { c } from \"./c.js\";\n"),
            ("c.js", ""),
        ]);
        let link = |rest: &str| format!("<link rel=\"modulepreload\" href={rest}>\n");
        let low = ["\"b.js\" fetchpriority=\"low\"", "\"c.js\" fetchpriority=\"low\""].map(link);
        assert_eq!(page.unwrap(), [link("\"a.js\""), low.concat()].concat());
    }

    #[test]
    fn a_module_that_is_missing_is_an_error_at_the_line_that_imports_it() {
        let sources = [("index.html", "<!-- preload main.js -->\n"), ("main.js", "\nimport { a } from \"./a.js\";\n")];
        let error = format!("{:#}", page_of(&sources).unwrap_err());
        assert_eq!(error, "index.html:1: main.js:2 imports ./a.js, and there is no a.js");
    }

    #[test]
    fn what_only_looks_like_an_import_is_none() {
        let module = "/** @typedef {import(\"./a.js\").A} A */\n * import \"./b.js\";\n\
                      export const importance = \"./c.js\";\nexport { d };\n\
                      export { e } from \"./e.js\";\nimport f, { g } from \"./f.js\";\n\
                      const { h } = await import(\"./h.js\");\n";
        let found: Vec<_> = imports(module).into_iter().map(|each| (each.line, each.specifier, each.when)).collect();
        let expected = [(5, "./e.js", When::First), (6, "./f.js", When::First), (7, "./h.js", When::Later)];
        assert_eq!(found, expected.map(|(line, name, when)| (line, name.to_owned(), when)));
    }
}
