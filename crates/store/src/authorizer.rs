//! The last door: SQLite asks at prepare time whether a statement may do what it says.
//!
//! Domain code can read and change the rows of its file's tables, and nothing else: no ATTACH (another
//! tenant's file), no PRAGMA (another key), no schema, no extension; and to the logs it can only add. It
//! sits below every query, so a developer cannot forget it.

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::error::fault;

/// Closes the door on a connection whose pragmas and migrations are done.
pub(crate) fn install(connection: &mut Connection) -> Result<(), base::Fault> {
    connection.authorizer(Some(decide)).map_err(|e| fault("installing the authorizer", e))
}

/// Opens it again for maintenance on a connection that never runs domain statements.
pub(crate) fn remove(connection: &mut Connection) -> Result<(), base::Fault> {
    let none: Option<fn(AuthContext<'_>) -> Authorization> = None;
    connection.authorizer(none).map_err(|e| fault("removing the authorizer", e))
}

fn decide(context: AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select
        | AuthAction::Recursive
        | AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. } => true,
        AuthAction::Read { table_name, .. } | AuthAction::Insert { table_name } => {
            is_a_domain_table(table_name)
        }
        AuthAction::Update { table_name, .. } | AuthAction::Delete { table_name } => {
            is_a_domain_table(table_name) && !is_append_only(table_name)
        }
        AuthAction::Function { function_name } => {
            !function_name.eq_ignore_ascii_case("load_extension")
                && !function_name.to_ascii_lowercase().starts_with("sqlcipher")
        }
        _ => false,
    };
    if allowed && context.database_name.is_none_or(|d| d == "main") {
        Authorization::Allow
    } else {
        Authorization::Deny
    }
}

fn is_a_domain_table(name: &str) -> bool {
    // AUTOINCREMENT keeps its counter in sqlite_sequence, which SQLite itself reads and writes.
    !(name.starts_with("sqlite_") && name != "sqlite_sequence") && name != "migration"
}

/// The tables of the logs: what is in them stays as it is. A trigger refuses an insert in place of another row.
fn is_append_only(name: &str) -> bool {
    matches!(name, "log_leaf" | "log_node" | "entry")
}
