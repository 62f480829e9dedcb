//! A migration has to name every kind of configuration that the older version had.

use contexture::Result;
use contexture_tests::tickets::{Configuration, v1};

struct Today(Configuration);

impl contexture::MigrateFrom<v1::Configuration> for Today {
    fn migrate_from(old: v1::Configuration) -> Result<Self> {
        match old {
            v1::Configuration::Token(_) => contexture::bail!("choose OAuth"),
        }
    }
}

fn main() {}
