//! How long it takes to find out that a password is not on a list of a hundred million stolen ones.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use base::Secret;
use identity::breach::file::{Corpus, invent};

use super::Figure;
use super::child::Scratch;

const ENTRIES: u64 = 100_000_000;
const LOOKUPS: u32 = 200_000;
const KNOWN: &str = "a password to measure with";

/// A lookup as a sign-up makes it, SHA-1 included, beside the two bare reads that it cannot do without. The file is in
/// the page cache, as that of a busy server would be.
pub(super) fn measure() -> Result<Vec<Figure>> {
    let scratch = Scratch::new("breach")?;
    let path = scratch.path().join("corpus");
    let entries = invent(&path, ENTRIES, KNOWN)?;
    let corpus = Corpus::open(&path)?;
    if !corpus.has_password(&Secret::new(KNOWN.to_owned()))? {
        bail!("the one password that is on the list was not found");
    }
    let tried: Vec<Secret<String>> =
        (0..LOOKUPS).map(|n| Secret::new(format!("password number {n}"))).collect();
    let started = Instant::now();
    let mut found = 0_u32;
    for password in &tried {
        found += u32::from(corpus.has_password(password)?);
    }
    let each = started.elapsed().as_secs_f64() * 1e6 / f64::from(LOOKUPS);
    if found > 3 {
        bail!("{found} of {LOOKUPS} passwords that are not on the list were found");
    }
    let bare = bare(&path)?;
    Ok(vec![
        Figure {
            profile: "breach",
            figure: "a lookup in 100 million stolen passwords, limit: two bare reads",
            value: each,
            unit: "µs",
            limit: Some(bare),
            goal: "at most 5 µs",
            met: Some(each <= 5.0),
        },
        Figure {
            profile: "breach",
            figure: "bytes of the list for each password",
            value: path.metadata()?.len() as f64 / entries as f64,
            unit: "B",
            limit: None,
            goal: "none",
            met: None,
        },
    ])
}

/// Two reads of the same sizes at places as far apart, in µs.
fn bare(path: &Path) -> Result<f64> {
    let file = File::open(path)?;
    let size = file.metadata()?.len() - 4096;
    let (mut ends, mut prints, mut at) = ([0; 16], [0; 384], 0_u64);
    let started = Instant::now();
    for _ in 0..LOOKUPS {
        at = at.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        file.read_exact_at(&mut ends, at % (8 << 20))?;
        file.read_exact_at(&mut prints, at % size)?;
        std::hint::black_box((&ends, &prints));
    }
    Ok(started.elapsed().as_secs_f64() * 1e6 / f64::from(LOOKUPS))
}
