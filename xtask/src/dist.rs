//! Makes a folder hold exactly the listed files: changed ones are copied, unlisted ones removed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;

/// Each file's place in `dist/`, and where its bytes come from.
pub type Manifest = BTreeMap<PathBuf, PathBuf>;

#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    n_written: usize,
    n_removed: usize,
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let files = |n: usize| format!("{n} file{}", if n == 1 { "" } else { "s" });
        match (self.n_written, self.n_removed) {
            (0, 0) => write!(f, "no file changed"),
            (written, 0) => write!(f, "{} written", files(written)),
            (0, removed) => write!(f, "{} removed", files(removed)),
            (written, removed) => write!(f, "{} written, {removed} removed", files(written)),
        }
    }
}

/// Bytes are compared, not dates: what is there afterwards depends on the sources alone.
pub fn sync(manifest: &Manifest, dist: &Path) -> Result<Changes> {
    fs::create_dir_all(dist).with_context(|| format!("{} cannot be made", dist.display()))?;
    let mut changes = Changes::default();
    // Removing comes first: what was a folder may now be a file.
    remove_unlisted(manifest, dist, Path::new(""), &mut changes)?;
    for (place, source) in manifest {
        let target = dist.join(place);
        let bytes = files::read(source)?;
        if fs::read(&target).is_ok_and(|present| present == bytes) {
            continue;
        }
        files::write_whole(&target, &bytes)?;
        changes.n_written += 1;
    }
    Ok(changes)
}

/// Returns whether anything is left in `folder`, which is relative to `dist`.
fn remove_unlisted(manifest: &Manifest, dist: &Path, folder: &Path, changes: &mut Changes) -> Result<bool> {
    let mut keeps_any = false;
    let here = dist.join(folder);
    let unreadable = || format!("{} cannot be read", here.display());
    for entry in fs::read_dir(&here).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let place = folder.join(entry.file_name());
        let keep = if entry.file_type().with_context(unreadable)?.is_dir() {
            let keep = remove_unlisted(manifest, dist, &place, changes)?;
            if !keep {
                files::remove_folder(&entry.path())?;
            }
            keep
        } else {
            let keep = manifest.contains_key(&place);
            if !keep {
                fs::remove_file(entry.path())
                    .with_context(|| format!("{} cannot be removed", entry.path().display()))?;
                changes.n_removed += 1;
            }
            keep
        };
        keeps_any |= keep;
    }
    Ok(keeps_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site {
        folder: tempfile::TempDir,
        manifest: Manifest,
    }

    impl Site {
        fn new() -> Site {
            let folder = tempfile::tempdir().unwrap();
            let manifest = Manifest::new();
            Site { folder, manifest }
        }

        fn list(&mut self, place: &str, text: &str) {
            let source = self.folder.path().join("www").join(place);
            files::write_whole(&source, text.as_bytes()).unwrap();
            self.manifest.insert(place.into(), source);
        }

        fn dist(&self) -> PathBuf {
            self.folder.path().join("dist")
        }

        fn sync(&self) -> String {
            sync(&self.manifest, &self.dist()).unwrap().to_string()
        }
    }

    #[test]
    fn only_what_changed_is_written() {
        let mut site = Site::new();
        site.list("index.html", "<p>");
        site.list("ui/chart.js", "1");
        assert_eq!(site.sync(), "2 files written");
        assert_eq!(site.sync(), "no file changed");
        site.list("ui/chart.js", "2");
        assert_eq!(site.sync(), "1 file written");
        assert_eq!(fs::read(site.dist().join("ui/chart.js")).unwrap(), b"2");
    }

    #[test]
    fn what_is_no_longer_listed_vanishes_with_its_folder() {
        let mut site = Site::new();
        site.list("index.html", "<p>");
        site.list("ui/old/chart.js", "1");
        site.sync();
        site.manifest.remove(Path::new("ui/old/chart.js"));
        assert_eq!(site.sync(), "1 file removed");
        assert!(!site.dist().join("ui").exists());
    }

    #[test]
    fn a_folder_can_become_a_file_and_a_file_a_folder() {
        let mut site = Site::new();
        site.list("a/b", "1");
        site.list("c", "1");
        site.sync();
        site.manifest.clear();
        fs::remove_dir_all(site.folder.path().join("www")).unwrap();
        site.list("a", "1");
        site.list("c/d", "1");
        assert_eq!(site.sync(), "2 files written, 2 removed");
    }

    #[test]
    fn the_unfinished_file_of_a_build_that_died_is_removed() {
        let mut site = Site::new();
        site.list("index.html", "<p>");
        site.sync();
        fs::write(site.dist().join(".main.js.4711.new"), "half").unwrap();
        assert_eq!(site.sync(), "1 file removed");
    }
}
