//! The verbs of the agreement.

use std::sync::Arc;
use std::time::Duration;

use base::id::SignatureId;
use base::text::{self, Email};
use base::{Fault, FaultKind, Pii, Timestamp};
use crypt::{Key, seal};
use kernel::document::Document;
use kernel::text::Lang;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Op};
use serde::{Deserialize, Serialize};

use super::store::{self, Signed};
use crate::event;
use crate::problem::Refused;

/// The built-in texts, one a language.
const ENGLISH: &str = include_str!("../../text/dpa.en.txt");
const GERMAN: &str = include_str!("../../text/dpa.de.txt");
const COMPANY_CHARS_MAX: usize = 200;
/// Signatures of a day: the form is open to anybody, and each is kept.
const PER_DAY_MAX: i64 = 2_000;

/// The agreement in a language: the operator's own if there is one; else the built-in one.
pub(crate) fn text(app: &App, lang: Lang) -> Result<Document, Fault> {
    let own = ("privacy.dpa_file", app.config.privacy.dpa_file.as_deref());
    Document::in_force(app, own, if lang == Lang::De { GERMAN } else { ENGLISH }, lang)
}

/// Who signs.
#[derive(Serialize, Deserialize)]
pub(crate) struct Signer {
    pub(crate) company: String,
    pub(crate) name: String,
    pub(crate) email: String,
}

/// A signature, with whom it is of.
pub(crate) struct Shown {
    pub(crate) id: SignatureId,
    pub(crate) digest: String,
    pub(crate) signer: Pii<Signer>,
    pub(crate) signed_at: Timestamp,
}

/// What the signer keeps.
pub(crate) struct Receipt {
    pub(crate) id: SignatureId,
    pub(crate) signed_at: Timestamp,
    /// What was signed.
    pub(crate) text: Document,
}

/// Signs the text that has this digest. Anybody can, before they buy anything. Refusals `OtherText`, `Invalid`.
pub(crate) async fn sign(
    app: &Arc<App>,
    op: &Op,
    signer: &Signer,
    digest: &str,
) -> Result<Receipt, Refused> {
    let signer = check(signer)?;
    let texts = Lang::ALL.into_iter().map(|lang| text(app, lang));
    let texts = texts.collect::<Result<Vec<_>, _>>()?;
    let signed = texts.into_iter().find(|t| t.digest == digest).ok_or(Refused::OtherText)?;
    let id = SignatureId::new(op.now, &*app.rng);
    let plain = serde_json::to_vec(&signer)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing a signature", e))?;
    let new = Signed {
        id,
        lang: signed.lang.code().to_owned(),
        signer: seal::seal(&key(app), &context(id).each(), &plain, &*app.rng),
        digest: signed.digest.clone(),
        signed_at: op.now,
    };
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            if store::since(tx, op2.now.minus(Duration::from_hours(24)))? >= PER_DAY_MAX {
                return Err(vec![Invalid::new("", "error-dpa-many")].into());
            }
            store::insert(tx, &new)?;
            audit::append(&app2, tx, &op2, event::signed(new.id, &new.digest))?;
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(Receipt { id, signed_at: op.now, text: signed })
}

fn check(signer: &Signer) -> Result<Signer, Vec<Invalid>> {
    let company = text::line(&signer.company, COMPANY_CHARS_MAX);
    let (name, email) = (text::name(&signer.name), Email::parse(&signer.email));
    let mut invalid = Vec::new();
    for (broken, field, why) in [
        (company.is_err(), "company", "error-dpa-company"),
        (name.is_err(), "name", "error-name-empty"),
        (email.is_err(), "email", "error-email-invalid"),
    ] {
        if broken {
            invalid.push(Invalid::new(field, why));
        }
    }
    match (company, name, email) {
        (Ok(company), Ok(name), Ok(email)) => {
            Ok(Signer { company, name, email: email.reveal().to_owned() })
        }
        _ => Err(invalid),
    }
}

/// The newest signatures, for staff.
pub(crate) fn newest(app: &App, op: &Op, limit: i64) -> Result<Vec<Shown>, Refused> {
    op.permit(Action::SeePlatform)?;
    let rows = app.store.control().read(|tx| store::newest(tx, limit))?;
    rows.into_iter().map(|row| Ok(open(app, row)?)).collect()
}

fn open(app: &App, row: Signed) -> Result<Shown, Fault> {
    let text = kernel::app::open_text(&key(app), &context(row.id).each(), &row.signer)?;
    let signer: Signer = serde_json::from_str(&text)
        .map_err(|e| Fault::because(FaultKind::Corrupt, "a signature", e))?;
    let (id, digest, signed_at) = (row.id, row.digest, row.signed_at);
    Ok(Shown { id, digest, signer: Pii::new(signer), signed_at })
}

/// A contract has to be provable when the account of whoever signed it is gone: under the platform's key, not the person's.
fn key(app: &App) -> Key {
    app.store.keys().platform("dpa signature")
}

struct Context(String);

fn context(id: SignatureId) -> Context {
    Context(id.to_string())
}

impl Context {
    fn each(&self) -> [&str; 3] {
        ["dpa", "signer", &self.0]
    }
}
