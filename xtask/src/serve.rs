//! `cargo xtask serve`: builds the page and serves it to this machine alone.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::thread;

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, ResponseBox, Server, StatusCode};

use crate::build;
use crate::project::Project;
use crate::site::{self, Target};

/// The page, the worker, the module and four data files are asked for at once.
const N_THREADS: usize = 8;

pub fn serve(project: &Project, port: u16, open: bool) -> Result<()> {
    // Before the build, which may take minutes: a taken port is said at once.
    let listener = listen(port)?;
    let address = listener.local_addr().context("the port has no address")?;
    build::build(project)?;

    let server = Server::from_listener(listener, None).map_err(|error| anyhow!("the server cannot start: {error}"))?;
    let url = format!("http://{address}/");
    println!("HelloNN is open at {url} (Ctrl-C ends it)");
    if open && let Err(error) = open::that(&url) {
        eprintln!("no browser could be opened ({error}): open {url} yourself");
    }
    thread::scope(|scope| {
        for _ in 0..N_THREADS {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    answer(&project.dist, request);
                }
            });
        }
    });
    Ok(())
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| anyhow!(cannot_listen(port, &error)))
}

fn cannot_listen(port: u16, error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let other = if port == 8080 { 8081 } else { 8080 };
            format!("port {port} is taken: end the program that uses it, or choose another port with --port {other}")
        }
        ErrorKind::PermissionDenied => {
            format!("port {port} is reserved by the system: choose one above 1023, such as --port 8080")
        }
        _ => format!("port {port} cannot be opened ({error}): choose another with --port"),
    }
}

fn answer(root: &Path, request: Request) {
    let response = respond(root, &request).unwrap_or_else(|error| {
        eprintln!("{}: {error}", request.url());
        plain(500, "This file cannot be read.")
    });
    // A browser that went away while it was answered is no error.
    let _ = request.respond(response);
}

fn respond(root: &Path, request: &Request) -> io::Result<ResponseBox> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Ok(plain(405, "Only GET and HEAD are answered.").with_header(header("Allow", "GET, HEAD")));
    }
    match site::resolve(root, request.url()) {
        Target::File(path) => file(&path, request),
        Target::Folder => {
            let url = request.url();
            let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
            Ok(plain(301, "").with_header(header("Location", &format!("{path}/{query}"))))
        }
        Target::Nothing => Ok(plain(404, "There is no such file.")),
    }
}

fn file(path: &Path, request: &Request) -> io::Result<ResponseBox> {
    let file = File::open(path)?;
    let entity_tag = site::entity_tag(&file.metadata()?);
    let is_known = request
        .headers()
        .iter()
        .any(|header| header.field.equiv("If-None-Match") && header.value.as_str() == entity_tag);
    let response = if is_known {
        Response::empty(304).boxed()
    } else {
        // Never in chunks: the page's progress bar needs the Content-Length.
        Response::from_file(file)
            .with_chunked_threshold(usize::MAX)
            .with_header(header("Content-Type", site::mime_type(path)))
            .boxed()
    };
    Ok(response.with_header(header("Cache-Control", "no-cache")).with_header(header("ETag", &entity_tag)))
}

fn plain(status: u16, text: &str) -> ResponseBox {
    Response::from_string(text).with_status_code(StatusCode(status)).boxed()
}

fn header(field: &str, value: &str) -> Header {
    Header::from_bytes(field, value).expect("every value is made here, of ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_one_sentence_that_says_what_to_do() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_eq!(
            listen(port).unwrap_err().to_string(),
            format!("port {port} is taken: end the program that uses it, or choose another port with --port 8080")
        );
    }
}
