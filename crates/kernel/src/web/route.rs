//! A route as its domain declares it: path, name, who may come, and what the API document says.

use std::sync::Arc;

use axum::routing::MethodRouter;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::limit::Group;
use crate::access::Action;
use crate::app::App;

/// Who may come to a route at all. The verb behind it asks for the finer permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A signed-in person, also one who still has to get a second factor.
    Bare,
    /// Only in evaluation, and only from this machine.
    Evaluation,
    /// Everybody.
    Open,
    /// A signed-in person.
    Person,
    /// A signed-in person of the platform's own staff.
    Staff,
    /// A signed-in person with a part in the tenant that the path names. What their role has to allow is said here, so
    /// that tests and probes can compare the table of rights with the answers; the verb behind it asks.
    Tenant {
        /// For GET.
        see: Action,
        /// For everything else.
        act: Action,
    },
}

impl Access {
    /// In a tenant, whatever the method.
    #[must_use]
    pub const fn tenant(action: Action) -> Self {
        Self::Tenant { see: action, act: action }
    }

    /// Whether somebody has to be signed in.
    #[must_use]
    pub const fn wants_person(self) -> bool {
        matches!(self, Self::Bare | Self::Person | Self::Staff | Self::Tenant { .. })
    }

    /// What a role has to allow in the tenant of the path, for a request of this method.
    #[must_use]
    pub const fn action(self, looks: bool) -> Option<Action> {
        match self {
            Self::Tenant { see, act } => Some(if looks { see } else { act }),
            Self::Bare | Self::Evaluation | Self::Open | Self::Person | Self::Staff => None,
        }
    }
}

/// One route.
pub struct Route {
    /// Path with parameters in braces.
    pub path: &'static str,
    /// Operation id, or a page's name.
    pub name: &'static str,
    /// Who may come.
    pub access: Access,
    /// Does it.
    pub handler: MethodRouter<Arc<App>>,
    /// Bytes of a body at most.
    pub body_bytes_max: usize,
    /// What the API document says; pages have none.
    pub doc: Option<Doc>,
    /// The limit that its requests other than GET count against.
    pub limit: Option<Group>,
}

/// Writes a type's schema, with what it refers to, into a document.
pub type MakeSchema = fn(&mut SchemaGenerator) -> Schema;

/// An operation in the API document.
pub struct Doc {
    /// `get`, `post`, ...
    pub method: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// The request body's schema.
    pub request: Option<MakeSchema>,
    /// The good answer: status and schema.
    pub answer: (u16, Option<MakeSchema>),
    /// Query parameters, with a line on each.
    pub query: &'static [(&'static str, &'static str)],
}

impl Route {
    /// A page, or anything else that is not in the API document.
    #[must_use]
    pub fn page(
        path: &'static str,
        name: &'static str,
        access: Access,
        handler: MethodRouter<Arc<App>>,
    ) -> Self {
        let body_bytes_max = base::limit::BODY_BYTES_MAX;
        Self { path, name, access, handler, body_bytes_max, doc: None, limit: None }
    }

    /// An operation of the API.
    #[must_use]
    pub fn api(
        path: &'static str,
        name: &'static str,
        access: Access,
        handler: MethodRouter<Arc<App>>,
        doc: Doc,
    ) -> Self {
        Self { doc: Some(doc), ..Self::page(path, name, access, handler) }
    }

    /// The same route, limited for each address.
    #[must_use]
    pub fn limited(mut self, group: Group) -> Self {
        self.limit = Some(group);
        self
    }

    /// The same route with another limit for its body.
    #[must_use]
    pub fn with_body(mut self, bytes_max: usize) -> Self {
        self.body_bytes_max = bytes_max;
        self
    }
}

impl Doc {
    /// An operation that answers `status` and nothing else yet.
    #[must_use]
    pub const fn new(method: &'static str, summary: &'static str, status: u16) -> Self {
        Self { method, summary, request: None, answer: (status, None), query: &[] }
    }

    /// With a request body.
    #[must_use]
    pub fn takes<T: JsonSchema>(mut self) -> Self {
        self.request = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// With an answer's body.
    #[must_use]
    pub fn answers<T: JsonSchema>(mut self) -> Self {
        self.answer.1 = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// With query parameters.
    #[must_use]
    pub fn with_query(mut self, query: &'static [(&'static str, &'static str)]) -> Self {
        self.query = query;
        self
    }
}
