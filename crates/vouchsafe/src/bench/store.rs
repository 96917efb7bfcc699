//! The SQL of an invented history, for a folder that is thrown away.

use base::Fault;
use kernel::App;
use store::Value;

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
