//! Letters: written in the transaction that needs them, sent by a durable job.

mod page;
mod send;
mod store;

use std::fmt::Display;

use ::store::{Tx, queue};
use askama::Template;
use base::id::{AccountId, MailId};
use base::text::Email;
use base::{Fault, FaultKind, Pii};
use crypt::{Key, seal};
use serde::{Deserialize, Serialize};

pub(crate) use page::routes;
pub use send::SEND;

use crate::app::App;
use crate::job;
use crate::text::Lang;

/// A letter, ready to be laid out. All its words are already in the reader's language.
#[derive(Clone, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// First line inside.
    pub heading: String,
    /// `Hello Mara,`
    pub greeting: String,
    /// Paragraphs.
    pub lines: Vec<String>,
    /// Label and address of the one thing to do.
    pub action: Option<(String, String)>,
    /// Why it was sent.
    pub end: String,
    /// The language of the words.
    #[serde(default)]
    pub lang: Lang,
}

/// Which texts a letter is made of: `mail-<name>-subject`, `-heading`, `-line`, `-action`, `-end`.
pub struct Draft<'a> {
    /// The middle of the text ids.
    pub name: &'static str,
    /// The middle of those that it shares with others of its kind.
    pub family: Option<&'static str>,
    /// To whom.
    pub to: &'a Email,
    /// The language that they read.
    pub lang: Lang,
    /// Their name, if it is known.
    pub person: Option<&'a str>,
    /// Arguments of the texts.
    pub args: &'a [(&'a str, &'a dyn Display)],
    /// Where the action leads.
    pub url: Option<String>,
}

/// Under whose key a letter waits.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    /// The account that it is for.
    Account(AccountId),
    /// Nobody's yet (an invitation): the platform's.
    Platform,
}

/// A letter as it lies in a job or is kept: sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) id: String,
    pub(crate) owner: Option<String>,
    pub(crate) sealed: String,
}

/// Writes a letter, to be sent when the transaction commits.
pub fn post(app: &App, tx: &Tx<'_>, owner: Owner, draft: &Draft<'_>) -> Result<(), Fault> {
    let now = app.clock.now();
    let letter = write(app, draft);
    let id = MailId::new(now, &*app.rng).to_string();
    let (owner, key) = match owner {
        Owner::Account(account) => (Some(account.to_string()), app.person_key(account)?),
        Owner::Platform => (None, platform_key(app)),
    };
    let plain = serde_json::to_vec(&letter)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a letter", e))?;
    let sealed = crypt::hex(&seal::seal(&key, &["mail", "letter", &id], &plain, &*app.rng));
    job::enqueue(app, tx, SEND, &Sealed { id, owner, sealed }, now)
}

fn write(app: &App, draft: &Draft<'_>) -> Letter {
    let product = Pii::new(app.brand.load().product.clone());
    let mut args: Vec<(&str, &dyn Display)> = draft.args.to_vec();
    args.push(("product", product.reveal()));
    let words = app.words(draft.lang);
    // Letters of one kind may share their last parts: `mail-<family>-end`.
    let text = |part: &str| {
        let own = format!("mail-{}-{part}", draft.name);
        let shared = format!("mail-{}-{part}", draft.family.unwrap_or(draft.name));
        words.with(if words.has(&own) { &own } else { &shared }, &args)
    };
    let name: &dyn Display = draft.person.as_ref().map_or(&"" as &dyn Display, |n| n);
    let greeting = match draft.person {
        Some(_) => words.with("mail-greeting", &[("name", name)]),
        None => words.get("mail-greeting-plain"),
    };
    Letter {
        to: draft.to.reveal().to_owned(),
        subject: text("subject"),
        heading: text("heading"),
        greeting,
        lines: vec![text("line")],
        action: draft.url.clone().map(|url| (text("action"), url)),
        end: text("end"),
        lang: draft.lang,
    }
}

fn platform_key(app: &App) -> Key {
    app.store.keys().platform("mail")
}

/// Opens a sealed letter; `None` when its reader's key was destroyed.
pub(crate) fn open(app: &App, sealed: &Sealed) -> Result<Option<Letter>, Fault> {
    let key = match &sealed.owner {
        Some(owner) => match app.store.keys().find(owner)? {
            Some(key) => key,
            None => return Ok(None),
        },
        None => platform_key(app),
    };
    let bytes = unhex(&sealed.sealed)
        .ok_or_else(|| Fault::new(FaultKind::Corrupt, "a waiting letter is not hexadecimal"))?;
    let plain = seal::open(&key, &["mail", "letter", &sealed.id], &bytes)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "opening a letter", e))?;
    serde_json::from_slice(&plain)
        .map(Some)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "reading a letter", e))
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect()
}

/// Keeps a short message beside the letters of an evaluation.
pub(crate) fn keep_message(
    app: &App,
    tx: &Tx<'_>,
    reader: AccountId,
    id: &str,
    (to, text): (&str, &str),
) -> Result<(), Fault> {
    let letter = Letter {
        to: to.to_owned(),
        subject: "SMS".into(),
        heading: "SMS".into(),
        greeting: String::new(),
        lines: vec![text.to_owned()],
        action: None,
        end: String::new(),
        lang: Lang::default(),
    };
    let plain = serde_json::to_vec(&letter)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a message", e))?;
    let key = app.person_key(reader)?;
    let sealed = crypt::hex(&seal::seal(&key, &["mail", "letter", id], &plain, &*app.rng));
    let kept = Sealed { id: id.to_owned(), owner: Some(reader.to_string()), sealed };
    let payload = serde_json::to_vec(&kept)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a message", e))?;
    store::keep(tx, id, &payload, app.clock.now())
}

/// Forgets the letters to somebody: such as wait or failed, and such as an evaluation keeps for reading. A letter that came
/// before there was an account lies under the platform's key, so destroying the person's would not be enough.
pub fn forget(app: &App, tx: &Tx<'_>, account: AccountId, to: &Email) -> Result<(), Fault> {
    let owner = Some(account.to_string());
    let own = |payload: &[u8]| -> Result<Option<Sealed>, Fault> {
        let Ok(sealed) = serde_json::from_slice::<Sealed>(payload) else { return Ok(None) };
        let theirs = sealed.owner == owner
            || open(app, &sealed)?
                .and_then(|letter| Email::parse(&letter.to).ok())
                .is_some_and(|reader| reader.folded() == to.folded());
        Ok(theirs.then_some(sealed))
    };
    for (payload, _) in store::newest(tx)? {
        if let Some(sealed) = own(&payload)? {
            store::forget(tx, &sealed.id)?;
        }
    }
    for (job, payload) in queue::of_kind(tx, SEND.name)? {
        if own(&payload)?.is_some() {
            queue::done(tx, job)?;
        }
    }
    Ok(())
}

/// The plain text form.
#[derive(Template)]
#[template(path = "layout/mail.txt")]
struct TextForm<'a> {
    product: &'a str,
    heading: &'a str,
    greeting: &'a str,
    lines: &'a [String],
    action: &'a Option<(String, String)>,
    end: &'a str,
}

/// The HTML form.
#[derive(Template)]
#[template(path = "layout/mail.html")]
struct HtmlForm<'a> {
    product: &'a str,
    lang: &'a str,
    heading: &'a str,
    greeting: &'a str,
    lines: &'a [String],
    action: &'a Option<(String, String)>,
    end: &'a str,
}

/// Both forms of a letter, laid out.
pub(crate) fn lay_out(app: &App, letter: &Letter) -> Result<(String, String), Fault> {
    let brand = app.brand.load();
    let product = brand.product.as_str();
    let fault = |e: askama::Error| Fault::because(FaultKind::Internal, "laying out a letter", e);
    let Letter { heading, greeting, lines, action, end, .. } = letter;
    let text = TextForm { product, heading, greeting, lines, action, end };
    let html =
        HtmlForm { product, lang: letter.lang.code(), heading, greeting, lines, action, end };
    Ok((text.render().map_err(fault)?, html.render().map_err(fault)?))
}
