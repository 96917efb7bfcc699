//! An invitation's link: a bearer token, a dot, and a signature over what it invites to (Ed25519, RFC 8032).
//!
//! The token finds the row, which holds a hash of its secret. The signature binds tenant, role, address and end as well:
//! a row that somebody changed does not make another invitation of a link. There is one algorithm, and nothing in the
//! text says which.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crypt::sign::{Signer, verify};
use crypt::token::{Token, Use};
use kernel::App;

use super::store::New;

/// Text of a link that was read, but not compared with anything yet.
pub(crate) struct Presented {
    pub(crate) token: Token,
    signature: Vec<u8>,
}

/// The link's text for a row.
pub(crate) fn reveal(app: &App, token: &Token, row: &New) -> String {
    let signature = signer(app).sign(message(token, row).as_bytes());
    format!("{}.{}", token.reveal(), URL_SAFE_NO_PAD.encode(signature))
}

/// Reads a link's text; `None` for what cannot be one.
pub(crate) fn parse(text: &str) -> Option<Presented> {
    let (token, signature) = text.split_once('.')?;
    let token = Token::parse(Use::Invitation, token).ok()?;
    Some(Presented { token, signature: URL_SAFE_NO_PAD.decode(signature).ok()? })
}

/// Whether a link was made for this row as it is now.
pub(crate) fn is_of(app: &App, presented: &Presented, row: &New) -> bool {
    let signed = message(&presented.token, row);
    presented.token.matches(&row.salt, &row.hash)
        && verify(&signer(app).public(), signed.as_bytes(), &presented.signature)
}

fn signer(app: &App) -> Signer {
    Signer::from_seed(*app.store.keys().platform("invitation signature").bytes())
}

/// One field a line; none of them can hold a line's end.
fn message(token: &Token, row: &New) -> String {
    let (token, index) = (token.reveal(), crypt::hex(&row.email_index));
    let (id, tenant, role, end) = (row.id, row.tenant, row.role.word(), row.expires_at.iso());
    format!("vouchsafe invitation v1\n{token}\n{id}\n{tenant}\n{role}\n{index}\n{end}\n")
}
