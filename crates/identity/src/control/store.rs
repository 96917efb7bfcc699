//! The SQL of the probes that look at rows, and of the shadows that show that they can fail.

use base::{Fault, Timestamp};
use store::{Store, Tx, params};

/// Every stored password verifier: of accounts, and of sign-ups that wait for their letter.
pub(super) fn verifiers(tx: &Tx<'_>) -> Result<Vec<String>, Fault> {
    tx.query(
        "SELECT password FROM account UNION ALL SELECT password FROM sign_up",
        params![],
        |row| row.get(0),
    )
}

/// The verifiers of accounts, by the hash of the address.
pub(super) fn verifier_of(tx: &Tx<'_>, email_index: &[u8; 32]) -> Result<Option<String>, Fault> {
    tx.find("SELECT password FROM account WHERE email_index = ?1", params![email_index], |row| {
        row.get(0)
    })
}

/// A shadow in which one verifier is of an old scheme.
pub(super) fn plant_old_scheme(store: &Store) -> Result<(), Fault> {
    store
        .plant(
            store.control(),
            "UPDATE account SET password = '$6$' || password \
             WHERE id = (SELECT min(id) FROM account)",
            params![],
        )
        .map(drop)
}

pub(super) fn mend_old_scheme(store: &Store) -> Result<(), Fault> {
    store
        .plant(
            store.control(),
            "UPDATE account SET password = substr(password, 4) WHERE password LIKE '$6$%'",
            params![],
        )
        .map(drop)
}

/// A shadow in which one verifier costs as good as nothing to guess at.
pub(super) fn plant_cheap(store: &Store) -> Result<(), Fault> {
    for sql in [
        "CREATE TABLE dear_verifier AS SELECT id, password FROM account ORDER BY id LIMIT 1",
        "UPDATE account SET password = '$argon2id$v=19$m=8,t=1' \
         || substr(password, instr(password, ',p=')) WHERE id IN (SELECT id FROM dear_verifier)",
    ] {
        store.plant(store.control(), sql, params![])?;
    }
    Ok(())
}

pub(super) fn mend_cheap(store: &Store) -> Result<(), Fault> {
    for sql in [
        "UPDATE account SET password = coalesce((SELECT k.password FROM dear_verifier k \
         WHERE k.id = account.id), password)",
        "DROP TABLE IF EXISTS dear_verifier",
    ] {
        store.plant(store.control(), sql, params![])?;
    }
    Ok(())
}

/// A shadow that gives every account the verifier of the password that was set last.
pub(super) fn plant_one_for_all(store: &Store) -> Result<(), Fault> {
    for sql in [
        "CREATE TABLE kept_verifier AS SELECT id, password FROM account",
        "CREATE TRIGGER one_for_all AFTER UPDATE OF password ON account \
         BEGIN UPDATE account SET password = NEW.password; END",
    ] {
        store.plant(store.control(), sql, params![])?;
    }
    Ok(())
}

pub(super) fn mend_one_for_all(store: &Store) -> Result<(), Fault> {
    for sql in [
        "DROP TRIGGER IF EXISTS one_for_all",
        "UPDATE account SET password = coalesce((SELECT k.password FROM kept_verifier k \
         WHERE k.id = account.id), password)",
        "DROP TABLE IF EXISTS kept_verifier",
    ] {
        store.plant(store.control(), sql, params![])?;
    }
    Ok(())
}

/// Makes a shadow forget every wrong password and code as soon as it is counted.
pub(super) fn plant_forgetfulness(store: &Store) -> Result<(), Fault> {
    let trigger = "CREATE TRIGGER forgetful AFTER INSERT ON lockout BEGIN DELETE FROM lockout; END";
    store.plant(store.control(), trigger, params![])?;
    store.plant(store.control(), "DELETE FROM lockout", params![]).map(drop)
}

pub(super) fn mend_forgetfulness(store: &Store) -> Result<(), Fault> {
    store.plant(store.control(), "DROP TRIGGER IF EXISTS forgetful", params![]).map(drop)
}

/// Makes a shadow forget every network as soon as it is noted.
pub(super) fn plant_amnesia(store: &Store) -> Result<(), Fault> {
    let trigger = "CREATE TRIGGER amnesia AFTER INSERT ON network BEGIN DELETE FROM network; END";
    store.plant(store.control(), trigger, params![])?;
    store.plant(store.control(), "DELETE FROM network", params![]).map(drop)
}

pub(super) fn mend_amnesia(store: &Store) -> Result<(), Fault> {
    store.plant(store.control(), "DROP TRIGGER IF EXISTS amnesia", params![]).map(drop)
}

/// Makes a shadow keep every verifier as it is.
pub(super) fn plant_stubbornness(store: &Store) -> Result<(), Fault> {
    let trigger = "CREATE TRIGGER stubborn AFTER UPDATE OF password ON account \
                   BEGIN UPDATE account SET password = OLD.password WHERE id = OLD.id; END";
    store.plant(store.control(), trigger, params![]).map(drop)
}

pub(super) fn mend_stubbornness(store: &Store) -> Result<(), Fault> {
    store.plant(store.control(), "DROP TRIGGER IF EXISTS stubborn", params![]).map(drop)
}

/// When it was last looked at whether each of the staff still needs the access; at first that is when they came.
pub(super) fn last_reviews(tx: &Tx<'_>) -> Result<Vec<Timestamp>, Fault> {
    tx.query("SELECT coalesce(reviewed_at, since) FROM staff", params![], |row| row.get(0))
}

/// Makes all staff of a shadow as if they had been looked at then.
pub(super) fn plant_reviews(store: &Store, at: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE staff SET since = ?1, reviewed_at = NULL";
    store.plant(store.control(), sql, params![at]).map(drop)
}
