//! What a proof belongs to: the binary, the configuration keys, and the routes that its claim depends on.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::App;
use kernel::control::Control;
use kernel::web::route::Route;
use serde_json::Value;

use crate::assess::controls;

/// What ran, when something was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digests {
    /// SHA-256 of the binary.
    pub(crate) binary: String,
    /// SHA-256 of the configuration keys.
    pub(crate) config: String,
    /// SHA-256 of the routes.
    pub(crate) routes: String,
}

impl Digests {
    /// All three in 32 hexadecimal digits: `SHA-256(binary LF config LF routes)`, shortened.
    pub(crate) fn subject(&self) -> String {
        let text = format!("{}\n{}\n{}", self.binary, self.config, self.routes);
        crypt::hex(&crypt::sha256(&[text.as_bytes()]))[..32].to_owned()
    }
}

/// None of it changes while the program runs, so it is computed once.
struct All {
    whole: Digests,
    controls: HashMap<&'static str, Digests>,
    subjects: HashMap<&'static str, String>,
}

/// The digests of the whole installation.
pub(crate) fn now(app: &App) -> Digests {
    all(app).whole.clone()
}

/// The digests of what one control's claim depends on.
pub(crate) fn of(app: &App, control: &Control) -> Digests {
    all(app).controls.get(control.id).cloned().unwrap_or_else(|| digests(app, Some(control)))
}

/// See [`Digests::subject`], of one control's digests.
pub(crate) fn subject(app: &App, control: &Control) -> String {
    let known = all(app).subjects.get(control.id).cloned();
    known.unwrap_or_else(|| digests(app, Some(control)).subject())
}

fn all(app: &App) -> Arc<All> {
    app.kept.get(|| {
        let controls: HashMap<_, _> =
            controls(app).iter().map(|c| (c.id, digests(app, Some(c)))).collect();
        let subjects = controls.iter().map(|(id, digests)| (*id, digests.subject())).collect();
        All { whole: digests(app, None), controls, subjects }
    })
}

fn digests(app: &App, control: Option<&Control>) -> Digests {
    let config = serde_json::to_value(&app.config).unwrap_or(Value::Null);
    let keys = control.map_or(&[][..], |c| c.configuration);
    let names = control.map_or(&["*"][..], |c| c.routes);
    let config = match control {
        None => config.to_string(),
        Some(_) => keys.iter().map(|key| format!("{key}={}\n", pick(&config, key))).collect(),
    };
    Digests {
        binary: app.binary.clone(),
        config: crypt::hex(&crypt::sha256(&[config.as_bytes()])),
        routes: crypt::hex(&crypt::sha256(&[table(app, names).as_bytes()])),
    }
}

/// `listen.http` of the configuration, or a whole table.
fn pick<'v>(config: &'v Value, key: &str) -> &'v Value {
    key.split('.').fold(config, |value, part| &value[part])
}

fn table(app: &App, names: &[&str]) -> String {
    let wanted = |r: &Route| names.contains(&"*") || names.contains(&r.name);
    app.domains
        .iter()
        .flat_map(|d| (d.routes)())
        .filter(wanted)
        .map(|route| {
            let method = route.doc.as_ref().map_or("", |d| d.method);
            format!("{method} {} {} {:?}\n", route.path, route.name, route.access)
        })
        .collect()
}
