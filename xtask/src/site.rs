//! What a static server knows of a request: the file it means, that file's type, and whether it has changed.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// What the path of a request's URL means among the files of `root`.
#[derive(Debug, PartialEq)]
pub enum Target {
    File(PathBuf),
    /// A folder asked for without the `/` at its end, without which its page's relative links break.
    Folder,
    Nothing,
}

pub fn resolve(root: &Path, url: &str) -> Target {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let Some(relative) = decode(path).and_then(|path| relative(&path)) else {
        return Target::Nothing;
    };
    let file = root.join(relative);
    if !file.is_dir() {
        let is_file = file.is_file() && !path.ends_with('/');
        return if is_file { Target::File(file) } else { Target::Nothing };
    }
    let index = file.join("index.html");
    match index.is_file() {
        true if path.ends_with('/') => Target::File(index),
        true => Target::Folder,
        false => Target::Nothing,
    }
}

/// The path below the root, or nothing if it could lead out of there on any system.
fn relative(path: &str) -> Option<PathBuf> {
    let segments = path.strip_prefix('/')?.split('/').filter(|s| !s.is_empty());
    let is_safe = |segment: &str| !matches!(segment, "." | "..") && !segment.contains(['\\', ':', '\0']);
    segments.map(|segment| is_safe(segment).then_some(segment)).collect()
}

/// Undoes percent-encoding (RFC 3986, section 2.1).
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || char::from(rest.next()?).to_digit(16);
        bytes.push((digit()? * 16 + digit()?) as u8);
    }
    String::from_utf8(bytes).ok()
}

/// Browsers refuse modules, WebAssembly's streaming compilation and styles that come under another type.
pub fn mime_type(file: &Path) -> &'static str {
    let ending = file.extension().and_then(|ending| ending.to_str());
    match ending.unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "gz" => "application/gzip",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "ts" | "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Changes whenever the build has written the file anew, as it does only when its bytes are others.
pub fn entity_tag(metadata: &Metadata) -> String {
    let modified = metadata.modified().ok();
    let age = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("\"{:x}-{:x}\"", metadata.len(), age.unwrap_or_default().as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::write_whole;

    fn site() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in ["secret", "dist/index.html", "dist/ui/a b.js", "dist/sub/index.html"] {
            write_whole(&folder.path().join(file), b"").unwrap();
        }
        folder
    }

    #[test]
    fn a_request_means_a_file_or_the_index_of_a_folder() {
        let folder = site();
        let root = folder.path().join("dist");
        let file = |name: &str| Target::File(root.join(name));
        assert_eq!(resolve(&root, "/"), file("index.html"));
        assert_eq!(resolve(&root, "/?preset=1"), file("index.html"));
        assert_eq!(resolve(&root, "/ui/a%20b.js"), file("ui/a b.js"));
        assert_eq!(resolve(&root, "/sub/"), file("sub/index.html"));
        assert_eq!(resolve(&root, "/sub"), Target::Folder);
        assert_eq!(resolve(&root, "/ui/"), Target::Nothing, "no index");
        assert_eq!(resolve(&root, "/missing.js"), Target::Nothing);
        assert_eq!(resolve(&root, "/index.html/"), Target::Nothing);
    }

    #[test]
    fn nothing_outside_the_root_is_reached() {
        let folder = site();
        let root = folder.path().join("dist");
        for url in [
            "/../secret",
            "/ui/../../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/..\\secret",
            "/%2e%2e%5csecret",
            "//etc/passwd",
            "/C:/secret",
            "/secret%00",
            "/%",
            "/%zz",
            "../secret",
            "http://127.0.0.1/secret",
            "",
        ] {
            assert_eq!(resolve(&root, url), Target::Nothing, "{url}");
        }
    }

    #[test]
    fn types_are_those_that_browsers_insist_on() {
        let mime_type = |name: &str| mime_type(Path::new(name));
        assert_eq!(mime_type("index.html"), "text/html; charset=utf-8");
        assert_eq!(mime_type("ui/chart.js"), "text/javascript; charset=utf-8");
        assert_eq!(mime_type("style.css"), "text/css; charset=utf-8");
        assert_eq!(mime_type("hellonn_bg.wasm"), "application/wasm");
        assert_eq!(mime_type("icon.svg"), "image/svg+xml");
        assert_eq!(mime_type("train-images-idx3-ubyte.gz"), "application/gzip");
        assert_eq!(mime_type("LICENSE"), "application/octet-stream");
    }
}
