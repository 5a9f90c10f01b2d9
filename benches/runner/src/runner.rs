//! A contestant's process: it is asked one line at a time, and answers each with one line, both JSON.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use xtask::command;

/// The slowest answer is a slow peer's epoch.
const PATIENCE: Duration = Duration::from_secs(20 * 60);
/// After its input has ended, a process closes its browser and goes.
const LEAVING: Duration = Duration::from_secs(15);

pub struct Runner {
    child: Child,
    /// None once it has ended.
    requests: Option<ChildStdin>,
    replies: Receiver<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Reply {
    #[serde(default)]
    pub values: Vec<f64>,
    pub loss: Option<f64>,
    pub bytes: Option<f64>,
    error: Option<String>,
}

impl Runner {
    pub fn start(command: &mut Command) -> Result<Runner> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("`{}` cannot be started", command::shown(command)))?;
        let requests = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let (sender, replies) = mpsc::channel();
        thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Ok(Runner { child, requests, replies })
    }

    pub fn ask(&mut self, request: &Value) -> Result<Reply> {
        let requests = self.requests.as_mut().expect("a runner that is asked has not been dropped");
        writeln!(requests, "{request}").and_then(|()| requests.flush()).context("it has ended")?;
        let line = self.replies.recv_timeout(PATIENCE).context("it ended, or took too long, without an answer")?;
        let reply: Reply = serde_json::from_str(&line).with_context(|| format!("it answered {line:?}"))?;
        match reply.error {
            Some(error) => bail!("{error}"),
            None => Ok(reply),
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.requests = None;
        let end = Instant::now() + LEAVING;
        while Instant::now() < end {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        // It may have ended meanwhile; either way it is gone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn answering(line: &str) -> Result<Reply> {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("read request && echo '{line}'")]);
        Runner::start(&mut command).unwrap().ask(&Value::Null)
    }

    #[test]
    fn an_answer_is_read_and_an_error_is_passed_on() {
        let reply = answering(r#"{"values":[1.5],"loss":0.25}"#).unwrap();
        assert_eq!((reply.values, reply.loss), (vec![1.5], Some(0.25)));
        assert_eq!(answering(r#"{"error":"no memory"}"#).unwrap_err().to_string(), "no memory");
        assert!(answering("hello").unwrap_err().to_string().contains("hello"));
    }

    #[test]
    fn a_process_that_ends_without_an_answer_is_an_error() {
        assert!(Runner::start(&mut Command::new("true")).unwrap().ask(&Value::Null).is_err());
    }
}
