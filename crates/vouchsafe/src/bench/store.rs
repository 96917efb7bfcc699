//! The SQL of what is invented for a measurement, in a folder that is thrown away.

use base::Fault;
use base::id::{AccountId, TenantId};
use kernel::App;
use store::{Tx, Value, params};

/// Ninety days of 336 probes.
pub(super) fn history(app: &App) -> Result<(), Fault> {
    let today: Value<'_> = (app.clock.now().0 / 86_400_000).into();
    let sql = "WITH RECURSIVE \
         days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 89), \
         names (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM names WHERE n < 317), \
         probes (name) AS (SELECT 'bench.probe_' || n FROM names \
             UNION ALL SELECT DISTINCT control FROM run) \
         INSERT OR REPLACE INTO day (control, day, held, violated, unable) \
         SELECT name, ?1 - days.n, 96, 0, 1 FROM probes, days";
    app.store.plant(app.store.posture(), sql, &[today]).map(drop)
}

/// A thousand accounts with a hundred live sessions each. Their names cannot be opened: they are copies of the first
/// account's. Answers the live sessions that there are then.
pub(super) fn sessions(app: &App) -> Result<i64, Fault> {
    let control = app.store.control();
    let accounts = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000) \
         INSERT INTO account (id, email_index, email, name, password, staff, made_at, \
         password_changed_at) SELECT 'acc_bench' || n.n, randomblob(32), email, name, password, 0, \
         made_at, password_changed_at FROM n, (SELECT * FROM account ORDER BY id LIMIT 1)";
    let sessions = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100) \
         INSERT INTO session (lookup, id, account, salt, hash, place, made_at, last_active_at, \
         shown_at) SELECT hex(randomblob(16)), 'ses_' || hex(randomblob(13)), account.id, \
         randomblob(16), randomblob(32), randomblob(120), ?1, ?1, ?1 \
         FROM account, n WHERE account.id LIKE 'acc_bench%'";
    app.store.plant(control, accounts, &[])?;
    app.store.plant(control, sessions, &[app.clock.now().0.into()])?;
    control.read(|tx| tx.number("SELECT count(*) FROM session WHERE ended_at IS NULL", &[]))
}

/// Who owns a tenant.
pub(super) fn an_owner(tx: &Tx<'_>, tenant: TenantId) -> Result<AccountId, Fault> {
    let sql = "SELECT account FROM member WHERE tenant = ?1 AND role = 'owner'";
    let found = tx.find(sql, params![tenant], |row| row.get(0))?;
    found.ok_or_else(|| Fault::internal("a tenant has no owner"))
}

/// The verifier of the first account's password.
pub(super) fn a_password(tx: &Tx<'_>) -> Result<String, Fault> {
    let sql = "SELECT password FROM account WHERE staff ORDER BY id LIMIT 1";
    let found = tx.find(sql, &[], |row| row.get(0))?;
    found.ok_or_else(|| Fault::internal("no account"))
}

/// Spreads all accounts that are not staff's over the tenants of the benchmark, beside their owners, and lets the first
/// account into one of them. Answers the memberships that there are then.
pub(super) fn members(app: &App) -> Result<i64, Fault> {
    let control = app.store.control();
    let spread = "INSERT INTO member (tenant, account, role, since) \
         SELECT t.id, a.id, 'viewer', ?1 FROM \
         (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM account WHERE NOT staff) a JOIN \
         (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM tenant WHERE slug LIKE 'bench-%') t \
         ON t.n = a.n % 10000 ON CONFLICT DO NOTHING";
    let one = "INSERT INTO member (tenant, account, role, since) \
         SELECT t.id, a.id, 'owner', ?1 FROM tenant t, \
         (SELECT id FROM account WHERE staff ORDER BY id LIMIT 1) a WHERE t.slug = 'bench-5000'";
    let now = app.clock.now().0;
    app.store.plant(control, spread, &[now.into()])?;
    app.store.plant(control, one, &[now.into()])?;
    control.read(|tx| tx.number("SELECT count(*) FROM member", &[]))
}
