//! What a proof belongs to: binary, configuration, and the table of routes.

use kernel::App;

use crate::verdict::Digests;

/// The digests of what runs now.
pub(crate) fn now(app: &App) -> Digests {
    Digests {
        binary: app.binary.clone(),
        config: crypt::hex(&crypt::sha256(&[format!("{:?}", app.config).as_bytes()])),
        routes: routes(app),
    }
}

fn routes(app: &App) -> String {
    let mut table = String::new();
    for route in app.domains.iter().flat_map(|d| (d.routes)()) {
        let method = route.doc.as_ref().map_or("", |d| d.method);
        table.push_str(&format!("{method} {} {} {:?}\n", route.path, route.name, route.access));
    }
    crypt::hex(&crypt::sha256(&[table.as_bytes()]))
}
