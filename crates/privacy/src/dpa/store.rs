//! The SQL of signatures.

use base::id::SignatureId;
use base::{Fault, Timestamp};
use store::{Tx, params};

/// A signature; the signer is sealed.
pub(crate) struct Signed {
    pub(crate) id: SignatureId,
    pub(crate) digest: String,
    pub(crate) lang: String,
    pub(crate) signer: Vec<u8>,
    pub(crate) signed_at: Timestamp,
}

pub(crate) fn insert(tx: &Tx<'_>, new: &Signed) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO dpa_signature (id, digest, lang, signer, signed_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![new.id, &new.digest, &new.lang, &new.signer, new.signed_at],
    )
    .map(drop)
}

/// The newest ones.
pub(crate) fn newest(tx: &Tx<'_>, limit: i64) -> Result<Vec<Signed>, Fault> {
    tx.query(
        "SELECT id, digest, lang, signer, signed_at FROM dpa_signature ORDER BY id DESC LIMIT ?1",
        params![limit],
        |row| {
            Ok(Signed {
                id: row.get(0)?,
                digest: row.get(1)?,
                lang: row.get(2)?,
                signer: row.get(3)?,
                signed_at: row.get(4)?,
            })
        },
    )
}

/// How many signed since a moment.
pub(crate) fn since(tx: &Tx<'_>, from: Timestamp) -> Result<i64, Fault> {
    tx.number("SELECT count(*) FROM dpa_signature WHERE signed_at >= ?1", params![from])
}
