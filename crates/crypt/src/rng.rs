//! The system's generator behind the trait that the rest of the house takes as an argument.

use base::Rng;

/// AWS-LC's generator, seeded by the kernel.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRng;

impl Rng for SystemRng {
    fn fill(&self, out: &mut [u8]) {
        // Without randomness nothing in this program may go on: the process ends here rather than
        // handing out a predictable key.
        if aws_lc_rs::rand::fill(out).is_err() {
            std::process::abort();
        }
    }
}
