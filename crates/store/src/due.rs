//! The index of tenant files that hold work, in control data.
//!
//! A tenant is marked before its file is written and unmarked after its work is done, so a crash in
//! between leaves a mark too many and never one too few.

use std::collections::HashMap;
use std::sync::Mutex;

use base::id::TenantId;
use base::{Fault, Timestamp};

use crate::batch::lock;
use crate::{Db, params};

/// Marks known in memory, so that a busy tenant is not marked at every write.
#[derive(Default)]
pub(crate) struct Due {
    marks: Mutex<HashMap<TenantId, Mark>>,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    /// Writes under way; the mark must stay while there are any.
    under_way: u32,
    /// Whether the row says dirty.
    written: bool,
}

impl Due {
    /// Marks a tenant as dirty, durably, and counts the write that is about to begin.
    pub(crate) async fn begin(
        &self,
        control: &Db,
        tenant: TenantId,
        region: &str,
    ) -> Result<(), Fault> {
        let written = {
            let mut marks = lock(&self.marks);
            let mark = marks.entry(tenant).or_default();
            mark.under_way += 1;
            mark.written
        };
        if written {
            return Ok(());
        }
        let region = region.to_owned();
        let marked = control
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO due (tenant, region, dirty, mark) VALUES (?1, ?2, 1, 1) \
                     ON CONFLICT (tenant) DO UPDATE SET dirty = 1, mark = due.mark + 1",
                    params![tenant, &region],
                )
                .map(drop)
            })
            .await;
        match marked {
            Ok(()) => {
                lock(&self.marks).entry(tenant).or_default().written = true;
                Ok(())
            }
            Err(fault) => {
                self.end(tenant);
                Err(fault)
            }
        }
    }

    /// A write is over, whichever way it went.
    pub(crate) fn end(&self, tenant: TenantId) {
        if let Some(mark) = lock(&self.marks).get_mut(&tenant) {
            mark.under_way = mark.under_way.saturating_sub(1);
        }
    }

    /// The mark as it stands; read it before looking for work.
    pub(crate) fn mark(control: &Db, tenant: TenantId) -> Result<i64, Fault> {
        control.read(|tx| tx.number("SELECT mark FROM due WHERE tenant = ?1", params![tenant]))
    }

    /// Whether no write is under way. From here on a new write marks the row anew.
    pub(crate) fn may_settle(&self, tenant: TenantId) -> bool {
        let mut marks = lock(&self.marks);
        let idle = marks.get(&tenant).is_none_or(|mark| mark.under_way == 0);
        if idle {
            marks.remove(&tenant);
        }
        idle
    }

    /// Takes the mark away, unless it has grown since it was read, and notes when the tenant's next job
    /// is due.
    pub(crate) async fn settled(
        control: &Db,
        tenant: TenantId,
        mark: i64,
        next: Option<Timestamp>,
    ) -> Result<(), Fault> {
        control
            .write(move |tx| match next {
                Some(at) => tx
                    .execute(
                        "UPDATE due SET dirty = 0, due_at = ?3 WHERE tenant = ?1 AND mark = ?2",
                        params![tenant, mark, at],
                    )
                    .map(drop),
                None => tx
                    .execute(
                        "DELETE FROM due WHERE tenant = ?1 AND mark = ?2",
                        params![tenant, mark],
                    )
                    .map(drop),
            })
            .await
    }
}
