//! Values on their way into and out of a statement, the same for every engine.

use std::borrow::Cow;
use std::str::FromStr;

use base::id::Kind;
use base::{Fault, FaultKind, Id, Timestamp};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Bytes.
    Blob(Cow<'a, [u8]>),
    /// A number; also times (milliseconds) and booleans.
    Int(i64),
    /// Nothing.
    Null,
    /// Text.
    Text(Cow<'a, str>),
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Blob(b) => ValueRef::Blob(b),
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Null => ValueRef::Null,
            Value::Text(t) => ValueRef::Text(t.as_bytes()),
        }))
    }
}

impl From<i64> for Value<'_> {
    fn from(n: i64) -> Self {
        Value::Int(n)
    }
}
impl From<u32> for Value<'_> {
    fn from(n: u32) -> Self {
        Value::Int(i64::from(n))
    }
}
impl From<bool> for Value<'_> {
    fn from(b: bool) -> Self {
        Value::Int(i64::from(b))
    }
}
impl From<Timestamp> for Value<'_> {
    fn from(t: Timestamp) -> Self {
        Value::Int(t.0)
    }
}
impl<'a> From<&'a str> for Value<'a> {
    fn from(t: &'a str) -> Self {
        Value::Text(Cow::Borrowed(t))
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(t: &'a String) -> Self {
        Value::Text(Cow::Borrowed(t))
    }
}
impl From<String> for Value<'_> {
    fn from(t: String) -> Self {
        Value::Text(Cow::Owned(t))
    }
}
impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(b: &'a [u8]) -> Self {
        Value::Blob(Cow::Borrowed(b))
    }
}
impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(b: &'a Vec<u8>) -> Self {
        Value::Blob(Cow::Borrowed(b))
    }
}
impl From<Vec<u8>> for Value<'_> {
    fn from(b: Vec<u8>) -> Self {
        Value::Blob(Cow::Owned(b))
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(b: &'a [u8; N]) -> Self {
        Value::Blob(Cow::Borrowed(b))
    }
}
impl<K: Kind> From<Id<K>> for Value<'_> {
    fn from(id: Id<K>) -> Self {
        Value::Text(Cow::Owned(id.to_string()))
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(v: Option<T>) -> Self {
        v.map_or(Value::Null, Into::into)
    }
}

/// The parameters of a statement: `params![id, now, "text"]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::Value::from($value)),*]
    };
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// Reads a value; `None` when the column holds something else.
    fn from_column(value: ValueRef<'_>) -> Option<Self>;
}

impl FromColumn for i64 {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}
impl FromColumn for u32 {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().and_then(|n| n.try_into().ok())
    }
}
impl FromColumn for bool {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|n| n != 0)
    }
}
impl FromColumn for Timestamp {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Timestamp)
    }
}
impl FromColumn for String {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
}
impl FromColumn for Vec<u8> {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().map(<[u8]>::to_vec)
    }
}
impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().and_then(|b| b.try_into().ok())
    }
}
impl<K: Kind> FromColumn for Id<K> {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().and_then(|t| Id::from_str(t).ok())
    }
}
impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: ValueRef<'_>) -> Option<Self> {
        if matches!(value, ValueRef::Null) { Some(None) } else { T::from_column(value).map(Some) }
    }
}

/// A column that does not hold what the code expects: a damaged row or a defect.
pub(crate) fn unexpected(index: usize) -> Fault {
    Fault::new(FaultKind::Corrupt, format!("column {index} holds an unexpected type"))
}
