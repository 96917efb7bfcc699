//! People who had accounts elsewhere come with the hashes of their passwords, and go on signing in as before.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use ::store::Tx;
use base::id::AccountId;
use base::text::Email;
use base::{Fault, FaultKind, Secret, rng};
use crypt::Verifier;
use crypt::legacy::{Exported, Refused as BadHash};
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op, Permit};
use serde::Deserialize;

use super::service::{check_email, check_name, email_index, prepare};
use super::store::{self, New};
use crate::device::store as networks;
use crate::event;
use crate::problem::Refused;

/// People at a time.
pub const LINES_MAX: usize = 100;
/// A request has half a minute; what is not begun by then is left for another one.
const TIME: Duration = Duration::from_secs(20);
/// Bytes of a line of a file, all its fields together.
const LINE_BYTES_MAX: usize = 4096;

/// Somebody, as the other system knew them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// The exported hash; without one the person sets a password with a reset link.
    #[serde(default)]
    pub password_hash: Option<Secret<String>>,
    /// `en` or `de`.
    #[serde(default)]
    pub lang: Option<String>,
}

/// What became of a line.
#[derive(Debug)]
pub enum Outcome {
    /// There is an account now, or would be.
    Imported(Option<AccountId>),
    /// The address had one before; nothing was changed.
    Known,
    /// Nothing was done.
    Refused(Vec<Invalid>),
}

impl Outcome {
    /// The word on the wire.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Imported(_) => "imported",
            Self::Known => "known",
            Self::Refused(_) => "refused",
        }
    }
}

/// How many of them have this word.
#[must_use]
pub fn count(outcomes: &[Outcome], word: &str) -> usize {
    outcomes.iter().filter(|o| o.word() == word).count()
}

/// Opens accounts, or only looks whether it could; in the order of the lines. Staff, who have just shown who they
/// are, or somebody on the host. Refusals: more than [`LINES_MAX`].
pub async fn import(
    app: &Arc<App>,
    op: &Op,
    lines: &[Line],
    dry_run: bool,
) -> Result<Vec<Outcome>, Refused> {
    let permit = op.permit_shown(Action::ImportPeople)?;
    if lines.len() > LINES_MAX {
        return Err(vec![Invalid::new("items", "error-import-long")].into());
    }
    let mut done = Vec::with_capacity(lines.len());
    for line in lines {
        if app.clock.now().since(op.now) >= TIME {
            done.push(busy());
            continue;
        }
        match one(app, op, permit, line, dry_run).await {
            Ok(outcome) => done.push(outcome),
            // What was done before is told all the same.
            Err(fault) if fault.kind() == FaultKind::Overloaded && !done.is_empty() => {
                done.push(busy());
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(done)
}

fn busy() -> Outcome {
    Outcome::Refused(vec![Invalid::new("items", "error-import-busy")])
}

async fn one(
    app: &Arc<App>,
    op: &Op,
    permit: Permit,
    line: &Line,
    dry_run: bool,
) -> Result<Outcome, Fault> {
    let (email, name, exported, lang) = match read(line, op.lang) {
        Ok(read) => read,
        Err(invalid) => return Ok(Outcome::Refused(invalid)),
    };
    let index = email_index(app, &email);
    if app.store.control().read(|tx| store::find_by_email(tx, &index))?.is_some() {
        return Ok(Outcome::Known);
    }
    if dry_run {
        return Ok(Outcome::Imported(None));
    }
    let scheme = exported.as_ref().map_or("none", |e| e.legacy.scheme());
    let new = prepare(app, &email, &name, verifier(app, exported).await?, lang).await?;
    let (app2, op2, owner) = (Arc::clone(app), op.clone(), new.id.to_string());
    let done =
        app.store.control().write(move |tx| insert(&app2, tx, &op2, &permit, &new, scheme)).await?;
    if matches!(done, Outcome::Known) {
        app.store.keys().destroy(&owner).await?; // there is nobody behind it
    }
    Ok(done)
}

fn insert(
    app: &App,
    tx: &Tx<'_>,
    op: &Op,
    permit: &Permit,
    new: &New,
    scheme: &'static str,
) -> Result<Outcome, Fault> {
    if store::find_by_email(tx, &new.email_index)?.is_some() {
        return Ok(Outcome::Known); // two lines of one file, or a sign-up that came in between
    }
    store::insert(tx, permit, new, false, op.now)?;
    // A network that nobody has: the first sign-in comes from an unfamiliar one, too, because no letter was ever
    // confirmed, and the old password may be known to others.
    let nowhere = app.blind_index("network", "import");
    networks::note_network(tx, new.id, &nowhere, op.now)?;
    audit::append(app, tx, op, event::imported(new.id, scheme))?;
    Ok(Outcome::Imported(Some(new.id)))
}

/// Without a hash: of a password that nobody knows.
async fn verifier(app: &App, exported: Option<Exported>) -> Result<Verifier, Fault> {
    match exported {
        Some(exported) => app.hasher.wrap(&exported).await,
        None => {
            let nobody: [u8; 32] = rng::bytes(&*app.rng);
            app.hasher.hash(&Secret::new(crypt::hex(&nobody))).await
        }
    }
}

/// A line that can be taken.
type Taken = (Email, String, Option<Exported>, Lang);

fn read(line: &Line, usual: Lang) -> Result<Taken, Vec<Invalid>> {
    let mut invalid = Vec::new();
    let email = check_email(&line.email).map_err(|i| invalid.push(i));
    let name = check_name(&line.name).map_err(|i| invalid.push(i));
    let exported = hash(line.password_hash.as_ref()).map_err(|i| invalid.push(i));
    let lang = match line.lang.as_deref().map(str::trim) {
        None | Some("") => Ok(usual),
        Some(code) => Lang::parse(code).ok_or_else(|| {
            invalid.push(Invalid::new("lang", "error-import-lang"));
        }),
    };
    match (email, name, exported, lang) {
        (Ok(email), Ok(name), Ok(exported), Ok(lang)) => Ok((email, name, exported, lang)),
        _ => Err(invalid),
    }
}

fn hash(text: Option<&Secret<String>>) -> Result<Option<Exported>, Invalid> {
    let text = text.map_or("", |t| t.reveal().trim());
    if text.is_empty() {
        return Ok(None);
    }
    let why = |why| match why {
        BadHash::Scheme => "error-hash-scheme",
        BadHash::Form => "error-hash-form",
        BadHash::Cost => "error-hash-cost",
    };
    Exported::parse(text).map(Some).map_err(|w| Invalid::new("password_hash", why(w)))
}

/// A line of a file with its number, or what is wrong with it.
pub type Numbered = (u64, Result<Line, String>);

/// Reads a file of comma-separated values (RFC 4180) as it comes. The first line names the columns: `email`, `name`, and
/// perhaps `password_hash` and `lang`, in any order. A line that cannot be read does not end it.
pub fn lines<R: Read>(source: R) -> Result<impl Iterator<Item = Numbered>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(NoReturns(source));
    let header = reader.headers().map_err(|e| plain(&e))?.clone();
    let known = ["email", "name", "password_hash", "lang"];
    if let Some(odd) = header.iter().position(|c| !known.contains(&c)) {
        // Not with its text: where the first line is missing it may be a hash.
        let (odd, known) = (odd + 1, known.join(", "));
        return Err(format!(
            "the first line has to name the columns, and column {odd} is none of {known}"
        ));
    }
    for wanted in ["email", "name"] {
        if !header.iter().any(|c| c == wanted) {
            return Err(format!("the first line names no column “{wanted}”"));
        }
    }
    Ok(reader.into_records().map(move |record| match record {
        Err(e) => (e.position().map_or(0, csv::Position::line), Err(plain(&e))),
        Ok(record) => {
            let number = record.position().map_or(0, csv::Position::line);
            if record.as_slice().len() > LINE_BYTES_MAX {
                return (number, Err(format!("longer than {LINE_BYTES_MAX} bytes")));
            }
            (number, record.deserialize(Some(&header)).map_err(|e| plain(&e)))
        }
    }))
}

/// Lines end with a line feed alone, so that they are counted right: the reader takes a carriage return for the end of a
/// line, and what follows it for the beginning of the next.
struct NoReturns<R>(R);

impl<R: Read> Read for NoReturns<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.0.read(buffer)?;
            let mut kept = 0;
            for n in 0..read {
                if buffer[n] != b'\r' {
                    buffer[kept] = buffer[n];
                    kept += 1;
                }
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

/// Never with the text itself: there may be a hash in it.
fn plain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} fields where the first line has {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => "not UTF-8".into(),
        csv::ErrorKind::Io(e) => e.to_string(),
        _ => "not readable as comma-separated values".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Short = (String, String, bool);

    fn all(text: &str) -> Vec<(u64, Result<Short, String>)> {
        let short = |line: Line| (line.email, line.name, line.password_hash.is_some());
        lines(text.as_bytes())
            .map(|found| found.map(|(n, line)| (n, line.map(short))).collect())
            .unwrap_or_default()
    }

    #[test]
    fn columns_come_in_any_order_and_quotes_are_those_of_rfc_4180() {
        let text = "name,password_hash,email\r\n\"Reyes, Tomás \"\"T\"\"\",$6$a$b,t@x.example\r\nJo,,jo@x.example\r\n";
        let found = all(text);
        assert_eq!(found[0], (2, Ok(("t@x.example".into(), "Reyes, Tomás \"T\"".into(), true))));
        assert_eq!(found[1], (3, Ok(("jo@x.example".into(), "Jo".into(), false))));
    }

    #[test]
    fn a_broken_line_is_named_and_the_next_one_is_read() {
        let found = all("email,name\na@x.example\nb@x.example,B\n");
        assert_eq!(found[0], (2, Err("1 fields where the first line has 2".into())));
        assert_eq!(found[1], (3, Ok(("b@x.example".into(), "B".into(), false))));
        let long = format!("email,name\na@x.example,{}\n", "x".repeat(5000));
        assert!(all(&long)[0].1.is_err());
    }

    #[test]
    fn the_mark_that_some_tables_begin_with_is_no_part_of_a_name() {
        assert_eq!(all("\u{feff}email,name\na@x.example,A\n").len(), 1);
    }

    #[test]
    fn a_first_line_without_the_columns_is_refused() {
        let refused = |text: &str| lines(text.as_bytes()).err();
        assert!(refused("mail,name\n").is_some_and(|e| e.contains("column 1 is none")));
        assert!(refused("email\n").is_some_and(|e| e.contains("“name”")));
        assert!(refused("").is_some_and(|e| e.contains("“email”")));
        assert!(refused("email,name,password\n").is_some_and(|e| e.contains("column 3 is none")));
    }
}
