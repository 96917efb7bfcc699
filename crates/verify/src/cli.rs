//! The command: `vouchsafe-verify URL|FILE`, also as `vouchsafe verify`.

use std::path::{Path, PathBuf};

use base::Timestamp;
use clap::Args;
use serde_json::Value;

use crate::pin::{Pin, Pins};
use crate::{archive, bundle, fetch, probe, report};

/// What to check, and with what.
#[derive(Args, Debug)]
pub struct Verify {
    /// Address of the platform, a bundle that was saved from /security/bundle, or a log that was saved whole
    #[arg(value_name = "URL-OR-FILE")]
    pub what: String,
    /// File with the log's key, from somewhere else than the page; else it is pinned on first use
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// File with pinned keys and checkpoints
    #[arg(long, value_name = "FILE")]
    pub pins: Option<PathBuf>,
    /// PEM file of a certificate to believe, for platforms with a private one
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Beside a log that was saved whole: an export of it as CSV or JSON lines, of which no row may be missing
    #[arg(long, value_name = "FILE")]
    pub rows: Option<PathBuf>,
    /// Do not try anything from this machine
    #[arg(long)]
    pub no_probes: bool,
}

/// How it ended, with the exit code that says so.
#[derive(Debug)]
pub struct Failed {
    /// 2 usage, 7 unreachable, 8 something does not hold.
    pub code: u8,
    /// In words.
    pub text: String,
}

/// What to print.
#[derive(Debug)]
pub struct Done {
    /// For people.
    pub text: String,
    /// For programs.
    pub document: Value,
    /// Whether everything agrees.
    pub agrees: bool,
}

fn failed(code: u8) -> impl Fn(String) -> Failed {
    move |text| Failed { code, text }
}

/// Checks; `default_pins` is where pins lie unless an option says otherwise, `now` the visitor's own clock.
pub fn run(wanted: &Verify, default_pins: &Path, now: Timestamp) -> Result<Done, Failed> {
    let saved = Path::new(&wanted.what);
    if archive::is_one(saved) {
        let key = wanted.key.as_deref().map(key_of).transpose()?;
        return archive::run(saved, key.as_deref(), wanted.rows.as_deref());
    }
    if wanted.rows.is_some() {
        return Err(failed(2)(format!(
            "--rows: {} is not a log that was saved whole",
            wanted.what
        )));
    }
    let file = wanted.pins.as_deref().unwrap_or(default_pins);
    let mut pins = Pins::open(file).map_err(failed(2))?;
    let online = wanted.what.starts_with("http://") || wanted.what.starts_with("https://");
    let origin = if online { origin(&wanted.what) } else { wanted.what.clone() };
    let agent = fetch::agent(wanted.ca.as_deref()).map_err(failed(2))?;
    let pin = pinned(wanted, &pins, &origin)?;
    let text = if online {
        let from = pin.as_ref().filter(|p| p.size > 0).map(|p| format!("?from={}", p.size));
        let url = format!("{origin}/security/bundle{}", from.unwrap_or_default());
        fetch::text(&agent, &url).map_err(failed(7))?
    } else {
        std::fs::read_to_string(&wanted.what)
            .map_err(|e| failed(2)(format!("{}: {e}", wanted.what)))?
    };
    let bundle: Value =
        serde_json::from_str(&text).map_err(|e| failed(8)(format!("broken: not JSON: {e}")))?;
    let mut checked =
        bundle::check(&bundle, pin.as_ref()).map_err(|b| failed(8)(format!("broken: {}", b.0)))?;
    age(&mut checked, now, online).map_err(failed(8))?;
    let tried = if online && !wanted.no_probes {
        probe::all(&agent, &origin, &bundle["security"])
    } else {
        Vec::new()
    };
    let agrees = report::agrees(&checked, &tried);
    // The log itself held: whoever catches a line lying must not forget the log that it lies about.
    if online && checked.complete {
        pins.keep(&origin, checked.pin()).map_err(failed(2))?;
    }
    Ok(Done {
        text: report::text(&checked, &tried, now),
        document: report::document(&checked, &tried),
        agrees,
    })
}

/// Scheme and host of an address; the rest is ours to choose.
fn origin(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest))
}

fn pinned(wanted: &Verify, pins: &Pins, origin: &str) -> Result<Option<Pin>, Failed> {
    let known = pins.find(origin).cloned();
    let Some(path) = &wanted.key else { return Ok(known) };
    let key = key_of(path)?;
    match known {
        Some(pin) if pin.key == key => Ok(Some(pin)),
        _ => Ok(Some(Pin { key, ..Pin::default() })),
    }
}

fn key_of(path: &Path) -> Result<String, Failed> {
    let text =
        std::fs::read_to_string(path).map_err(|e| failed(2)(format!("{}: {e}", path.display())))?;
    Ok(text.trim().to_owned())
}

/// Minutes that the visitor's clock and the page's may differ.
const SKEW_MIN: i64 = 5;

/// A live page is of now, by the visitor's own clock: one that was saved and is shown again proves nothing.
fn age(checked: &mut bundle::Checked, now: Timestamp, online: bool) -> Result<(), String> {
    let Some(made) = Timestamp::parse(&checked.generated_at) else { return Ok(()) };
    let minutes = (now.0 - made.0) / 60_000;
    match (online, minutes.abs() > SKEW_MIN) {
        (true, true) => Err(format!(
            "broken: the page is of {made}, {} min {} your clock: it is an old copy, or a clock is wrong",
            minutes.abs(),
            if minutes > 0 { "behind" } else { "ahead of" }
        )),
        (false, true) => {
            checked.notes.push(format!("judged as of {made}, {minutes} min ago"));
            Ok(())
        }
        (_, false) => Ok(()),
    }
}

/// Where a person's pins lie unless an option says otherwise.
#[expect(clippy::disallowed_methods, reason = "where a person's own files lie is theirs to say")]
#[must_use]
pub fn default_pins() -> PathBuf {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state.or(home).unwrap_or_else(|| PathBuf::from(".")).join("vouchsafe/pins.json")
}
