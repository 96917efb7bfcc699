//! The engines: encrypted files, transactions with group commit, migrations, jobs and outbox.
//!
//! A transaction is a synchronous closure that may be run again; so no network call fits inside
//! one, and many closures share one durable commit. SQL text is `&'static str`: a statement built
//! from a request's words does not compile.
//!
//! Absent: any knowledge of domains. Tables come from their migrations.

mod authorizer;
pub mod bare;
mod batch;
mod db;
mod due;
mod error;
mod folder;
pub mod inspect;
mod keys;
mod migrate;
mod outbox;
pub mod queue;
mod store;
mod tenant;
mod tx;
mod value;

pub use db::{Db, Options, cipher};
pub use folder::{Folder, Locked, MasterFile};
pub use keys::Keys;
pub use migrate::{Migration, Place};
pub use outbox::{Outbox, Source};
pub use store::{COMPLETE, Schema, Store, holds_data};
pub use tenant::{TenantAccess, TenantDb};
pub use tx::{Row, Tx};
pub use value::{FromColumn, Value};

/// What a committed transaction left behind for others to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Audit entries wait in the outbox.
    pub outbox: bool,
    /// A job was enqueued.
    pub jobs: bool,
}

impl Touched {
    /// What both left behind.
    fn and(self, other: Self) -> Self {
        Self { outbox: self.outbox || other.outbox, jobs: self.jobs || other.jobs }
    }
}
