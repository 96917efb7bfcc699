//! `vouchsafe-verify`: checks a security page from outside.

use std::io::Write;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use base::Timestamp;
use clap::Parser;
use verify::cli::{self, Verify};

/// Checks a vouchsafe security page: signatures, log, and every verdict anew; or an audit log that was saved whole.
#[derive(Parser)]
#[command(
    name = "vouchsafe-verify",
    version,
    after_help = "Exit codes: 0 everything agrees, 2 usage, 7 unreachable, 8 something does not hold"
)]
struct Cli {
    #[command(flatten)]
    verify: Verify,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli::run(&cli.verify, &cli::default_pins(), now()) {
        Ok(done) => {
            let text = if cli.json { format!("{}\n", done.document) } else { done.text };
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::from(if done.agrees { 0 } else { 8 })
        }
        Err(failed) => {
            eprintln!("error: {}", failed.text);
            ExitCode::from(failed.code)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the visitor's own clock")]
fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
