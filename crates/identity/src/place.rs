//! Where a network address is, roughly, by a database that the operator may have (MaxMind's format, as GeoLite2 City comes
//! in). It stands beside addresses in letters and lists, and decides nothing: such databases err.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use kernel::App;
use kernel::text::Lang;
use maxminddb::geoip2::{City, Names};
use maxminddb::{MaxMindDbError, Reader};

/// Bytes of a database; City has about 60 million.
const BYTES_MAX: u64 = 1 << 30;

/// What could be opened.
struct Opened(Option<Reader<Vec<u8>>>);

/// Whether a file can be used; says why not, for the doctor.
pub fn check(file: &Path) -> Result<(), String> {
    open(file).map(drop)
}

fn open(file: &Path) -> Result<Reader<Vec<u8>>, String> {
    let bytes = std::fs::metadata(file).map_err(|e| e.to_string())?.len();
    if bytes > BYTES_MAX {
        return Err(format!("{bytes} bytes are too many for such a database"));
    }
    Reader::open_readfile(file).map_err(|e| e.to_string())
}

/// Reads the database, if there is one: tens of megabytes that no request shall wait for. To be called on a thread that
/// may wait.
pub fn load(app: &App) {
    let _ = kept(app);
}

fn kept(app: &App) -> Option<Arc<Opened>> {
    let file = app.config.sign_in.places_file.as_ref()?;
    Some(app.kept.get(|| {
        let opened = open(file).map_err(|why| {
            tracing::error!(why, path = %file.display(), "sign_in.places_file");
        });
        Opened(opened.ok())
    }))
}

/// `Berlin, Germany`, in a language; `None` without a database, or for what it does not know.
pub(crate) fn of(app: &App, lang: Lang, address: &str) -> Option<String> {
    let opened = kept(app)?;
    let found = look(opened.0.as_ref()?, lang, address.parse().ok()?);
    found.unwrap_or_else(|e| {
        tracing::warn!(error = %e, "looking up where an address is");
        None
    })
}

fn look(
    reader: &Reader<Vec<u8>>,
    lang: Lang,
    address: IpAddr,
) -> Result<Option<String>, MaxMindDbError> {
    let Some(found) = reader.lookup(address.to_canonical())?.decode::<City<'_>>()? else {
        return Ok(None);
    };
    let parts = [name(&found.city.names, lang), name(&found.country.names, lang)];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    Ok((!parts.is_empty()).then(|| parts.join(", ")))
}

fn name<'a>(names: &Names<'a>, lang: Lang) -> Option<&'a str> {
    match lang {
        Lang::De => names.german.or(names.english),
        Lang::En => names.english,
    }
}

/// An address with its place behind it, for letters.
pub(crate) fn beside(app: &App, lang: Lang, address: Option<IpAddr>) -> String {
    let Some(address) = address.map(|a| a.to_string()) else { return String::new() };
    match of(app, lang, &address) {
        Some(place) => format!("{address} ({place})"),
        None => address,
    }
}
