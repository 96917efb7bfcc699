//! A corpus as one compact file: four bytes for each password, found with two reads.
//!
//! Layout, integers little-endian: `VCHBRCH1`, u64 entries, u32 bits, u32 zero; then 2^bits + 1 offsets (u64, in
//! entries); then the entries, u32 each: the 32 bits of the SHA-1 behind the first `bits`, ascending in each bucket.
//! A password that is not in it is taken for one that is with a chance of about one in two million at a thousand
//! million entries.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use base::Secret;

const MAGIC: &[u8; 8] = b"VCHBRCH1";
const HEAD: u64 = 24;
/// The digits that range files are named by.
const PREFIX_BITS: u32 = 20;
/// Entries that are wanted in a bucket.
const IN_A_BUCKET: u64 = 64;

/// An open corpus.
pub struct Corpus {
    file: File,
    bits: u32,
    entries: u64,
}

impl Corpus {
    /// Opens a file that [`build`] wrote.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut head = [0; HEAD as usize];
        file.read_exact(&mut head)?;
        let number =
            |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let entries = u64::from(number(8)) | u64::from(number(12)) << 32;
        let bits = number(16);
        let size = HEAD + ((1 << bits.min(PREFIX_BITS)) + 1) * 8 + entries.saturating_mul(4);
        if &head[..8] != MAGIC || bits > PREFIX_BITS || file.metadata()?.len() != size {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "not a corpus of stolen passwords, or cut off",
            ));
        }
        Ok(Self { file, bits, entries })
    }

    /// How many passwords it knows.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.entries
    }

    /// Whether it knows a password.
    pub fn has_password(&self, password: &Secret<String>) -> io::Result<bool> {
        self.has(&super::sha1(password.reveal()))
    }

    /// The same by the password's SHA-1.
    pub(crate) fn has(&self, hash: &[u8; 20]) -> io::Result<bool> {
        let (bucket, print) = place(hash, self.bits);
        let mut ends = [0; 16];
        self.file.read_exact_at(&mut ends, HEAD + bucket * 8)?;
        let [from, to] = [&ends[..8], &ends[8..]].map(|half| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(half);
            u64::from_le_bytes(bytes)
        });
        let count = usize::try_from(to.saturating_sub(from)).unwrap_or(0).min(1 << 16);
        let mut prints = vec![0; count * 4];
        let start = HEAD + ((1 << self.bits) + 1) * 8 + from * 4;
        self.file.read_exact_at(&mut prints, start)?;
        let mut all = prints.chunks_exact(4);
        Ok(all.any(|p| p == print.to_le_bytes()))
    }
}

/// Bucket and fingerprint of a hash.
fn place(hash: &[u8; 20], bits: u32) -> (u64, u32) {
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    let first = u64::from_be_bytes(first);
    let bucket = if bits == 0 { 0 } else { first >> (64 - bits) };
    (bucket, u32::try_from(first << bits >> 32).unwrap_or(0))
}

/// Builds a corpus from a folder of range files: `00000` to `FFFFF` (with or without an ending), each with lines of
/// the other 35 digits, a colon and a count. `tell` hears how many of the files are read. Answers the entries.
pub fn build(from: &Path, to: &Path, mut tell: impl FnMut(u64, u64)) -> io::Result<u64> {
    let mut names: Vec<(u32, std::path::PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        if let (5, Ok(prefix)) = (stem.len(), u32::from_str_radix(stem, 16)) {
            names.push((prefix, path));
        }
    }
    names.sort();
    if names.is_empty() {
        let why = "no range files there: they are named 00000 to FFFFF";
        return Err(io::Error::new(io::ErrorKind::NotFound, why));
    }
    let bytes: u64 = names.iter().filter_map(|(_, p)| p.metadata().ok()).map(|m| m.len()).sum();
    let expected = bytes / 38; // 35 digits, a colon, a count, the line's end
    let bits = (expected / IN_A_BUCKET).max(1).ilog2().min(PREFIX_BITS);
    let part = to.with_extension("part");
    let all = names.len() as u64;
    let ranges = names.iter().enumerate().map(|(n, (prefix, path))| {
        let mut prints = Vec::new();
        for line in BufReader::new(File::open(path)?).lines() {
            prints.extend(parse(*prefix, &line?, bits)?);
        }
        tell(n as u64 + 1, all);
        Ok(prints)
    });
    let entries = write(ranges, &part, bits)?;
    std::fs::rename(&part, to)?;
    Ok(entries)
}

/// A corpus of this many invented entries and one password, for measuring. Answers the entries.
pub fn invent(to: &Path, entries: u64, password: &str) -> io::Result<u64> {
    let bits = (entries / IN_A_BUCKET).max(1).ilog2().min(PREFIX_BITS);
    let known = place(&super::sha1(password), bits);
    let buckets = 1_u64 << bits;
    // Which numbers they are does not matter; a sequence of Weyl's, mixed, is spread like hashes are.
    let mut state = 0_u64;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 31).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        u32::try_from(mixed >> 32).unwrap_or(0)
    };
    let ranges = (0..buckets).map(|bucket| {
        let share = entries / buckets + u64::from(bucket < entries % buckets);
        let mut prints: Vec<(u64, u32)> = (0..share).map(|_| (bucket, next())).collect();
        if bucket == known.0 {
            prints.push(known);
        }
        Ok(prints)
    });
    write(ranges, to, bits)
}

/// Writes ranges, each a run of buckets, in their order.
fn write(
    ranges: impl Iterator<Item = io::Result<Vec<(u64, u32)>>>,
    to: &Path,
    bits: u32,
) -> io::Result<u64> {
    let mut out = BufWriter::new(File::create(to)?);
    let buckets = 1_usize << bits;
    out.seek(SeekFrom::Start(HEAD + (buckets as u64 + 1) * 8))?;
    let mut ends = vec![0_u64; buckets + 1];
    let mut entries = 0;
    for range in ranges {
        let mut prints = range?;
        // In one range the buckets are a run, so sorting by both keeps the file in order.
        prints.sort_unstable();
        prints.dedup();
        for (bucket, print) in prints {
            out.write_all(&u32::to_le_bytes(print))?;
            entries += 1;
            ends[usize::try_from(bucket).unwrap_or(0) + 1] = entries;
        }
    }
    for at in 1..ends.len() {
        ends[at] = ends[at].max(ends[at - 1]);
    }
    out.seek(SeekFrom::Start(0))?;
    out.write_all(MAGIC)?;
    out.write_all(&entries.to_le_bytes())?;
    out.write_all(&bits.to_le_bytes())?;
    out.write_all(&[0; 4])?;
    for end in ends {
        out.write_all(&end.to_le_bytes())?;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(entries)
}

/// A line of a range file; padding, whose count is zero, is none.
fn parse(prefix: u32, line: &str, bits: u32) -> io::Result<Option<(u64, u32)>> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(None);
    }
    let bad = || {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{prefix:05X}: not a line of a range file"),
        )
    };
    let (suffix, count) = line.split_once(':').ok_or_else(bad)?;
    if count.trim().parse::<u64>().map_err(|_| bad())? == 0 {
        return Ok(None);
    }
    let text = format!("{prefix:05X}{suffix}");
    if text.len() != 40 || !text.is_ascii() {
        return Err(bad());
    }
    let mut hash = [0; 20];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| bad())?;
    }
    Ok(Some(place(&hash, bits)))
}

#[cfg(test)]
mod tests {
    use super::super::sha1;
    use super::*;

    fn ranges(folder: &Path, passwords: &[String]) {
        let mut files: std::collections::BTreeMap<String, String> =
            std::collections::BTreeMap::new();
        for password in passwords {
            let hash: String = sha1(password).iter().map(|b| format!("{b:02X}")).collect();
            let lines = files.entry(hash[..5].to_owned()).or_default();
            lines.push_str(&format!("{}:3\r\n", &hash[5..]));
        }
        for (prefix, lines) in files {
            let padded = format!("{lines}{}:0\r\n", "0".repeat(35));
            std::fs::write(folder.join(prefix), padded).expect("a range file");
        }
    }

    #[test]
    fn finds_what_is_in_it_and_nothing_else() {
        let folder = std::env::temp_dir().join(format!("vouchsafe-corpus-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("ranges")).expect("a folder");
        let known: Vec<String> = (0..20_000).map(|n| format!("stolen {n}")).collect();
        ranges(&folder.join("ranges"), &known);
        let file = folder.join("corpus");
        let mut told = 0;
        let entries = build(&folder.join("ranges"), &file, |n, _| told = n).expect("built");
        assert_eq!(entries, 20_000);
        assert!(told > 15_000);
        let corpus = Corpus::open(&file).expect("opened");
        assert!(known.iter().all(|p| corpus.has(&sha1(p)).expect("read")));
        let others =
            (0..20_000).filter(|n| corpus.has(&sha1(&format!("fresh {n}"))).expect("read"));
        assert_eq!(others.count(), 0);
        let mut cut = std::fs::read(&file).expect("read");
        cut.pop();
        std::fs::write(&file, cut).expect("cut");
        assert!(Corpus::open(&file).is_err());
        std::fs::write(folder.join("ranges/00000"), "nonsense").expect("written");
        assert!(build(&folder.join("ranges"), &file, |_, _| {}).is_err());
        assert!(build(&folder.join("nowhere"), &file, |_, _| {}).is_err());
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
