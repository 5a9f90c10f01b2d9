//! Trains a class's shared runs again, as many at a time as there are cores, and says which claims hold to the last
//! bit.
//!
//! `cargo run --release --example grade -- FILES… --data DIR`: each FILE is what the page's "Share", "Save as a file"
//! wrote, or a folder of such files. It prints a table and writes the same as CSV.

mod grading;
mod report;
#[path = "../support/mod.rs"]
mod support;

use std::error::Error;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use clap::Parser;
use grading::{Grade, MOST_BYTES, grade};
use hellonn::data::Datasets;
use support::{in_file, read_folder};

/// Train shared runs again, and compare the weights to the last bit.
#[derive(Parser)]
struct Arguments {
    /// Shared runs as files, or folders of them (*.json).
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The folder with the four IDX files, raw or gzipped.
    #[arg(long)]
    data: PathBuf,
    /// Where the table goes as CSV.
    #[arg(long, default_value = "grades.csv")]
    csv: PathBuf,
    /// That each file may take, so that nobody keeps the machine for ever.
    #[arg(long, default_value_t = 60)]
    minutes: u64,
}

fn main() {
    if let Err(error) = run(&Arguments::parse()) {
        eprintln!("error: {error}");
        std::process::exit(1);
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let data = read_folder(&arguments.data)?;
    let files = listed(&arguments.files)?;
    let grades = grade_all(&files, &data, Duration::from_secs(60 * arguments.minutes));
    print!("{}", report::table(&grades));
    let n_verified = grades.iter().filter(|(_, grade)| grade.reason.is_none()).count();
    println!("{n_verified} of {} verified", grades.len());
    fs::write(&arguments.csv, report::csv(&grades)).map_err(in_file(&arguments.csv))?;
    println!("{} is written", arguments.csv.display());
    Ok(())
}

/// The files, and those of the folders, each folder's in the order of their names.
fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(in_file(path))?;
        let mut within: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        within.retain(|file| file.is_file() && file.extension().is_some_and(|ending| ending == "json"));
        within.sort();
        files.extend(within);
    }
    Ok(files)
}

/// Each file's grade, in their order; what is wrong with one stops no other.
fn grade_all(files: &[PathBuf], data: &Datasets, most: Duration) -> Vec<(String, Grade)> {
    let n_threads = thread::available_parallelism().map_or(1, NonZero::get).min(files.len());
    let next = AtomicUsize::new(0);
    let grades = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some((file_idx, path)) = take(files, &next) {
                    let name = path.display().to_string();
                    eprintln!("training {name} …");
                    let grade = grade_file(path, data, most);
                    grades.lock().expect("no thread panics").push((file_idx, (name, grade)));
                }
            });
        }
    });
    let mut grades = grades.into_inner().expect("no thread panics");
    grades.sort_by_key(|&(file_idx, _)| file_idx);
    grades.into_iter().map(|(_, grade)| grade).collect()
}

fn take<'a>(files: &'a [PathBuf], next: &AtomicUsize) -> Option<(usize, &'a PathBuf)> {
    let file_idx = next.fetch_add(1, Ordering::Relaxed);
    files.get(file_idx).map(|path| (file_idx, path))
}

fn grade_file(path: &Path, data: &Datasets, most: Duration) -> Grade {
    let refused = |reason: String| Grade { reason: Some(reason), ..Grade::default() };
    match fs::metadata(path) {
        Err(error) => return refused(format!("it cannot be read: {error}")),
        Ok(about) if about.len() > MOST_BYTES => {
            return refused(format!("expected at most {MOST_BYTES} bytes, found {}", about.len()));
        }
        Ok(_) => {}
    }
    match fs::read_to_string(path) {
        Err(error) => refused(format!("it cannot be read: {error}")),
        Ok(text) => grade(&text, data, most),
    }
}
