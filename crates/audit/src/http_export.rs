//! Exports: exactly what a filter finds, newest first, sent while it is read.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::{Fault, FaultKind};
use http_body_util::channel::{Channel, Sender};
use kernel::web::problem::{Failure, Invalid, Problem};
use kernel::{App, Op, log};
use ledger::archive;

use crate::entry::{Event, append, service};
use crate::http::EventBody;
use crate::sequence::{drain, note_key};
use crate::view::{Asked, Scope};

/// Entries that are read at once.
const CHUNK: i64 = 500;
/// Chunks that wait for a slow reader.
const WAITING: usize = 2;

/// How an export is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A table with a line of names (RFC 4180).
    Csv,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
}

impl Format {
    /// What a word names; JSON lines, where none is given.
    pub(crate) fn parse(word: Option<&str>) -> Result<Self, Problem> {
        match word {
            None | Some("" | "ndjson") => Ok(Self::Ndjson),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some(_) => Err(Problem::invalid(vec![Invalid::new("format", "error-format")])),
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
        }
    }

    fn disposition(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"audit.csv\"",
            Self::Json => "attachment; filename=\"audit.json\"",
            Self::Ndjson => "attachment; filename=\"audit.ndjson\"",
        }
    }
}

/// Every entry that a filter finds. That somebody took them is an entry too, and is written first.
pub(crate) async fn send(
    app: &Arc<App>,
    op: &Op,
    scope: Scope,
    asked: &Asked,
) -> Result<Response, Failure> {
    let format = Format::parse(asked.format.as_deref())?;
    let filter = scope.filter(app, asked)?;
    let (told, tenant) = ((Arc::clone(app), op.clone()), scope.tenant);
    app.store
        .control()
        .write(move |tx| {
            let mut event = Event::done("audit.exported");
            event.tenant = tenant;
            append(&told.0, tx, &told.1, event)
        })
        .await?;
    let (mut sender, body) = Channel::<axum::body::Bytes, Fault>::new(WAITING);
    let reading = Arc::clone(app);
    app.tasks.spawn(async move {
        let mut writer = Writer { format, first: true };
        if let Err(fault) = write_all(&reading, &scope, &filter, &mut writer, &mut sender).await {
            break_off(sender, &fault);
        }
    });
    let headers = [
        (header::CONTENT_TYPE, format.media_type()),
        (header::CONTENT_DISPOSITION, format.disposition()),
    ];
    Ok((headers, Body::new(body)).into_response())
}

/// The whole log up to its last checkpoint, leaf by leaf: `vouchsafe verify FILE` finds out, away from here, whether
/// anything is missing or altered. What is sealed in it stays sealed.
pub(crate) async fn send_archive(app: &Arc<App>, op: &Op) -> Result<Response, Failure> {
    let told = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| append(&told.0, tx, &told.1, Event::done("audit.archived")))
        .await?;
    // With what waits in the outboxes, and this very act.
    drain(app).await?;
    let head = app.store.audit().read(log::head)?;
    let head = head.ok_or_else(|| Fault::internal("a log without a checkpoint"))?;
    let first = archive::Head {
        format: archive::FORMAT.into(),
        key: note_key(app)?.verifier_key(),
        checkpoint: head.note,
    };
    let (mut sender, body) = Channel::<axum::body::Bytes, Fault>::new(WAITING);
    let reading = Arc::clone(app);
    app.tasks.spawn(async move {
        if let Err(fault) = write_leaves(&reading, &first, head.size, &mut sender).await {
            break_off(sender, &fault);
        }
    });
    let headers = [
        (header::CONTENT_TYPE, Format::Ndjson.media_type()),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit-archive.ndjson\""),
    ];
    Ok((headers, Body::new(body)).into_response())
}

/// A reader that stops early has a part, which is not the whole that was signed.
async fn write_leaves(
    app: &Arc<App>,
    first: &archive::Head,
    size: u64,
    sender: &mut Sender<axum::body::Bytes, Fault>,
) -> Result<(), Fault> {
    let mut text = line_of(first)?;
    let mut from = 0;
    loop {
        if sender.send_data(text.into()).await.is_err() || from == size {
            return Ok(());
        }
        let to = size.min(from + CHUNK.unsigned_abs());
        let reading = Arc::clone(app);
        let read = move || reading.store.audit().read(|tx| log::leaves(tx, from, to));
        let read = tokio::task::spawn_blocking(read).await;
        let read = read.map_err(|e| Fault::because(FaultKind::Internal, "an archive", e));
        text = Vec::new();
        for (n, leaf) in (from..).zip(read.and_then(|r| r)?) {
            let leaf = String::from_utf8(leaf)
                .map_err(|_| Fault::new(FaultKind::Corrupt, format!("entry {n} is not UTF-8")))?;
            text.extend(line_of(&archive::Leaf { n, leaf })?);
        }
        from = to;
    }
}

fn line_of(of: &impl serde::Serialize) -> Result<Vec<u8>, Fault> {
    let mut line = serde_json::to_vec(of)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing an export", e))?;
    line.push(b'\n');
    Ok(line)
}

/// A body that just ended would be taken for the whole: one that is broken off is not.
fn break_off(sender: Sender<axum::body::Bytes, Fault>, fault: &Fault) {
    tracing::warn!(fault = %fault.chain(), "an export ended before its end");
    sender.abort(Fault::internal("the export could not be read to its end"));
}

/// Reads and sends until the end, or until nobody listens any more.
async fn write_all(
    app: &Arc<App>,
    scope: &Scope,
    filter: &crate::entry::store::Filter,
    writer: &mut Writer,
    sender: &mut Sender<axum::body::Bytes, Fault>,
) -> Result<(), Fault> {
    if sender.send_data(writer.head()?.into()).await.is_err() {
        return Ok(());
    }
    let mut before = None;
    loop {
        let (reading, wanted, scope) = (Arc::clone(app), filter.clone(), scope.clone());
        let read = tokio::task::spawn_blocking(move || {
            let found = service::page(&reading, &wanted, before, CHUNK)?;
            let last = found.last().map(|s| s.seq);
            Ok::<_, Fault>((scope.hide(&reading, found, wanted.address_index.is_some())?, last))
        });
        let read = read.await.map_err(|e| Fault::because(FaultKind::Internal, "an export", e));
        let (chunk, last) = read.and_then(|r| r)?;
        let Some(last) = last else { break };
        before = Some(last);
        let text = writer.rows(chunk.into_iter().map(EventBody::from).collect())?;
        if sender.send_data(text.into()).await.is_err() {
            return Ok(());
        }
    }
    let _ = sender.send_data(writer.tail().into()).await;
    Ok(())
}

struct Writer {
    format: Format,
    first: bool,
}

impl Writer {
    fn head(&self) -> Result<Vec<u8>, Fault> {
        match self.format {
            Format::Csv => csv_of(|w| w.write_record(EventBody::COLUMNS)),
            Format::Json => Ok(b"[".to_vec()),
            Format::Ndjson => Ok(Vec::new()),
        }
    }

    fn rows(&mut self, events: Vec<EventBody>) -> Result<Vec<u8>, Fault> {
        if self.format == Format::Csv {
            return csv_of(|w| events.iter().try_for_each(|e| w.write_record(e.cells())));
        }
        let mut out = Vec::new();
        for event in events {
            if self.format == Format::Json && !self.first {
                out.push(b',');
            }
            self.first = false;
            serde_json::to_writer(&mut out, &event)
                .map_err(|e| Fault::because(FaultKind::Internal, "writing an export", e))?;
            out.push(b'\n');
        }
        Ok(out)
    }

    fn tail(&self) -> &'static [u8] {
        if self.format == Format::Json { b"]\n" } else { b"" }
    }
}

fn csv_of(
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> Result<(), csv::Error>,
) -> Result<Vec<u8>, Fault> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let fault = |e: csv::Error| Fault::because(FaultKind::Internal, "writing an export", e);
    write(&mut writer).map_err(fault)?;
    writer.into_inner().map_err(|e| Fault::internal(format!("writing an export: {e}")))
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn plain(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"] {
            assert!(plain(bad.to_owned()).starts_with('\''), "{bad:?}");
        }
        assert_eq!(plain("session.opened".into()), "session.opened");
    }

    #[test]
    fn formats_are_named_or_refused() {
        assert_eq!(Format::parse(None).ok(), Some(Format::Ndjson));
        assert_eq!(Format::parse(Some("csv")).ok(), Some(Format::Csv));
        assert_eq!(Format::parse(Some("json")).ok(), Some(Format::Json));
        assert!(Format::parse(Some("xml")).is_err());
    }
}
