//! Static files, served under a name with their hash and kept by browsers for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::problem::{Failure, Problem};
use super::route::{Access, Route};
use crate::app::App;
use crate::settings;

struct Asset {
    kind: &'static str,
    bytes: Vec<u8>,
}

/// The static files of this binary.
pub struct Assets {
    by_url: BTreeMap<String, Asset>,
    urls: BTreeMap<&'static str, String>,
}

const SVG: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

impl Default for Assets {
    fn default() -> Self {
        let mut assets = Self { by_url: BTreeMap::new(), urls: BTreeMap::new() };
        assets.add("favicon.svg", SVG, include_bytes!("../../assets/favicon.svg").to_vec());
        assets.add("sprite.svg", SVG, include_bytes!("../../assets/sprite.svg").to_vec());
        assets.add("copy.mjs", SCRIPT, include_bytes!("../../assets/copy.mjs").to_vec());
        assets.add("live.mjs", SCRIPT, include_bytes!("../../assets/live.mjs").to_vec());
        assets.add("captcha.mjs", SCRIPT, include_bytes!("../../assets/captcha.mjs").to_vec());
        assets.add("meter.mjs", SCRIPT, include_bytes!("../../assets/meter.mjs").to_vec());
        assets.add("passkey.mjs", SCRIPT, include_bytes!("../../assets/passkey.mjs").to_vec());
        assets.add("time.mjs", SCRIPT, include_bytes!("../../assets/time.mjs").to_vec());
        assets.add("rosette.svg", SVG, include_bytes!("../../assets/rosette.svg").to_vec());
        // The sheet names the rosette, so it comes last and gets the name with the hash.
        let sheet = include_str!("../../assets/app.css")
            .replace("url(rosette.svg)", &format!("url({})", assets.url("rosette.svg")));
        assets.add("app.css", STYLE, sheet.into_bytes());
        assets
    }
}

impl Assets {
    fn add(&mut self, name: &'static str, kind: &'static str, bytes: Vec<u8>) {
        let hash = &crypt::hex(&crypt::sha256(&[&bytes]))[..12];
        let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
        let url = format!("/assets/{stem}.{hash}.{ending}");
        self.urls.insert(name, url.clone());
        self.by_url.insert(url, Asset { kind, bytes });
    }

    /// The address of a file.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        self.urls.get(name).cloned().unwrap_or_else(|| format!("/assets/missing/{name}"))
    }
}

const FOR_EVER: &str = "public, max-age=31536000, immutable";

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::page("/assets/{name}", "asset", Access::Open, get(serve)),
        Route::page("/assets/accent.css", "asset_accent", Access::Open, get(accent)),
        Route::page("/assets/logo", "asset_logo", Access::Open, get(logo)),
        Route::page("/favicon.ico", "favicon", Access::Open, get(favicon)),
    ]
}

async fn serve(State(app): State<Arc<App>>, Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = app.assets.by_url.get(&format!("/assets/{name}")).ok_or_else(Problem::not_found)?;
    let headers = [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, asset.bytes.clone()).into_response())
}

async fn favicon(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let url = app.assets.url("favicon.svg");
    let asset = app.assets.by_url.get(&url).ok_or_else(Problem::not_found)?;
    Ok(([(header::CONTENT_TYPE, asset.kind)], asset.bytes.clone()).into_response())
}

/// The operator's colour. The ink on it is black or white, whichever is easier to read; in the dark scheme
/// the colour is lightened until it can be read on a dark ground.
async fn accent(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let brand = app.brand.load();
    let colour = brand.accent.as_deref().and_then(parse_colour).ok_or_else(Problem::not_found)?;
    let light = readable(colour, [0xf3, 0xf5, 0xf2], false);
    let dark = readable(colour, [0x14, 0x1b, 0x22], true);
    let sheet = format!(
        ":root {{ --accent: light-dark({}, {}); --accent-ink: light-dark({}, {}) }}\n",
        css(light),
        css(dark),
        ink(light),
        ink(dark)
    );
    Ok(([(header::CONTENT_TYPE, STYLE), (header::CACHE_CONTROL, "no-cache")], sheet)
        .into_response())
}

async fn logo(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let bytes = app
        .store
        .control()
        .read(|tx| settings::find(tx, settings::LOGO))?
        .ok_or_else(Problem::not_found)?;
    let kind = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/webp" };
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], bytes).into_response())
}

/// `#rrggbb`.
#[must_use]
pub fn parse_colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The colour, moved towards white or black until its contrast with `ground` is 4.5 (WCAG 1.4.3).
fn readable(colour: [u8; 3], ground: [u8; 3], lighter: bool) -> [u8; 3] {
    let mut now = colour;
    for _ in 0..64 {
        if contrast(now, ground) >= 4.5 {
            break;
        }
        for part in &mut now {
            *part = if lighter { part.saturating_add(8) } else { part.saturating_sub(8) };
        }
    }
    now
}

fn ink(on: [u8; 3]) -> &'static str {
    if contrast(on, [255; 3]) >= contrast(on, [0; 3]) { "#ffffff" } else { "#000000" }
}

fn css(colour: [u8; 3]) -> String {
    format!("#{}", crypt::hex(&colour))
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |c: [u8; 3]| {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2])
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_colour_can_be_read_on_both_grounds() {
        for colour in [[255, 255, 0], [0, 0, 0], [255, 255, 255], [15, 76, 129], [255, 0, 0]] {
            let light = readable(colour, [0xf3, 0xf5, 0xf2], false);
            let dark = readable(colour, [0x14, 0x1b, 0x22], true);
            assert!(contrast(light, [0xf3, 0xf5, 0xf2]) >= 4.5, "{colour:?}");
            assert!(contrast(dark, [0x14, 0x1b, 0x22]) >= 4.5, "{colour:?}");
        }
    }

    #[test]
    fn colours_are_six_digits() {
        assert_eq!(parse_colour("#0f4c81"), Some([15, 76, 129]));
        for bad in ["0f4c81", "#0f4c8", "#0f4c8g", "red", "#é4c81", "#0f4c81}"] {
            assert_eq!(parse_colour(bad), None, "{bad}");
        }
    }
}
