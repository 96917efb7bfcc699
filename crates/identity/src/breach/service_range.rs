//! The k-anonymity range service: five digits of the SHA-1 go out, padded lists of the rest come back.

use std::time::Duration;

use kernel::fetch;

/// Somebody waits at a form meanwhile.
const WHOLE: Duration = Duration::from_secs(3);
/// A padded range has at most about a thousand lines.
const BYTES_MAX: u64 = 256 * 1024;

/// Whether a range service knows a hash. An error in words when it cannot be asked.
pub(super) fn has(url: &str, hash: &[u8; 20]) -> Result<bool, String> {
    let digits: String = hash.iter().map(|b| format!("{b:02X}")).collect();
    let (prefix, suffix) = digits.split_at(5);
    let address = format!("{}/{prefix}", url.trim_end_matches('/'));
    let asked = fetch::agent(WHOLE).get(&address).header("add-padding", "true").call();
    let mut answer = asked.map_err(|e| e.to_string())?;
    let text = answer.body_mut().with_config().limit(BYTES_MAX).read_to_string();
    let text = text.map_err(|e| e.to_string())?;
    let mut lines = 0;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (rest, count) = line.split_once(':').ok_or("the answer is not a range")?;
        let count: u64 = count.trim().parse().map_err(|_| "the answer is not a range")?;
        lines += 1;
        if rest.eq_ignore_ascii_case(suffix) && count > 0 {
            return Ok(true);
        }
    }
    // A range is never empty; an empty answer is a service that lies or is broken.
    if lines == 0 { Err("the range is empty".into()) } else { Ok(false) }
}
