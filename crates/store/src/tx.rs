//! What a closure may do inside a transaction.

use std::cell::Cell;

use base::{Fault, FaultKind};
use rusqlite::{Connection, params_from_iter};

use crate::Touched;
use crate::error::fault;
use crate::value::{FromColumn, Value, unexpected};

/// An open transaction. It lives only inside a closure given to `read` or `write`.
pub struct Tx<'c> {
    connection: &'c Connection,
    touched: Cell<Touched>,
    failed: Cell<Option<FaultKind>>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self { connection, touched: Cell::default(), failed: Cell::default() }
    }

    /// Runs a statement that returns no rows; answers how many rows it changed.
    pub fn execute(&self, sql: &'static str, params: &[Value<'_>]) -> Result<usize, Fault> {
        let mut statement = self
            .connection
            .prepare_cached(sql)
            .map_err(|e| self.fail("preparing a statement", e))?;
        statement.execute(params_from_iter(params)).map_err(|e| self.fail("running a statement", e))
    }

    /// The rows of a query, each mapped by `read`.
    pub fn query<T>(
        &self,
        sql: &'static str,
        params: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut statement =
            self.connection.prepare_cached(sql).map_err(|e| self.fail("preparing a query", e))?;
        let mut rows = statement
            .query(params_from_iter(params))
            .map_err(|e| self.fail("running a query", e))?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(|e| self.fail("reading a row", e))? {
            out.push(read(&Row(row))?);
        }
        Ok(out)
    }

    /// The first row of a query, if there is one.
    pub fn find<T>(
        &self,
        sql: &'static str,
        params: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mut statement =
            self.connection.prepare_cached(sql).map_err(|e| self.fail("preparing a query", e))?;
        let mut rows = statement
            .query(params_from_iter(params))
            .map_err(|e| self.fail("running a query", e))?;
        match rows.next().map_err(|e| self.fail("reading a row", e))? {
            Some(row) => read(&Row(row)).map(Some),
            None => Ok(None),
        }
    }

    /// The one number that a query answers (`count(*)`, `max(...)`); zero when it answers nothing.
    pub fn number(&self, sql: &'static str, params: &[Value<'_>]) -> Result<i64, Fault> {
        Ok(self.find(sql, params, |row| row.get::<Option<i64>>(0))?.flatten().unwrap_or(0))
    }

    /// The fault of a failed statement; remembered, because SQLite may have ended the transaction by it.
    fn fail(&self, what: &str, error: rusqlite::Error) -> Fault {
        let fault = fault(what, error);
        self.failed.set(Some(fault.kind()));
        fault
    }

    /// What kind of fault the last failed statement was.
    pub(crate) fn failed(&self) -> Option<FaultKind> {
        self.failed.get()
    }

    pub(crate) fn touch(&self, more: Touched) {
        self.touched.set(self.touched.get().and(more));
    }

    pub(crate) fn touched(&self) -> Touched {
        self.touched.get()
    }
}

/// One row of an answer.
pub struct Row<'r>(&'r rusqlite::Row<'r>);

impl Row<'_> {
    /// The column at `index`, counted from zero.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, Fault> {
        let value = self.0.get_ref(index).map_err(|e| fault("reading a column", e))?;
        T::from_column(value).ok_or_else(|| unexpected(index))
    }
}
