//! The local socket: operator commands for a running server, from the same machine and user.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream as StdStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use kernel::App;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader as AsyncReader};
use tokio::net::{UnixListener, UnixStream};

use crate::ops::{self, Failed, Request};

/// Bytes of a request.
const REQUEST_BYTES_MAX: u64 = 64 * 1024;
/// How long a command may take on the other side.
const ANSWER: Duration = Duration::from_secs(600);

/// An answer: one of the two.
#[derive(Serialize, Deserialize)]
struct Answer {
    ok: Option<Value>,
    failed: Option<Failed>,
}

fn path(folder: &Path) -> PathBuf {
    folder.join("control.sock")
}

/// Listens beside the data; only the same user and root are answered.
pub fn listen(app: &Arc<App>) -> Result<()> {
    let path = path(app.store.folder().path());
    let _ = std::fs::remove_file(&path); // left by a crash: the folder's lock is ours, so nobody listens
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("the local socket {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let serving = Arc::clone(app);
    app.tasks.spawn(async move {
        let mut stopping = serving.tasks.stopping();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let app = Arc::clone(&serving);
                    serving.tasks.spawn(async move {
                        if let Err(e) = answer(&app, stream).await {
                            tracing::warn!(error = format!("{e:#}"), "a local command failed");
                        }
                    });
                }
                _ = stopping.changed() => return,
            }
        }
    });
    Ok(())
}

/// Removes the socket.
pub fn remove(app: &App) {
    let _ = std::fs::remove_file(path(app.store.folder().path()));
}

async fn answer(app: &Arc<App>, stream: UnixStream) -> Result<()> {
    let caller = stream.peer_cred().context("asking who calls")?.uid();
    let own = std::fs::metadata(app.store.folder().path())
        .map(|m| std::os::unix::fs::MetadataExt::uid(&m))?;
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    AsyncReader::new(reader.take(REQUEST_BYTES_MAX)).read_line(&mut line).await?;
    let result = if caller == own || caller == 0 {
        match serde_json::from_str::<Request>(&line) {
            Ok(request) => ops::run(app, caller, request).await,
            Err(e) => Err(Failed::usage(format!("the command was not understood: {e}"))),
        }
    } else {
        Err(Failed::forbidden("the local socket answers its owner only"))
    };
    let answer = match result {
        Ok(value) => Answer { ok: Some(value), failed: None },
        Err(failed) => Answer { ok: None, failed: Some(failed) },
    };
    let mut text = serde_json::to_string(&answer)?;
    text.push('\n');
    writer.write_all(text.as_bytes()).await?;
    Ok(())
}

/// Asks the server that holds a folder.
pub fn ask(folder: &Path, request: &Request) -> Result<Result<Value, Failed>> {
    let path = path(folder);
    let mut stream = StdStream::connect(&path).map_err(|e| {
        anyhow!("the server of {} does not answer on its local socket: {e}", folder.display())
    })?;
    stream.set_read_timeout(Some(ANSWER))?;
    let mut line = serde_json::to_string(request)?;
    line.push('\n');
    stream.write_all(line.as_bytes())?;
    let mut text = String::new();
    BufReader::new(stream).read_line(&mut text)?;
    let answer: Answer = serde_json::from_str(&text).context("the server's answer")?;
    Ok(match (answer.ok, answer.failed) {
        (_, Some(failed)) => Err(failed),
        (value, None) => Ok(value.unwrap_or_default()),
    })
}
