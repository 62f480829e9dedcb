//! Several processes that share a store.
#![expect(dead_code, reason = "it is shown and compiled, and never called")]

use contexture::prelude::*;
use contexture::store::RedisStore;

use crate::App;

impl App {
    fn from_env() -> Result<Self> {
        let app = Self::new();
        let Some(store) = RedisStore::from_env()? else {
            return Ok(app); // one process
        };
        Ok(Self {
            deliveries: app.deliveries.store(store.clone()),
            tokens: app.tokens.store(store.clone()),
            wizard: app.wizard.store(store),
        })
    }
}
