//! `contexture bundle tests/hosted` makes a bundle of the integration, which the tests of this package run.

use contexture::Result;

fn main() -> Result {
    contexture::run(hosted::service())
}
