//! What older versions stored, as the types of today.

use contexture::MigrateFrom;
use contexture::prelude::*;

use crate::tickets::{
    Configuration, CursorState, OauthConfiguration, Region, TokenConfiguration, v1, v2,
};

/// The only region before version 3.
const REGION: Region = Region::Eu;

/// Version 1 knew the name of a site, and logged in with a password as well.
impl MigrateFrom<v1::Configuration> for Configuration {
    fn migrate_from(old: v1::Configuration) -> Result<Self> {
        match old {
            v1::Configuration::Token(old) => {
                let base_url = format!("https://{}.helpdesk.example", old.site);
                let token = TokenConfiguration::new(base_url, REGION, old.token);
                Ok(Self::Token(token))
            }
            v1::Configuration::Password(_) => {
                bail!("The help desk accepts no passwords: choose Token or OAuth")
            }
        }
    }
}

/// Version 2 had one region.
impl MigrateFrom<v2::Configuration> for Configuration {
    fn migrate_from(old: v2::Configuration) -> Result<Self> {
        Ok(match old {
            v2::Configuration::Token(old) => {
                Self::Token(TokenConfiguration::new(old.base_url, REGION, old.token))
            }
            v2::Configuration::Oauth(old) => Self::Oauth(OauthConfiguration::new(
                old.base_url,
                REGION,
                old.client_id,
                old.client_secret,
            )),
        })
    }
}

/// Version 1 counted pages of 50 tickets.
impl MigrateFrom<v1::CursorState> for CursorState {
    fn migrate_from(old: v1::CursorState) -> Result<Self> {
        Ok(Self::new(old.page * 50))
    }
}

/// Version 2 kept the identifier of a ticket.
impl MigrateFrom<v2::CursorState> for CursorState {
    fn migrate_from(old: v2::CursorState) -> Result<Self> {
        let number = old.after.trim_start_matches("ticket-");
        Ok(Self::new(
            number.parse().explain("The ticket has a number")?,
        ))
    }
}
