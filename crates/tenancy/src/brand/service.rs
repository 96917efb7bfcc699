//! The verbs of the brand.

use std::sync::Arc;

use base::text::{self, Refused as BadText};
use base::{Fault, FaultKind};
use kernel::web::assets::parse_colour;
use kernel::web::problem::Invalid;
use kernel::{Action, App, Brand, Op, settings};

use crate::event;
use crate::problem::Refused;

/// Characters of the product's name.
const PRODUCT_CHARS_MAX: usize = 60;
/// Bytes of a logo.
pub(crate) const LOGO_BYTES_MAX: usize = 128 * 1024;
/// The colour of the style sheet itself.
pub(crate) const DEFAULT_ACCENT: &str = "#0f4c81";

/// Changes name and colour.
pub(crate) async fn change(
    app: &Arc<App>,
    op: &Op,
    product: &str,
    accent: &str,
) -> Result<(), Refused> {
    op.permit(Action::ChangePlatformSettings)?;
    let mut invalid = Vec::new();
    let product = text::line(product, PRODUCT_CHARS_MAX).map_err(|why| {
        invalid.push(match why {
            BadText::Long => Invalid::new("product", "error-product-long"),
            BadText::Empty | BadText::Invalid => Invalid::new("product", "error-product-empty"),
        });
    });
    let accent = accent.trim().to_lowercase();
    if parse_colour(&accent).is_none() {
        invalid.push(Invalid::new("accent", "error-accent-invalid"));
    }
    let Ok(product) = product else { return Err(invalid.into()) };
    if !invalid.is_empty() {
        return Err(invalid.into());
    }
    let accent = (accent != DEFAULT_ACCENT).then_some(accent);
    let logo = app.brand.load().logo.clone();
    save(app, op, Brand { product, accent, logo }, None).await
}

/// Changes or removes the logo. Refusals: not PNG or WebP, too large.
pub(crate) async fn change_logo(
    app: &Arc<App>,
    op: &Op,
    bytes: Option<Vec<u8>>,
) -> Result<(), Refused> {
    op.permit(Action::ChangePlatformSettings)?;
    if let Some(bytes) = &bytes {
        let refuse = |why| Err(Refused::Invalid(vec![Invalid::new("logo", why)]));
        if bytes.len() > LOGO_BYTES_MAX {
            return refuse("error-logo-size");
        }
        let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") && !webp {
            return refuse("error-logo-type");
        }
    }
    let now = app.brand.load();
    let logo = bytes.as_ref().map(|b| crypt::hex(&crypt::sha256(&[b]))[..12].to_owned());
    let brand = Brand { product: now.product.clone(), accent: now.accent.clone(), logo };
    save(app, op, brand, Some(bytes.unwrap_or_default())).await
}

/// Writes the brand, and the logo's bytes if they changed (none: removed).
async fn save(app: &Arc<App>, op: &Op, brand: Brand, logo: Option<Vec<u8>>) -> Result<(), Refused> {
    let text = serde_json::to_vec(&brand)
        .map_err(|e| Fault::because(FaultKind::Internal, "writing the brand", e))?;
    let (app2, op2) = (Arc::clone(app), op.clone());
    app.store
        .control()
        .write(move |tx| {
            settings::set(tx, settings::BRAND, &text)?;
            let event = match &logo {
                Some(bytes) => {
                    settings::set(tx, settings::LOGO, bytes)?;
                    event::logo_changed(!bytes.is_empty())
                }
                None => event::brand_changed(),
            };
            audit::append(&app2, tx, &op2, event)
        })
        .await?;
    app.reload_brand()?;
    Ok(())
}
